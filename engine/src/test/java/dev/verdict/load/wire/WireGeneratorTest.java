package dev.verdict.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.verdict.http.HttpLimits;
import dev.verdict.load.Counts;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WireGeneratorTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @Test
    void a_rate_is_kept_and_each_request_is_counted() throws Exception {
        try (RudeServer server = RudeServer.saying(OK)) {
            LoadResult result = send(server.url(), rate(200, 1000), tuning(4, 1000));
            Counts counts = result.all().counts();
            assertThat(counts.errors()).isEmpty();
            assertThat(counts.answered()).isEqualTo(200);
            assertThat(result.due()).isEqualTo(200);
            assertThat(server.requests()).isEqualTo(200);
            assertThat(counts.bytesIn()).isEqualTo(200L * OK.length());
            assertThat(result.all().latencies().response().getTotalCount()).isEqualTo(200);
            assertThat(server.accepted()).isEqualTo(4);
            assertNothingIsOpen(server);
        }
    }

    @Test
    void users_wait_for_their_answers_and_think() throws Exception {
        try (RudeServer server = RudeServer.saying(OK)) {
            Pace pace = new Pace.Closed(Profile.constant(5, Duration.ofSeconds(1)), Duration.ofMillis(100));
            LoadResult result = send(server.url(), pace, tuning(1, 1000));
            assertThat((double) result.all().counts().answered()).isCloseTo(50, within(10.0));
            assertThat(server.accepted()).isEqualTo(5);
            assertThat(result.due()).isZero();
        }
    }

    @Test
    void users_come_and_go_with_their_number() throws Exception {
        Set<Long> seconds = ConcurrentHashMap.newKeySet();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        try (RudeServer server = new RudeServer((_, out, _) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            seconds.add(System.nanoTime());
            hold(20);
            now.decrementAndGet();
            RudeServer.write(out, OK);
            return true;
        })) {
            Pace pace = new Pace.Closed(
                    new Profile(List.of(
                            new Profile.Ramp(0, 20, Duration.ofMillis(500)),
                            new Profile.Ramp(20, 0, Duration.ofMillis(500)))),
                    Duration.ZERO);
            LoadResult result = send(server.url(), pace, tuning(1, 1000));
            // Half of twenty for a second, each of whom asks fifty times a second.
            assertThat((double) result.all().counts().answered()).isCloseTo(500, within(150.0));
            assertThat(most.get()).isBetween(15, 20);
        }
    }

    @Test
    void a_stall_counts_for_all_who_had_to_wait() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        AtomicLong stalledAt = new AtomicLong();
        AtomicLong stall = new AtomicLong();
        try (RudeServer server = new RudeServer((_, out, _) -> {
            int number = asked.incrementAndGet();
            if (number == 200) {
                stalledAt.set(System.nanoTime());
                hold(500);
                stall.set(System.nanoTime() - stalledAt.get());
                free.countDown();
            } else if (number > 200) {
                hold(free);
            }
            RudeServer.write(out, OK);
            return true;
        })) {
            LoadResult result = send(server.url(), rate(500, 2000), tuning(8, 5000));
            var response = result.all().latencies().response();
            assertThat(result.all().counts().answered()).isEqualTo(1000);
            // All who came during the stall waited, evenly from its whole length down to nothing.
            double millis = stall.get() / 1e6;
            double half = 100 - 100 * millis / 2 / 2000;
            assertThat(response.getValueAtPercentile(half) / 1e6).isCloseTo(millis / 2, within(100.0));
            assertThat(response.getMaxValue() / 1e6).isCloseTo(millis, within(100.0));
            // As seen from the service only eight were slow, and nobody but the service was late.
            assertThat(result.all().latencies().service().getValueAtPercentile(98) / 1e6)
                    .isLessThan(200);
            assertThat(result.all().latencies().late().getValueAtPercentile(98) / 1e6)
                    .isLessThan(100);
        }
    }

    @Test
    void what_could_not_be_sent_until_the_end_is_told() throws Exception {
        try (RudeServer server = new RudeServer((_, out, _) -> {
            hold(200);
            RudeServer.write(out, OK);
            return true;
        })) {
            LoadResult result = send(server.url(), rate(100, 1000), tuning(2, 1000));
            Counts counts = result.all().counts();
            assertThat(counts.total()).isEqualTo(100);
            assertThat(counts.errors().get(ErrorKind.UNSENT)).isBetween(85L, 92L);
            assertThat(counts.sent()).isEqualTo(server.requests());
            assertThat(result.all().latencies().response().getTotalCount()).isEqualTo(100);
        }
    }

    @Test
    void more_connections_are_made_if_they_may() throws Exception {
        try (RudeServer server = new RudeServer((_, out, _) -> {
            hold(200);
            RudeServer.write(out, OK);
            return true;
        })) {
            Tuning tuning = new Tuning(
                    2,
                    50,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ZERO,
                    1,
                    true,
                    Trust.USUAL,
                    HttpLimits.DEFAULT,
                    Long.MAX_VALUE);
            LoadResult result = send(server.url(), rate(100, 1000), tuning);
            assertThat(result.all().counts().answered()).isEqualTo(100);
            assertThat(server.accepted()).isBetween(15, 35);
        }
    }

    @Test
    void bursts_come_at_multiples_of_the_grain() throws Exception {
        try (RudeServer server = RudeServer.saying(OK)) {
            Tuning tuning = new Tuning(
                    32,
                    32,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ofMillis(100),
                    1,
                    true,
                    Trust.USUAL,
                    HttpLimits.DEFAULT,
                    Long.MAX_VALUE);
            LoadResult result = send(server.url(), rate(100, 1000), tuning);
            assertThat(result.all().counts().answered()).isGreaterThanOrEqualTo(90);
            // Ten a burst wait from nothing to 90 ms; nobody is late, since that was asked for.
            assertThat(result.all().latencies().lag().getMean() / 1e6).isCloseTo(45, within(15.0));
            assertThat(result.all().latencies().late().getMean() / 1e6).isLessThan(15);
        }
    }

    @Test
    void a_warm_up_sends_nothing_to_the_service() throws Exception {
        try (RudeServer server = RudeServer.saying(OK)) {
            Tuning tuning = new Tuning(
                    1,
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofMillis(100),
                    Duration.ZERO,
                    1,
                    true,
                    Trust.USUAL,
                    HttpLimits.DEFAULT,
                    Long.MAX_VALUE);
            LoadResult result = send(server.url(), rate(10, 500), tuning);
            assertThat(server.requests()).isEqualTo(5);
            assertThat(result.all().counts().total()).isEqualTo(5);
        }
    }

    @Test
    void refused_connections_are_refused_requests() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/";
        assertThat(send(url, rate(50, 500), tuning(2, 500)).all().counts().errors())
                .containsEntry(ErrorKind.REFUSED, 25L)
                .hasSize(1);
        Counts users = send(url, users(2, 500), tuning(1, 500)).all().counts();
        assertThat(users.errors().keySet()).containsExactly(ErrorKind.REFUSED);
        // Refused users do not ask as fast as they can.
        assertThat(users.total()).isBetween(10L, 24L);
    }

    @Test
    void a_server_that_says_nothing_is_timed_out() throws Exception {
        try (RudeServer server = new RudeServer((_, _, _) -> true)) {
            LoadResult result = send(server.url(), rate(20, 500), tuning(4, 200));
            assertThat(result.all().counts().errors()).containsKey(ErrorKind.TIMED_OUT);
            assertThat(result.all().counts().answered()).isZero();
            assertThat(result.all().latencies().response().getMaxValue() / 1e6).isBetween(190.0, 1000.0);
            assertNothingIsOpen(server);
        }
    }

    @Test
    void each_rudeness_has_its_kind() throws Exception {
        Map<String, ErrorKind> kinds = Map.of(
                "I am not HTTP\r\n\r\n",
                ErrorKind.MALFORMED,
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                ErrorKind.MALFORMED,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                ErrorKind.MALFORMED,
                "HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000) + "\r\n\r\n",
                ErrorKind.TOO_LARGE,
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                ErrorKind.TOO_LARGE,
                "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
                ErrorKind.STATUS,
                "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
                ErrorKind.STATUS);
        for (Map.Entry<String, ErrorKind> each : kinds.entrySet()) {
            try (RudeServer server = RudeServer.saying(each.getKey())) {
                Counts counts =
                        send(server.url(), rate(20, 250), tuning(2, 1000)).all().counts();
                assertThat(counts.errors()).as(each.getKey()).isEqualTo(Map.of(each.getValue(), 5L));
                assertThat(counts.examples().get(each.getValue()))
                        .isNotBlank()
                        .contains(each.getKey().contains("302") ? "status 302, which points to /x" : "");
                assertNothingIsOpen(server);
            }
        }
    }

    @Test
    void a_connection_that_ends_too_early_is_cut_off_or_reset() throws Exception {
        try (RudeServer server = new RudeServer((_, out, _) -> {
            RudeServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            return false;
        })) {
            assertThat(send(server.url(), rate(20, 250), tuning(2, 1000))
                            .all()
                            .counts()
                            .errors())
                    .isEqualTo(Map.of(ErrorKind.CUT_OFF, 5L));
        }
        try (RudeServer server = new RudeServer((_, _, socket) -> {
            socket.setSoLinger(true, 0);
            return false;
        })) {
            assertThat(send(server.url(), rate(20, 250), tuning(2, 1000))
                            .all()
                            .counts()
                            .errors())
                    .isEqualTo(Map.of(ErrorKind.RESET, 5L));
        }
    }

    @Test
    void a_body_may_end_in_any_way_that_http_knows() throws Exception {
        List<String> answers = List.of(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhi\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK,
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi");
        for (String answer : answers) {
            try (RudeServer server = RudeServer.saying(answer)) {
                Counts counts =
                        send(server.url(), rate(20, 250), tuning(1, 1000)).all().counts();
                assertThat(counts.answered()).as(answer).isEqualTo(5);
                assertThat(counts.bytesIn()).isEqualTo(5L * answer.length());
                assertThat(server.accepted()).as(answer).isEqualTo(1);
            }
        }
        List<String> last = List.of(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\n\r\nuntil the end",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        for (String answer : last) {
            try (RudeServer server = new RudeServer((_, out, _) -> {
                RudeServer.write(out, answer);
                return false;
            })) {
                Counts counts =
                        send(server.url(), rate(20, 250), tuning(1, 1000)).all().counts();
                assertThat(counts.answered()).as(answer).isEqualTo(5);
                assertThat(counts.connects()).isBetween(5L, 6L);
                assertNothingIsOpen(server);
            }
        }
    }

    @Test
    void an_answer_may_come_in_small_pieces() throws Exception {
        try (RudeServer server = new RudeServer((_, out, _) -> {
            for (byte one : OK.getBytes(StandardCharsets.US_ASCII)) {
                out.write(one);
                out.flush();
                Thread.onSpinWait();
            }
            return true;
        })) {
            assertThat(send(server.url(), rate(20, 250), tuning(1, 1000))
                            .all()
                            .counts()
                            .answered())
                    .isEqualTo(5);
        }
    }

    @Test
    void a_connection_for_each_request_is_made_if_asked_for() throws Exception {
        try (RudeServer server = new RudeServer((head, out, _) -> {
            assertThat(head).contains("Connection: close");
            RudeServer.write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");
            return false;
        })) {
            Tuning tuning = new Tuning(
                    2,
                    2,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ZERO,
                    1,
                    false,
                    Trust.USUAL,
                    HttpLimits.DEFAULT,
                    Long.MAX_VALUE);
            LoadResult result = send(server.url(), rate(40, 500), tuning);
            assertThat(result.all().counts().answered()).isEqualTo(20);
            assertThat(result.all().latencies().connect().getTotalCount()).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void answers_are_checked() throws Exception {
        String big = "HTTP/1.1 200 OK\r\nX-Kind: a\r\nContent-Length: 300\r\n\r\n" + "z".repeat(300);
        Map<Expectation, Boolean> expectations = Map.of(
                new Expectation(List.of(), Optional.of("zzz"), Map.of(), 1000, Optional.empty()), true,
                new Expectation(List.of(), Optional.of("nothing"), Map.of(), 1000, Optional.empty()), false,
                new Expectation(List.of(), Optional.empty(), Map.of("x-kind", "a"), 1000, Optional.empty()), true,
                new Expectation(List.of(), Optional.empty(), Map.of("x-kind", "b"), 1000, Optional.empty()), false,
                new Expectation(List.of(), Optional.empty(), Map.of(), 299, Optional.empty()), false);
        try (RudeServer server = RudeServer.saying(big)) {
            for (Map.Entry<Expectation, Boolean> each : expectations.entrySet()) {
                LoadRequest request =
                        new LoadRequest("big", 1, "GET", server.url(), Map.of(), "", each.getKey(), List.of());
                Counts counts = send(List.of(request), List.of(), rate(20, 100), tuning(1, 1000))
                        .all()
                        .counts();
                assertThat(counts.errors())
                        .as(each.toString())
                        .isEqualTo(each.getValue() ? Map.of() : Map.of(ErrorKind.CHECK, 2L));
            }
        }
    }

    @Test
    void a_zipped_body_is_read_as_what_it_is() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("{\"id\": 7}".getBytes(StandardCharsets.UTF_8));
        }
        try (RudeServer server = new RudeServer((_, out, _) -> {
            RudeServer.write(
                    out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
            out.write(zipped.toByteArray());
            return true;
        })) {
            LoadRequest request = new LoadRequest(
                    "zipped",
                    1,
                    "GET",
                    server.url(),
                    Map.of("Accept-Encoding", "gzip"),
                    "",
                    new Expectation(List.of(), Optional.of("\"id\": 7"), Map.of(), 1000, Optional.empty()),
                    List.of());
            assertThat(send(List.of(request), List.of(), rate(20, 100), tuning(1, 1000))
                            .all()
                            .counts()
                            .answered())
                    .isEqualTo(2);
        }
    }

    @Test
    void what_is_saved_goes_into_later_requests_of_the_same_user() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger logins = new AtomicInteger();
        try (RudeServer server = new RudeServer((head, out, _) -> {
            seen.add(head.substring(0, head.indexOf(" HTTP")));
            String token = "t" + (head.contains("/login") ? logins.incrementAndGet() : 0);
            String body = "{\"token\": \"" + token + "\"}";
            RudeServer.write(
                    out, "HTTP/1.1 200 OK\r\nX-User: u\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return true;
        })) {
            LoadRequest login = new LoadRequest(
                    "login",
                    1,
                    "POST",
                    server.url() + "login",
                    Map.of(),
                    "{}",
                    Expectation.SUCCESS,
                    List.of(new Save.FromBody("token", "$.token"), new Save.FromHeader("user", "X-User")));
            LoadRequest order = new LoadRequest(
                    "order",
                    99,
                    "GET",
                    server.url() + "order/${user}/${token}",
                    Map.of(),
                    "",
                    Expectation.SUCCESS,
                    List.of());
            LoadResult result = send(List.of(login, order), List.of(), users(3, 300), tuning(1, 1000));
            assertThat(result.all().counts().errors()).isEmpty();
            assertThat(seen).contains("GET /order/u/t1", "GET /order/u/t2", "GET /order/u/t3");
            assertThat(seen).noneMatch(line -> line.endsWith("/"));
        }
    }

    @Test
    void a_load_of_several_requests_draws_them_by_weight_and_feeds_them() throws Exception {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        try (RudeServer server = new RudeServer((head, out, _) -> {
            seen.merge(head.substring(0, head.indexOf(" HTTP")), 1, Integer::sum);
            RudeServer.write(out, OK);
            return true;
        })) {
            List<Feed> feeds = List.of(
                    new Feed.Rows(List.of("name"), List.of(List.of("a b"), List.of("c/d"))),
                    new Feed.Sequence("n", 100, 1));
            LoadRequest often = new LoadRequest(
                    "often", 3, "GET", server.url() + "${name}", Map.of(), "", Expectation.SUCCESS, List.of());
            LoadRequest seldom = new LoadRequest(
                    "seldom", 1, "PUT", server.url() + "n/${n}", Map.of(), "${n}", Expectation.SUCCESS, List.of());
            LoadResult result = send(List.of(often, seldom), feeds, rate(400, 1000), tuning(4, 1000));
            double share = (double) result.requests().getFirst().counts().answered() / 400;
            assertThat(share).isCloseTo(0.75, within(0.1));
            assertThat(seen.keySet()).contains("GET /a%20b", "GET /c%2Fd");
            assertThat(seen.keySet().stream().filter(line -> line.startsWith("PUT")))
                    .hasSize((int) result.requests().getLast().counts().answered());
        }
    }

    @Test
    void a_stop_ends_with_what_was_measured() throws Exception {
        try (RudeServer server = RudeServer.saying(OK);
                WireGenerator generator = new WireGenerator(load(server.url(), rate(100, 60_000), tuning(1, 1000)))) {
            LoadResult result = generator.run((_, _) -> generator.stop("enough"));
            assertThat(result.stopped()).contains("enough");
            assertThat(result.lasted()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
            assertThat(result.all().counts().answered()).isBetween(90L, 300L);
            assertThat(result.due()).isEqualTo(result.all().counts().total());
        }
    }

    @Test
    void too_many_errors_end_the_load() throws Exception {
        try (RudeServer server = RudeServer.saying("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")) {
            Tuning tuning = new Tuning(
                    1,
                    1,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ZERO,
                    1,
                    true,
                    Trust.USUAL,
                    HttpLimits.DEFAULT,
                    10);
            LoadResult result = send(server.url(), rate(100, 60_000), tuning);
            assertThat(result.stopped()).contains("10 errors");
            assertThat(result.all().counts().failed()).isBetween(10L, 14L);
        }
    }

    @Test
    void an_unknown_host_is_unreachable() throws Exception {
        Counts counts = send("http://no.such.host.invalid/", rate(20, 100), tuning(1, 1000))
                .all()
                .counts();
        assertThat(counts.errors()).isEqualTo(Map.of(ErrorKind.UNREACHABLE, 2L));
    }

    private static void assertNothingIsOpen(RudeServer server) {
        await().atMost(Duration.ofSeconds(5)).until(() -> server.open() == 0);
    }

    private static void hold(long millis) {
        hold(new CountDownLatch(1), millis);
    }

    private static void hold(CountDownLatch until) {
        hold(until, 10_000);
    }

    private static void hold(CountDownLatch until, long millis) {
        try {
            until.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Pace rate(double perSecond, long millis) {
        return new Pace.Open(Profile.constant(perSecond, Duration.ofMillis(millis)), Pace.Arrival.EVEN, 1);
    }

    private static Pace users(int users, long millis) {
        return new Pace.Closed(Profile.constant(users, Duration.ofMillis(millis)), Duration.ZERO);
    }

    private static Tuning tuning(int connections, long timeoutMillis) {
        return new Tuning(
                connections,
                connections,
                Duration.ofMillis(timeoutMillis),
                Duration.ZERO,
                Duration.ZERO,
                1,
                true,
                Trust.USUAL,
                HttpLimits.DEFAULT,
                Long.MAX_VALUE);
    }

    private static HttpLoad load(String url, Pace pace, Tuning tuning) {
        return new HttpLoad(List.of(LoadRequest.get("it", url)), List.of(), pace, Slice.WHOLE, 1, tuning);
    }

    private static LoadResult send(String url, Pace pace, Tuning tuning) throws InterruptedException {
        return send(List.of(LoadRequest.get("it", url)), List.of(), pace, tuning);
    }

    private static LoadResult send(List<LoadRequest> requests, List<Feed> feeds, Pace pace, Tuning tuning)
            throws InterruptedException {
        try (var generator = new WireGenerator(new HttpLoad(requests, feeds, pace, Slice.WHOLE, 1, tuning))) {
            return generator.run(LoadListener.NONE);
        }
    }
}
