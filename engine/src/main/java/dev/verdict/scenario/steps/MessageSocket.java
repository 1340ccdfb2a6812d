package dev.verdict.scenario.steps;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Holds one WebSocket of a scenario. It is the JDK's, which knows the protocol well; hundreds of
/// scenarios open few of them.
final class MessageSocket implements AutoCloseable {
    /// Exists once a scenario opens a WebSocket, since the JDK's client is slow to load.
    private static final class Holder {
        static {
            // Read once, when the client's classes are loaded.
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        }

        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final WebSocket webSocket;
    private final Inbox inbox;
    private final Address address;

    private MessageSocket(WebSocket webSocket, Inbox inbox, Address address) {
        this.webSocket = webSocket;
        this.inbox = inbox;
        this.address = address;
    }

    static MessageSocket open(Address address, URI uri, Map<String, String> headers, Duration timeout, Inbox inbox)
            throws NoAnswer, InterruptedException {
        WebSocket.Builder builder = Holder.CLIENT.newWebSocketBuilder().connectTimeout(timeout);
        headers.forEach(builder::header);
        WebSocket socket = await(builder.buildAsync(uri, new Receiver(inbox)), inbox.label(), address, timeout);
        return new MessageSocket(socket, inbox, address);
    }

    Inbox inbox() {
        return inbox;
    }

    void send(String text, Duration timeout) throws NoAnswer, InterruptedException {
        await(webSocket.sendText(text, true), "message to " + inbox.label(), address, timeout);
    }

    /// Says goodbye and does not wait long for the answer.
    @Override
    public void close() {
        inbox.end("closed by the scenario");
        try {
            await(webSocket.sendClose(WebSocket.NORMAL_CLOSURE, ""), "close", address, CLOSING);
        } catch (NoAnswer e) {
            inbox.end("broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        webSocket.abort();
    }

    /// Waits for an answer, and gives up on it after the time or an interrupt.
    private static <T> T await(CompletableFuture<T> answer, String what, Address address, Duration timeout)
            throws NoAnswer, InterruptedException {
        String subject = what + " at " + address + ": ";
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswer(subject + "no answer within " + Durations.show(timeout), e);
        } catch (ExecutionException e) {
            throw new NoAnswer(subject + reason(Objects.requireNonNullElse(e.getCause(), e), timeout), e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(Throwable cause, Duration timeout) {
        return switch (cause) {
            case HttpTimeoutException _ -> "no answer within " + Durations.show(timeout);
            case ConnectException _ -> "connection refused";
            case IOException e -> "the connection broke: " + e.getMessage();
            case RuntimeException e -> throw e;
            default -> String.valueOf(cause);
        };
    }

    private static final class Receiver implements WebSocket.Listener {
        private final Inbox inbox;
        private final StringBuilder parts = new StringBuilder();

        Receiver(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                inbox.add(new Inbox.Arrival("", parts.toString()));
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            return onText(socket, StandardCharsets.UTF_8.decode(part), last);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            inbox.end("closed with " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            inbox.end("broke: " + error.getMessage());
        }
    }
}
