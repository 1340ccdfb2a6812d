package dev.verdict.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.verdict.journal.Event.HarnessFailed;
import dev.verdict.plan.HttpFault.HttpBody;
import dev.verdict.plan.HttpFault.HttpEdit;
import dev.verdict.plan.HttpFault.HttpHeader;
import dev.verdict.plan.HttpFault.HttpReplay;
import dev.verdict.plan.HttpFault.HttpStatus;
import dev.verdict.plan.LinkFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A client that writes and reads raw HTTP/1.1, and a server whose answers are framed in every way.
@Timeout(60)
final class AnsweringTest extends OnTheWire {
    private static final String LENGTH = "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\nx-a: 2\r\n\r\nplain";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n3;x=y\r\nchu\r\n4\r\nnked\r\n0\r\nT: t\r\n\r\n";
    private static final String EARLY = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    private static final String NONE = "HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    private static final String CLOSE = "HTTP/1.1 200 OK\r\n\r\nuntil the end";

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void a_status_is_replaced_and_the_rest_stays() throws Exception {
        Link link = linkTo(this::answer);
        gateway.apply("*", "*", new HttpStatus(503), 1);
        assertThat(ask(link, "GET /length", "GET /chunked", "GET /none", "HEAD /length", "GET /early", "GET /close"))
                .isEqualTo(LENGTH.replace("200 OK", "503 ")
                        + CHUNKED.replace("200 OK", "503 ")
                        + "HTTP/1.1 503 \r\nX-A: 1\r\nContent-Length: 0\r\n\r\n"
                        + HEAD.replace("200 OK", "503 ")
                        + EARLY
                        + LENGTH.replace("200 OK", "503 ")
                        + CLOSE.replace("200 OK", "503 "));
    }

    @Test
    void a_status_without_a_body_has_none() throws Exception {
        Link link = linkTo(this::answer);
        gateway.apply("*", "*", new HttpStatus(204), 1);
        assertThat(ask(link, "GET /chunked", "GET /length"))
                .isEqualTo("HTTP/1.1 204 \r\n\r\nHTTP/1.1 204 \r\nX-A: 1\r\nx-a: 2\r\n\r\n");
    }

