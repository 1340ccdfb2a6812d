package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.verdict.journal.MemoryJournal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;

/// Talks over links with plain sockets: clients on one side, servers on the other.
abstract class OnTheWire {
    final MemoryJournal journal = new MemoryJournal();
    final Gateway gateway = new Gateway(journal);
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ServerSocket> servers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        gateway.close();
        for (ServerSocket server : servers) {
            server.close();
        }
        threads.shutdownNow();
    }

    interface Talk {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    Link linkTo(Talk talk) throws IOException {
        return gateway.open("scenario", "server.tcp", "127.0.0.1", serve(talk).getLocalPort());
    }

    ServerSocket serve(Talk talk) throws IOException {
        ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        servers.add(server);
        threads.execute(() -> {
            try {
                while (true) {
                    Socket socket = bounded(server.accept());
                    threads.execute(() -> talk(socket, talk));
                }
            } catch (IOException | RejectedExecutionException e) {
                // The test is over and has closed it.
            }
        });
        return server;
    }

    private static void talk(Socket socket, Talk talk) {
        try (socket) {
            talk.with(socket);
        } catch (IOException | InterruptedException e) {
            // The client went first, or the test is over; what matters is asserted elsewhere.
        }
    }

    void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    static Socket connect(Link link) throws IOException {
        return bounded(new Socket(link.host(), link.port()));
    }

    /// Has reads give up: what never comes fails a test and does not hang it.
    static Socket bounded(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        return socket;
    }

    static void assertEchoes(Socket client) throws IOException {
        client.getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
    }

    byte[] sendAndReadAll(Link link, byte[] bytes) throws Exception {
        try (Socket client = connect(link)) {
            Future<?> sender = threads.submit(() -> {
                OutputStream out = client.getOutputStream();
                out.write(bytes);
                client.shutdownOutput();
                return null;
            });
            InputStream in = client.getInputStream();
            byte[] answer = in.readAllBytes();
            sender.get();
            return answer;
        }
    }

    static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /// Waits until nothing moves for a while; returns how much was sent until then.
    static long settled(Link link) {
        long[] last = {0};
        await().pollInterval(Duration.ofMillis(300))
                .timeout(Duration.ofSeconds(30))
                .until(() -> {
                    long now = link.counts().sent();
                    boolean same = now > 0 && now == last[0];
                    last[0] = now;
                    return same;
                });
        return last[0];
    }

    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
