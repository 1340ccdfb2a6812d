package dev.verdict.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.journal.Event.MetricMissing;
import dev.verdict.journal.Event.MetricSampled;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Plan;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricWatchTest {
    private final MemoryJournal journal = new MemoryJournal();
    private HttpServer server;
    private volatile int status = 200;
    private volatile boolean known = true;
    private volatile String page = "";
    private volatile String asked = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestURI().toString();
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private MetricWatch watch(String source) {
        Plan plan = PlanReader.fromCanonical("""
                {"plan": "p", "seed": 1, "phases": [{"name": "one", "suites": [{"name": "s", "features": ["f"]}]}],
                 "targets": [{%s, "max": 1}]}""".formatted(source), Path.of("verdict.yaml"));
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return MetricWatch.start(
                plan.targets(),
                text -> known
                        ? Optional.of(text.resolve(Text.Reference::toString).replace("http://URL", url))
                        : Optional.empty(),
                journal);
    }

    @Test
    void a_page_is_read_from_when_it_is_known_where_it_is() {
        known = false;
        page = "up 1\n";
        try (MetricWatch watch = watch("metric: up, from: http://URL/metrics")) {
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> !journal.all(MetricMissing.class).isEmpty());
            assertThat(watch).isNotNull();
            known = true;
            await(1);
        }
        assertThat(journal.all(MetricMissing.class))
                .containsExactly(new MetricMissing("http://URL/metrics", "up", "its service does not run"));
    }

    private void await(int samples) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> journal.all(MetricSampled.class).size() >= samples);
    }

    @Test
    void a_metric_is_the_sum_of_what_has_its_labels_and_is_read_a_last_time() {
        page = "# TYPE jobs gauge\njobs{state=\"new\"} 2\njobs{state=\"new\",at=\"b\"} 3\njobs{state=\"old\"} 9\n";
        try (MetricWatch watch = watch("metric: 'jobs{state=\"new\"}', from: http://URL/metrics")) {
            await(1);
            assertThat(watch).isNotNull();
            page = "jobs{state=\"new\"} 7\n";
        }
        List<MetricSampled> samples = journal.all(MetricSampled.class);
        assertThat(samples.getFirst())
                .isEqualTo(new MetricSampled("http://URL/metrics", "jobs{state=\"new\"}", 5, false));
        assertThat(samples.getLast().value()).isEqualTo(7);
        assertThat(asked).isEqualTo("/metrics");
    }

    @Test
    void a_counter_that_comes_later_was_zero_before() {
        page = "up 1\n";
        try (MetricWatch watch = watch("metric: retries_total, from: http://URL/metrics")) {
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> !journal.all(MetricMissing.class).isEmpty());
            assertThat(watch).isNotNull();
            page = "# TYPE retries_total counter\nretries_total 3\n";
            await(2);
        }
        assertThat(journal.all(MetricMissing.class))
                .containsExactly(
                        new MetricMissing("http://URL/metrics", "retries_total", "no sample is called retries_total"));
        assertThat(journal.all(MetricSampled.class).subList(0, 2))
                .containsExactly(
                        new MetricSampled("http://URL/metrics", "retries_total", 0, true),
                        new MetricSampled("http://URL/metrics", "retries_total", 3, true));
    }

    @Test
    void a_page_that_cannot_be_read_is_told_once() {
        status = 500;
        try (MetricWatch watch = watch("metric: up, from: http://URL/metrics")) {
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> !journal.all(MetricMissing.class).isEmpty());
            assertThat(watch).isNotNull();
        }
        assertThat(journal.all(MetricMissing.class))
                .containsExactly(new MetricMissing("http://URL/metrics", "up", "the status is 500"));
        assertThat(journal.all(MetricSampled.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1.5,\"42.5\"]}]} | 42.5",
                "{\"resultType\":\"scalar\",\"result\":[1.5,\"3\"]} | 3"
            })
    void a_query_has_one_number(String data, double value) {
        page = "{\"status\":\"success\",\"data\":" + data + "}";
        try (MetricWatch watch = watch("query: 'sum(rate(x[1m]))', from: http://URL")) {
            await(1);
            assertThat(watch).isNotNull();
        }
        assertThat(journal.all(MetricSampled.class).getFirst().value()).isEqualTo(value);
        assertThat(asked).isEqualTo("/api/v1/query?query=sum%28rate%28x%5B1m%5D%29%29");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":{\"resultType\":\"vector\",\"result\":[]}} | the query has 0 results; a target takes one",
                "{\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"NaN\"]}]}} | x is NaN",
                "oops | the answer is no JSON"
            })
    void a_query_without_a_number_is_missing(String answer, String reason) {
        page = answer;
        try (MetricWatch watch = watch("query: x, from: http://URL")) {
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> !journal.all(MetricMissing.class).isEmpty());
            assertThat(watch).isNotNull();
        }
        assertThat(journal.all(MetricMissing.class).getFirst().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "a_total, true",
        "b_total, false",
        "lat_count, true",
        "lat_sum, true",
        "lat_bucket, true",
        "size_count, false",
        "plain, false"
    })
    void what_only_grows_is_told_by_its_type(String name, boolean counter) {
        Exposition exposition = Exposition.parse(
                "# HELP a_total x\n# TYPE b_total gauge\n# TYPE lat histogram\n# TYPE size gauge\na_total 1\n");
        assertThat(exposition.counts(name)).isEqualTo(counter);
    }
}