    @Test
    void a_header_is_set_or_removed() throws Exception {
        Link link = linkTo(this::answer);
        Applied set = gateway.apply("*", "*", new HttpHeader("X-a", Optional.of("new: value")), 1);
        assertThat(ask(link, "GET /length", "GET /chunked"))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-a: new: value\r\n\r\nplain"
                        + CHUNKED.replace("Trailer: T\r\n", "Trailer: T\r\nX-a: new: value\r\n"));
        set.change(new HttpHeader("X-A", Optional.empty()));
        assertThat(ask(link, "GET /length")).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain");
    }

    @Test
    void a_body_is_replaced_or_emptied_and_framed_anew() throws Exception {
        Link link = linkTo(this::answer);
        Applied fault = gateway.apply("*", "*", new HttpBody("närrisch"), 1);
        String body = new String("närrisch".getBytes(UTF_8), ISO_8859_1);
        assertThat(ask(link, "GET /length", "GET /chunked", "HEAD /length", "GET /none", "GET /close"))
                .isEqualTo("HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 9\r\n\r\n" + body
                        + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + body
                        + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                        + NONE
                        + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + body);
        fault.change(new HttpBody(""));
        assertThat(ask(link, "GET /chunked")).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void a_text_is_replaced_wherever_a_body_contains_it() throws Exception {
        Link link = linkTo(this::answer);
        Applied fault = gateway.apply("*", "*", new HttpEdit("unk", "onque"), 1);
        assertThat(ask(link, "GET /length", "GET /chunked", "GET /close"))
                .isEqualTo(LENGTH + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nchonqueed" + CLOSE);
        assertThat(fault.struck()).isEqualTo(1);
    }

    @Test
    void an_earlier_answer_to_the_same_request_is_given_again() throws Exception {
        Link link = linkTo(this::answer);
        Applied fault = gateway.apply("*", "*", new HttpReplay(), 1);
        String answers = ask(link, "GET /count", "GET /length", "GET /count?b", "GET /count", "GET /count?b");
        assertThat(answers.replaceAll("HTTP/1.1 200 OK\r\n(?:[^\r]+\r\n)*\r\n", "|"))
                .isEqualTo("|number 1|plain|number 3|number 1|number 3");
        assertThat(asked).hasValue(5);
        assertThat(fault.struck()).isEqualTo(2);
    }

    @Test
    void the_first_few_fail_and_then_it_works() throws Exception {
        Link link = linkTo(this::answer);
        gateway.apply("*", "*", new HttpStatus(500).first(2), 1);
        assertThat(ask(link, "GET /length", "GET /chunked", "GET /length"))
                .isEqualTo(LENGTH.replace("200 OK", "500 ") + CHUNKED.replace("200 OK", "500 ") + LENGTH);
        assertThat(ask(link, "GET /length")).isEqualTo(LENGTH);
    }

    @Test
    void a_share_of_the_answers_is_drawn_by_the_seed() throws Exception {
        String[] requests = new String[400];
        Arrays.fill(requests, "GET /none");
        List<String> answers = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            Link link = linkTo(this::answer);
            Applied fault = gateway.apply("*", "*", new HttpStatus(304).sometimes(0.25), seed);
            answers.add(ask(link, requests));
            // Five standard deviations of the binomial distribution.
            assertThat(fault.struck()).isBetween(100L - 43, 100L + 43);
            assertThat(answers.getLast().split("304", -1)).hasSize((int) fault.struck() + 1);
            fault.remove();
        }
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(answers.get(2)).isNotEqualTo(answers.get(0));
    }

    @Test
    void several_act_on_one_answer_and_a_delay_besides() throws Exception {
        Link link = linkTo(this::answer);
        gateway.apply("*", "*", new HttpStatus(418), 1);
        gateway.apply("*", "*", new HttpEdit("plain", "fancy"), 1);
        gateway.apply("*", "*", new HttpHeader("X-A", Optional.empty()), 1);
        gateway.apply("*", "*", new LinkFault.Delay(Duration.ofMillis(100)), 1);
        long start = System.nanoTime();
        assertThat(ask(link, "GET /length")).isEqualTo("HTTP/1.1 418 \r\nContent-Length: 5\r\n\r\nfancy");
        assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void it_begins_and_ends_between_answers_on_an_open_connection() throws Exception {
        var middle = new CountDownLatch(1);
        Link link = linkTo(socket -> {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            in.readLine();
            socket.getOutputStream()
                    .write(LENGTH.substring(0, LENGTH.length() - 2).getBytes(ISO_8859_1));
            middle.await();
            socket.getOutputStream().write("in".getBytes(ISO_8859_1));
            socket.getOutputStream().write(LENGTH.getBytes(ISO_8859_1));
            in.readLine();
        });
        try (Socket client = connect(link)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(client.getInputStream().readNBytes(LENGTH.length() - 2)).hasSize(LENGTH.length() - 2);
            Applied fault = gateway.apply("*", "*", new HttpStatus(500), 1);
            middle.countDown();
            String rest = "in" + LENGTH.replace("200 OK", "500 ");
            assertThat(client.getInputStream().readNBytes(rest.length()))
                    .asString(ISO_8859_1)
                    .isEqualTo(rest);
            fault.remove();
        }
        assertThat(journal.all(HarnessFailed.class)).isEmpty();
    }

    @Test
    void a_body_that_is_too_large_to_hold_passes_and_the_harness_says_so() throws Exception {
        Link link = linkTo(socket -> {
            socket.getInputStream().readNBytes(18);
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            socket.getOutputStream().write(new byte[20_000_000]);
        });
        gateway.apply("*", "*", new HttpEdit("a", "b"), 1);
        assertThat(sendAndReadAll(link, "GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1)))
                .hasSize(20_000_019);
        assertThat(journal.all(HarnessFailed.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure.message())
                        .isEqualTo("'server.tcp answers with 'a' replaced by 'b'' has no effect from scenario: "
                                + "the body of an answer has more than 8 MiB"));
    }

    @Test
    void traffic_that_is_not_http_passes_and_the_harness_says_so() throws Exception {
        Link link = linkTo(this::echo);
        gateway.apply("*", "*", new HttpStatus(500), 1);
        byte[] bytes = randomBytes(100_000);
        assertThat(sendAndReadAll(link, bytes)).isEqualTo(bytes);
        await().untilAsserted(() -> assertThat(journal.all(HarnessFailed.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure.message())
                        .isEqualTo("'server.tcp answers with status 500' has no effect from scenario: "
                                + "the traffic is not HTTP/1")));
    }

    @Test
    void an_upgraded_connection_is_left_alone() throws Exception {
        String upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n";
        Link link = linkTo(socket -> {
            socket.getInputStream().readNBytes("GET / HTTP/1.1\r\nUpgrade: x\r\n\r\n".length());
            socket.getOutputStream().write(upgrade.getBytes(ISO_8859_1));
            echo(socket);
        });
        gateway.apply("*", "*", new HttpStatus(500), 1);
        byte[] bytes = "GET / HTTP/1.1\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1);
        assertThat(sendAndReadAll(link, bytes)).asString(ISO_8859_1).isEqualTo(upgrade + "HTTP/1.1 200 OK\r\n\r\n");
        assertThat(journal.all(HarnessFailed.class)).isEmpty();
    }

    /// Sends all requests at once, then nothing more, and returns everything that comes.
    private String ask(Link link, String... requests) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String request : requests) {
            all.append(request).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        return new String(sendAndReadAll(link, all.toString().getBytes(ISO_8859_1)), ISO_8859_1);
    }

    private void answer(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            while (!in.readLine().isEmpty()) {
                // The headers do not matter.
            }
            int count = asked.incrementAndGet();
            String answer = switch (words[1]) {
                case "/length" -> words[0].equals("HEAD") ? HEAD : LENGTH;
                case "/chunked" -> CHUNKED;
                case "/none" -> NONE;
                case "/early" -> EARLY + LENGTH;
                case "/close" -> CLOSE;
                default ->
                    "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\nnumber %d"
                            .formatted(("number " + count).length(), count);
            };
            // Now whole, now in small pieces.
            int size = count % 2 == 0 ? answer.length() : 7;
            for (int from = 0; from < answer.length(); from += size) {
                String piece = answer.substring(from, Math.min(answer.length(), from + size));
                socket.getOutputStream().write(piece.getBytes(ISO_8859_1));
            }
            if (words[1].equals("/close")) {
                return;
            }
        }
    }
}
