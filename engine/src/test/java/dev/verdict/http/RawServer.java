package dev.verdict.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Is a server that does with each connection exactly what a test says, byte by byte.
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Handler handler;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    /// Serves one connection; the socket is closed afterwards.
    interface Handler {
        void serve(Talk talk) throws IOException, InterruptedException;
    }

    RawServer(Handler handler) throws IOException {
        this.handler = handler;
        listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Is a connection as the server sees it.
    final class Talk {
        final Socket socket;
        final int number;

        Talk(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        /// Reads the head of a request; returns its first line, empty at the end.
        String request() throws IOException {
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return "";
                }
                head.append((char) next);
            }
            requests.add(head.toString());
            return head.substring(0, head.indexOf("\r\n"));
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /// Answers requests with a body until there are no more.
        void answerAll(String body) throws IOException {
            while (!request().isEmpty()) {
                say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            }
        }

        /// Keeps silent until the test is over.
        void silence() throws InterruptedException {
            if (!over.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test takes too long");
            }
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /// Returns the heads of all requests so far.
    List<String> requests() {
        return requests;
    }

    /// Waits until the other side has closed this many connections.
    void awaitEnded(int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        synchronized (ended) {
            while (ended.get() < count) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(ended + " of " + count + " connections have ended");
                }
                ended.wait(left / 1_000_000 + 1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Talk talk = new Talk(socket, connections.incrementAndGet());
                Thread.ofVirtual().start(() -> serve(talk));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Talk talk) {
        try (talk.socket) {
            handler.serve(talk);
        } catch (IOException e) {
            // The client, or the end of the test, was first.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (ended) {
                ended.incrementAndGet();
                ended.notifyAll();
            }
        }
    }
}
