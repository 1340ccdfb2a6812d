package dev.verdict.scenario.steps;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Holds one WebSocket of a scenario.
final class MessageSocket implements AutoCloseable {
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
        WebSocket.Builder builder =
                HttpConnections.client().newWebSocketBuilder().connectTimeout(timeout);
        headers.forEach(builder::header);
        WebSocket socket =
                HttpConnections.await(builder.buildAsync(uri, new Receiver(inbox)), inbox.label(), address, timeout);
        return new MessageSocket(socket, inbox, address);
    }

    Inbox inbox() {
        return inbox;
    }

    void send(String text, Duration timeout) throws NoAnswer, InterruptedException {
        HttpConnections.await(webSocket.sendText(text, true), "message to " + inbox.label(), address, timeout);
    }

    /// Says goodbye and does not wait long for the answer.
    @Override
    public void close() {
        inbox.end("closed by the scenario");
        try {
            HttpConnections.await(webSocket.sendClose(WebSocket.NORMAL_CLOSURE, ""), "close", address, CLOSING);
        } catch (NoAnswer e) {
            inbox.end("broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        webSocket.abort();
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
