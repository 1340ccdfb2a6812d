package dev.verdict.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verdict.http.HttpLimits;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sends to a real nginx, with TLS and without; skipped where there is none.
@Tag("slow")
@Timeout(60)
final class NginxTest {
    private static final String SERVERS = """
            server {
                listen 127.0.0.1:PLAIN;
                listen 127.0.0.1:SECURE ssl;
                keepalive_requests 50;
                location / { return 200 "hello"; }
                location = /large { root FOLDER; }
            }
            """;

    @TempDir
    Path folder;

    private int plain;
    private int secure;
    private @Nullable Nginx nginx;

    @BeforeEach
    void start() throws Exception {
        Files.write(folder.resolve("large"), new byte[300_000]);
        nginx = Nginx.start(folder, SERVERS, List.of("PLAIN", "SECURE"));
        plain = nginx.port("PLAIN");
        secure = nginx.port("SECURE");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.stop();
        }
    }

    @Test
    void connections_that_nginx_closes_are_made_anew_without_an_error() throws Exception {
        LoadResult result = send("http://127.0.0.1:" + plain + "/", Trust.USUAL);
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(1000);
        // Fifty requests a connection, as nginx is told.
        assertThat(result.all().counts().connects()).isBetween(20L, 26L);
    }

    @Test
    void tls_is_spoken_with_large_bodies_too() throws Exception {
        LoadResult small = send("https://localhost:" + secure + "/", Trust.ANYBODY);
        assertThat(small.all().counts().errors()).isEmpty();
        assertThat(small.all().counts().answered()).isEqualTo(1000);
        LoadResult large = send("https://localhost:" + secure + "/large", Trust.ANYBODY, 20);
        assertThat(large.all().counts().errors()).isEmpty();
        assertThat(large.all().counts().bytesIn()).isGreaterThan(300_000L * 40);
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
        LoadResult result = send("https://localhost:" + secure + "/", Trust.USUAL);
        assertThat(result.all().counts().answered()).isZero();
        assertThat(result.all().counts().errors()).containsKey(ErrorKind.CERTIFICATE);
    }

    @Test
    void plain_http_where_tls_is_expected_is_an_error_of_tls() throws Exception {
        LoadResult result = send("https://localhost:" + plain + "/", Trust.ANYBODY);
        assertThat(result.all().counts().errors().keySet()).contains(ErrorKind.TLS);
    }

    @Test
    void a_server_that_stands_still_for_a_second_is_measured_as_its_clients_saw_it() throws Exception {
        List<Long> stood = new ArrayList<>();
        Nginx stalled = Objects.requireNonNull(nginx);
        Pace pace = new Pace.Open(Profile.constant(1000, Duration.ofSeconds(5)), Pace.Arrival.EVEN, 1);
        LoadResult result;
        try (var generator =
                new WireGenerator(load("http://127.0.0.1:" + plain + "/", pace, tuning(64, Trust.USUAL)))) {
            // It is stopped as the second second begins, and goes on with the third.
            result = generator.run((_, _) -> {
                if (stood.size() < 2) {
                    signal(stalled, stood.isEmpty() ? "STOP" : "CONT");
                    stood.add(System.nanoTime());
                }
            });
        }
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(5000);
        // Who was due in the stall waited for its end; nobody else waited.
        double millis = (stood.get(1) - stood.get(0)) / 1e6;
        var latencies = result.all().latencies();
        for (double percentile : new double[] {85, 90, 95, 99}) {
            double honest = millis - (100 - percentile) / 100 * 5000;
            assertThat(latencies.response().getValueAtPercentile(percentile) / 1e6)
                    .as("p%s of a stall of %s ms", percentile, millis)
                    .isCloseTo(honest, within(60.0));
        }
        assertThat(latencies.response().getValueAtPercentile(75) / 1e6).isLessThan(60);
        assertThat(latencies.service().getValueAtPercentile(95) / 1e6).isLessThan(60);
    }

    private static void signal(Nginx nginx, String name) {
        try {
            nginx.signal(name);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static LoadResult send(String url, Trust trust) throws InterruptedException {
        return send(url, trust, 500);
    }

    /// Sends for two seconds.
    private static LoadResult send(String url, Trust trust, int perSecond) throws InterruptedException {
        Pace pace = new Pace.Open(Profile.constant(perSecond, Duration.ofSeconds(2)), Pace.Arrival.EVEN, 1);
        try (var generator = new WireGenerator(load(url, pace, tuning(4, trust)))) {
            return generator.run(LoadListener.NONE);
        }
    }

    private static HttpLoad load(String url, Pace pace, Tuning tuning) {
        return new HttpLoad(List.of(LoadRequest.get("it", url)), List.of(), pace, Slice.WHOLE, 1, tuning);
    }

    private static Tuning tuning(int connections, Trust trust) {
        return new Tuning(
                connections,
                connections,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ZERO,
                1,
                true,
                trust,
                HttpLimits.DEFAULT,
                Long.MAX_VALUE);
    }
}
