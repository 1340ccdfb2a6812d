package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import dev.verdict.load.wire.Trust;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Sends a text message over a WebSocket of the JDK and waits for one.
final class MessageUser implements Client {
    private static final int LONGEST = 1 << 20;

    private final HttpClient client;
    private final URI uri;
    private final Duration timeout;
    private final BlockingQueue<Came> came = new ArrayBlockingQueue<>(1);
    private @Nullable WebSocket socket;

    /// The JDK's client has a thread of its own: all users share one.
    private static final Map<Trust, HttpClient> SHARED = new ConcurrentHashMap<>();

    private sealed interface Came {}

    private record Message(String text) implements Came {}

    private record Broken(IOException failure) implements Came {}

    MessageUser(Protocol.Messages messages, Duration timeout) {
        this.client = SHARED.computeIfAbsent(
                messages.trust(),
                trust -> HttpClient.newBuilder().sslContext(trust.context()).build());
        this.uri = URI.create(messages.url());
        this.timeout = timeout;
    }

    @Override
    public boolean connect() throws IOException, InterruptedException {
        boolean made = socket == null;
        connected();
        return made;
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException {
        String message = texts.getFirst();
        await(connected().sendText(message, true));
        connected().request(1);
        return switch (came.take()) {
            case Message answer -> new Answered(answer.text(), size(answer.text()), size(message));
            case Broken broken -> throw broken.failure();
        };
    }

    @Override
    public void close() {
        WebSocket connected = socket;
        socket = null;
        if (connected != null) {
            connected.abort();
        }
        came.clear();
    }

    private WebSocket connected() throws IOException, InterruptedException {
        WebSocket connected = socket;
        if (connected == null) {
            connected =
                    await(client.newWebSocketBuilder().connectTimeout(timeout).buildAsync(uri, new Listening()));
            socket = connected;
        }
        return connected;
    }

    private static WebSocket await(CompletableFuture<WebSocket> coming) throws IOException, InterruptedException {
        try {
            return coming.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Asks for part after part until a message is complete, and then for no more.
    private final class Listening implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onOpen(WebSocket opened) {
            // Nothing is asked for before the first message is sent.
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (text.length() > LONGEST) {
                tell(new Broken(new HttpFailure(
                        HttpFailure.Kind.TOO_LARGE, "a message of more than " + LONGEST + " characters")));
            } else if (last) {
                tell(new Message(text.toString()));
                text.setLength(0);
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            tell(new Broken(new EOFException("the WebSocket was closed with " + status + " " + reason)));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            tell(new Broken(error instanceof IOException failure ? failure : new IOException(error)));
        }

        /// Only one message is asked for at a time: what does not fit says nothing new.
        private void tell(Came what) {
            boolean _ = came.offer(what);
        }
    }
}
