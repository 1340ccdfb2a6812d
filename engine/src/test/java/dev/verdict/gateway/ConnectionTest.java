package dev.verdict.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ConnectionTest extends OnTheWire {
    @Test
    void bytes_arrive_unchanged_in_both_directions_whatever_their_number() throws Exception {
        Link link = linkTo(this::echo);
        for (int size : new int[] {0, 1, 100, Buffers.SIZE - 1, Buffers.SIZE, Buffers.SIZE + 1, 40_000_000}) {
            assertThat(sendAndReadAll(link, randomBytes(size))).isEqualTo(randomBytes(size));
        }
        await().untilAsserted(() -> assertThat(link.counts().connections()).isEqualTo(7));
        assertThat(link.counts().sent()).isEqualTo(40_000_101 + 3L * Buffers.SIZE);
        assertThat(link.counts().received()).isEqualTo(link.counts().sent());
        assertThat(link.counts().requests()).isZero();
    }

    @Test
    void many_connections_side_by_side_do_not_mix() throws Exception {
        Link link = linkTo(this::echo);
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[50_000];
            Arrays.fill(bytes, (byte) i);
            clients.add(() -> {
                assertThat(sendAndReadAll(link, bytes)).isEqualTo(bytes);
                return null;
            });
        }
        for (Future<Void> client : threads.invokeAll(clients)) {
            client.get();
        }
        assertThat(link.counts()).isEqualTo(new Counts(200, 0, 10_000_000, 10_000_000, 0));
    }

    @Test
    void a_client_that_has_said_everything_still_hears_the_answer() throws Exception {
        Link link = linkTo(socket -> {
            byte[] question = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(("you said " + question.length).getBytes(ISO_8859_1));
        });
        assertThat(sendAndReadAll(link, randomBytes(5_000)))
                .asString(ISO_8859_1)
                .isEqualTo("you said 5000");
    }

    @Test
    void a_server_that_has_said_everything_still_hears_the_client() throws Exception {
        var heard = new CompletableFuture<Integer>();
        Link link = linkTo(socket -> {
            socket.getOutputStream().write("hello".getBytes(ISO_8859_1));
            socket.shutdownOutput();
            heard.complete(socket.getInputStream().readAllBytes().length);
        });
        try (Socket client = connect(link)) {
            assertThat(client.getInputStream().readAllBytes())
                    .asString(ISO_8859_1)
                    .isEqualTo("hello");
            client.getOutputStream().write(randomBytes(300_000));
        }
        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(300_000);
    }

    @Test
    void a_refused_connection_is_reset_promptly_and_counted() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        Link link = gateway.open("scenario", "dead.http", "127.0.0.1", port);
        long start = System.nanoTime();
        try (Socket client = connect(link)) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(link.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
    }

    @Test
    void a_reset_by_the_server_reaches_the_client_as_a_reset() throws Exception {
        Link link = linkTo(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
            socket.close();
        });
        try (Socket client = connect(link)) {
            client.getOutputStream().write(1);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void a_reset_by_the_client_reaches_the_server_as_a_reset() throws Exception {
        var end = new CompletableFuture<String>();
        Link link = linkTo(socket -> {
            try {
                end.complete("read " + socket.getInputStream().readAllBytes().length);
            } catch (SocketException e) {
                end.complete("reset");
            }
        });
        Socket client = connect(link);
        client.getOutputStream().write(1);
        await().until(() -> link.counts().sent() == 1);
        client.setSoLinger(true, 0);
        client.close();
        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("reset");
    }

    @Test
    void a_receiver_that_does_not_read_slows_the_sender_and_takes_one_buffer() throws Exception {
        var go = new CountDownLatch(1);
        var heard = new CompletableFuture<byte[]>();
        Link link = linkTo(socket -> {
            go.await();
            heard.complete(socket.getInputStream().readAllBytes());
        });
        byte[] bytes = randomBytes(60_000_000);
        Future<?> sender = threads.submit(() -> {
            try (Socket client = connect(link)) {
                client.getOutputStream().write(bytes);
            }
            return null;
        });
        long stuck = settled(link);
        assertThat(stuck).isPositive().isLessThan(30_000_000);
        assertThat(sender.isDone()).isFalse();
        assertThat(gateway.buffers()).isLessThanOrEqualTo(2);
        go.countDown();
        assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo(bytes);
        sender.get();
    }

    @Test
    void a_slow_receiver_does_not_hold_up_others() throws Exception {
        var go = new CountDownLatch(1);
        Link slow = linkTo(socket -> go.await());
        Future<?> stuck = threads.submit(() -> {
            try (Socket client = connect(slow)) {
                client.getOutputStream().write(new byte[60_000_000]);
            }
            return null;
        });
        settled(slow);
        Link quick = linkTo(this::echo);
        assertThat(sendAndReadAll(quick, randomBytes(1_000_000))).isEqualTo(randomBytes(1_000_000));
        assertThat(stuck.isDone()).isFalse();
        go.countDown();
    }

    @Test
    void requests_are_counted_exactly_with_bytes_as_they_come() throws Exception {
        Link link = linkTo(this::echo);
        String head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunks = "3\r\nabc\r\n0\r\n\r\n";
        byte[] request = (head + chunks + "GET / HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1);
        try (Socket client = connect(link)) {
            for (byte each : request) {
                client.getOutputStream().write(each);
                assertThat(client.getInputStream().read()).isEqualTo(each);
            }
            Future<?> sender = threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    client.getOutputStream().write(request);
                }
                return null;
            });
            assertThat(client.getInputStream().readNBytes(1_000 * request.length))
                    .hasSize(1_000 * request.length);
            sender.get();
        }
        assertThat(link.counts().requests()).isEqualTo(2_002);
        assertThat(link.counts().sent()).isEqualTo(1_001L * request.length);
    }
}
