package dev.verdict.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.verdict.http.HttpLimits;
import dev.verdict.load.Counts;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds all that a server may do against what a load makes of it: an answer, or an error of one
/// kind; soon, and with no connection left. `WireGeneratorTest` looks at some of it more closely.
final class RudeServersTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /// Is what a server does, and the error it is; none for an answer.
    record Conduct(String name, RudeServer.Manners manners, List<ErrorKind> errors) {
        Conduct(String name, RudeServer.Manners manners, ErrorKind... errors) {
            this(name, manners, List.of(errors));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Conduct> conducts() {
        return Stream.of(
                new Conduct("chunked body", says(CHUNKED + "2\r\nhi\r\n0\r\n\r\n")),
                new Conduct("chunk without its end", ends(CHUNKED + "2\r\nhi\r\n"), ErrorKind.CUT_OFF),
                new Conduct("chunk of no size", says(CHUNKED + "zz\r\nhi\r\n0\r\n\r\n"), ErrorKind.MALFORMED),
                new Conduct("chunk longer than it says", says(CHUNKED + "2\r\nhi!!\r\n0\r\n\r\n"), ErrorKind.MALFORMED),
                new Conduct(
                        "gzip that is none",
                        says("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"),
                        ErrorKind.MALFORMED),
                new Conduct("hints before the answer", says("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK)),
                new Conduct("hints and no answer", ends("HTTP/1.1 103 Early Hints\r\n\r\n"), ErrorKind.CUT_OFF),
                new Conduct(
                        "hints without end",
                        (_, out, _) -> {
                            while (true) {
                                RudeServer.write(out, "HTTP/1.1 100 Continue\r\n\r\n".repeat(100));
                            }
                        },
                        ErrorKind.TOO_LARGE),
                new Conduct("gzip", (_, out, _) -> zipped(out, 1000)),
                // A kilobyte comes, and a limit of a megabyte holds for what it becomes.
                new Conduct("gzip that becomes too large", (_, out, _) -> zipped(out, 2 << 20), ErrorKind.TOO_LARGE),
                new Conduct(
                        "redirect",
                        says("HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
                        ErrorKind.STATUS),
                new Conduct(
                        "close behind the answer",
                        ends("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")),
                new Conduct(
                        "close announced and not done",
                        says("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")),
                new Conduct("half closed behind the answer", (_, out, socket) -> {
                    RudeServer.write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");
                    socket.shutdownOutput();
                    return true;
                }),
                new Conduct(
                        "half closed within the answer",
                        (_, out, socket) -> {
                            RudeServer.write(out, OK.substring(0, OK.length() - 1));
                            socket.shutdownOutput();
                            return true;
                        },
                        ErrorKind.CUT_OFF),
                new Conduct(
                        "half closed before the answer",
                        (_, _, socket) -> {
                            socket.shutdownOutput();
                            return true;
                        },
                        ErrorKind.CUT_OFF),
                new Conduct("closed before the answer", (_, _, _) -> false, ErrorKind.CUT_OFF),
                new Conduct("byte after byte for ever", (_, out, _) -> drip(out), ErrorKind.TIMED_OUT),
                new Conduct("nothing", (_, _, _) -> true, ErrorKind.TIMED_OUT),
                new Conduct("garbage", says("\0\1\2\3 no HTTP\n\n\n\n"), ErrorKind.MALFORMED),
                new Conduct(
                        "garbage without end",
                        (_, out, _) -> {
                            while (true) {
                                RudeServer.write(out, "x".repeat(10_000));
                            }
                        },
                        ErrorKind.MALFORMED),
                new Conduct(
                        "two lengths",
                        says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi"),
                        ErrorKind.MALFORMED),
                new Conduct(
                        "headers without end",
                        (_, out, _) -> {
                            RudeServer.write(out, "HTTP/1.1 200 OK\r\n");
                            while (true) {
                                RudeServer.write(out, "A: b\r\n".repeat(100));
                            }
                        },
                        ErrorKind.TOO_LARGE),
                new Conduct(
                        "body without end",
                        (_, out, _) -> {
                            RudeServer.write(out, CHUNKED);
                            while (true) {
                                RudeServer.write(out, "1000\r\n" + "x".repeat(0x1000) + "\r\n");
                            }
                        },
                        ErrorKind.TOO_LARGE));
    }

    @ParameterizedTest
    @MethodSource("conducts")
    @Timeout(20)
    void each_conduct_is_an_answer_or_an_error_of_one_kind(Conduct conduct) throws Exception {
        try (RudeServer server = new RudeServer(conduct.manners())) {
            Counts counts = send(server.url());
            assertThat(counts.errors().keySet()).containsExactlyElementsOf(conduct.errors());
            assertThat(counts.answered()).isEqualTo(conduct.errors().isEmpty() ? 4 : 0);
            assertThat(counts.examples().values())
                    .allSatisfy(why -> assertThat(why).isNotBlank());
            await().atMost(Duration.ofSeconds(5)).until(() -> server.open() == 0);
        }
    }

    private static RudeServer.Manners says(String answer) {
        return (_, out, _) -> {
            RudeServer.write(out, answer);
            return true;
        };
    }

    private static RudeServer.Manners ends(String answer) {
        return (_, out, _) -> {
            RudeServer.write(out, answer);
            return false;
        };
    }

    /// Sends a head, a byte each 50 ms.
    private static boolean drip(OutputStream out) throws IOException {
        RudeServer.write(out, "HTTP/1.1 200 OK\r\nX: ");
        try {
            while (!new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)) {
                RudeServer.write(out, "x");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean zipped(OutputStream out, int size) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(new byte[size]);
        }
        RudeServer.write(
                out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
        out.write(zipped.toByteArray());
        return true;
    }

    private static Counts send(String url) throws InterruptedException {
        Tuning tuning = new Tuning(
                4,
                4,
                Duration.ofMillis(800),
                Duration.ZERO,
                Duration.ZERO,
                1,
                true,
                Trust.USUAL,
                new HttpLimits(64 << 10, 1 << 20),
                Long.MAX_VALUE);
        Pace pace = new Pace.Open(Profile.constant(40, Duration.ofMillis(100)), Pace.Arrival.EVEN, 1);
        // What it should contain is nothing, but so the body is looked at.
        Expectation looked = new Expectation(
                List.of(new Expectation.Range(200, 299)), Optional.of(""), Map.of(), Long.MAX_VALUE, Optional.empty());
        LoadRequest request = new LoadRequest("it", 1, "GET", url, Map.of(), "", looked, List.of());
        HttpLoad load = new HttpLoad(List.of(request), List.of(), pace, Slice.WHOLE, 1, tuning);
        try (var generator = new WireGenerator(load)) {
            return generator.run(LoadListener.NONE).all().counts();
        }
    }
}
