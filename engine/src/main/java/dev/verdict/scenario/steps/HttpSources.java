package dev.verdict.scenario.steps;

import dev.verdict.environment.Endpoint;
import dev.verdict.scenario.World;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Offers what can be looked at over HTTP: the last response, and whether anybody listens.
final class HttpSources {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final World world;
    private final Exchanges exchanges;
    private final Observer observer;

    HttpSources(World world, Exchanges exchanges, Observer observer) {
        this.world = world;
        this.exchanges = exchanges;
        this.observer = observer;
    }

    Source status() {
        return last("status", response -> Content.of(Integer.toString(response.status())));
    }

    Source body() {
        return last("body", response -> new Content.Raw(response.body()));
    }

    Source header(String name) {
        return last("header " + name, response -> header(response, name));
    }

    Source connection(String service) {
        Address address = Address.parse(world, service);
        return new Look("connections to " + address, () -> Content.of(connect(address)));
    }

    private Source last(String part, Function<Response, Content> content) {
        Request request = exchanges.last().request();
        return new Source() {
            @Override
            public String label() {
                return part + " of " + request + " at " + request.address();
            }

            @Override
            public List<Content> look() {
                return List.of(content.apply(exchanges.last()));
            }

            @Override
            public void refresh(Duration atMost) throws NoAnswer, InterruptedException {
                exchanges.sendAgain(atMost);
            }
        };
    }

    private static Content header(Response response, String name) {
        List<String> values = response.headers().all(name);
        return values.isEmpty()
                ? new Content.Absent("absent; there are "
                        + String.join(", ", response.headers().names()))
                : Content.of(String.join(", ", values));
    }

    /// Asks the service itself: the gateway in front of it always accepts.
    private String connect(Address address) {
        Endpoint endpoint = address.direct(world);
        String outcome;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) CONNECT.toMillis());
            outcome = "accepted";
        } catch (ConnectException e) {
            outcome = "refused";
        } catch (SocketTimeoutException e) {
            outcome = "not answered within " + Durations.show(CONNECT);
        } catch (IOException e) {
            outcome = String.valueOf(e.getMessage());
        }
        observer.seen("tcp", address + " at " + endpoint, "connect → " + outcome, new byte[0]);
        return outcome;
    }
}
