package dev.verdict.scenario.steps;

import dev.verdict.http.HttpStream;
import dev.verdict.scenario.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Keeps a scenario's request settings and its last exchange.
final class Exchanges {
    private final World world;
    private final Observer observer;
    private final HttpConnections connections;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private boolean redirects;
    private Duration timeout = Duration.ofSeconds(30);
    private @Nullable Response last;
    private List<String> statuses = List.of();

    Exchanges(World world, Observer observer) {
        this.world = world;
        this.observer = observer;
        this.connections = world.closing(new HttpConnections());
    }

    void header(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
    }

    void followRedirects() {
        redirects = true;
    }

    void timeout(Duration limit) {
        timeout = limit;
    }

    Duration timeout() {
        return timeout;
    }

    Map<String, String> headers() {
        return headers;
    }

    /// Makes a request with the scenario's settings.
    ///
    /// @param type its content type, unless a header says otherwise; empty without a body
    Request request(String method, String path, String service, byte[] body, String type) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        if (!type.isEmpty()) {
            all.putIfAbsent("Content-Type", type);
        }
        return new Request(method, Address.parse(world, service), path, all, body, redirects, timeout);
    }

    void send(Request request) throws NoAnswer, InterruptedException {
        last = null;
        statuses = List.of();
        observer.fresh();
        last = answer(request, request.timeout());
        observe(last);
    }

    /// Sends the last request again.
    ///
    /// @throws IllegalStateException if that could change the system
    void sendAgain(Duration atMost) throws NoAnswer, InterruptedException {
        Request request = last().request();
        if (!request.repeatable()) {
            throw new IllegalStateException("a " + request.method()
                    + " is not sent again to wait for its answer: send a GET and wait for that");
        }
        Response response = answer(request, atMost.compareTo(request.timeout()) < 0 ? atMost : request.timeout());
        last = response;
        observe(response);
    }

    /// Sends the same request several times at the same moment.
    void sendAtOnce(Request request, int times) throws InterruptedException {
        if (times < 1 || times > 1_000) {
            throw new IllegalArgumentException("1 to 1000 times at once, not " + times);
        }
        last = null;
        List<Thread> senders;
        String[] outcomes = new String[times];
        request.address().endpoint(world);
        senders = IntStream.range(0, times)
                .mapToObj(i -> Thread.ofVirtual().unstarted(() -> outcomes[i] = outcome(request)))
                .toList();
        try {
            senders.forEach(Thread::start);
            for (Thread sender : senders) {
                sender.join();
            }
        } finally {
            senders.forEach(Thread::interrupt);
        }
        statuses = List.of(outcomes);
        observer.fresh();
        observer.seen(
                "http",
                source(request),
                request + " " + times + " times → " + Tally.of(statuses),
                String.join("\n", statuses).getBytes(StandardCharsets.UTF_8));
    }

    /// Returns the statuses of the requests sent at once, `no answer` where none came.
    List<String> statuses() {
        if (statuses.isEmpty()) {
            throw new IllegalStateException("no requests were sent at once before this step");
        }
        return statuses;
    }

    Response last() {
        if (last == null) {
            throw new IllegalStateException(
                    statuses.isEmpty()
                            ? "no request was answered before this step"
                            : "several requests were sent at once: check \"the statuses are\"");
        }
        return last;
    }

    /// Sends a request that is expected to get no answer; journals either way.
    String outcomeOf(Request request, Duration limit) throws InterruptedException {
        observer.fresh();
        try {
            Response response = answer(request, limit);
            observe(response);
            return "answered " + response.status() + " after " + Durations.show(response.took());
        } catch (NoAnswer e) {
            observer.seen("http", source(request), String.valueOf(e.getMessage()), new byte[0]);
            return "not answered";
        }
    }

    /// Opens a response that goes on and on.
    HttpStream open(Request request, String what) throws NoAnswer, InterruptedException {
        return connections.open(request, url(request), what);
    }

    private String outcome(Request request) {
        try {
            return Integer.toString(answer(request, request.timeout()).status());
        } catch (NoAnswer e) {
            return Tally.NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Tally.NO_ANSWER;
        }
    }

    /// Sends a request and keeps quiet about it.
    Response answer(Request request, Duration limit) throws NoAnswer, InterruptedException {
        return connections.send(request, url(request), limit);
    }

    private String url(Request request) {
        return "http://" + request.address().endpoint(world);
    }

    private void observe(Response response) {
        observer.seen("http", source(response.request()), response.summary(), response.body());
    }

    private String source(Request request) {
        return request.address() + " at " + request.address().endpoint(world);
    }
}
