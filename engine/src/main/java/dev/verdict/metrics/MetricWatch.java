package dev.verdict.metrics;

import dev.verdict.http.Headers;
import dev.verdict.http.HttpClient;
import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpLimits;
import dev.verdict.http.HttpRequest;
import dev.verdict.http.HttpResponse;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.json.Json;
import dev.verdict.plan.Target;
import dev.verdict.plan.Text;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Reads the metrics that targets are bound to, once a second and a last time when it is closed.
///
/// A page is read directly, not over the gateway: what a fault does to traffic does not hide what
/// a service counts.
public final class MetricWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Journal journal;
    private final HttpClient client = new HttpClient(HttpLimits.DEFAULT);
    private final List<Thread> threads = new ArrayList<>();

    private MetricWatch(Journal journal) {
        this.journal = journal;
    }

    /// Reads once, and goes on in the background.
    ///
    /// @param urls answers where a target's source leads now; empty while nobody knows
    public static MetricWatch start(List<Target> targets, Function<Text, Optional<String>> urls, Journal journal) {
        MetricWatch watch = new MetricWatch(journal);
        for (Watched watched : Watched.of(targets, urls)) {
            Reader reader = watch.new Reader(watched);
            watch.threads.add(
                    Thread.ofVirtual().name("metrics " + watched.from()).start(reader::run));
        }
        return watch;
    }

    /// Reads all a last time.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        client.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Reads one address.
    private final class Reader {
        private final Watched watched;
        private final Map<String, String> told = new HashMap<>();
        private final Set<String> absent = new HashSet<>();

        Reader(Watched watched) {
            this.watched = watched;
        }

        void run() {
            try {
                while (true) {
                    read();
                    Thread.sleep(EVERY);
                }
            } catch (InterruptedException e) {
                // Closed. The last reading is what a counter came to.
                last();
            }
        }

        private void last() {
            try {
                read();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void read() throws InterruptedException {
            if (watched.queries()) {
                for (String query : watched.metrics()) {
                    ask(query);
                }
                return;
            }
            try {
                Exposition page = Exposition.parse(get(url()));
                watched.metrics().forEach(metric -> sum(metric, page));
            } catch (Unreadable e) {
                watched.metrics().forEach(metric -> missing(metric, String.valueOf(e.getMessage())));
            }
        }

        private String url() throws Unreadable {
            return watched.url().get().orElseThrow(() -> new Unreadable("its service does not run"));
        }

        private void sum(String metric, Exposition page) {
            Sample wanted = Sample.selector(metric);
            List<Sample> found = page.samples().stream().filter(wanted::selects).toList();
            if (found.isEmpty()) {
                absent.add(metric);
                missing(metric, "no sample is called " + metric);
                return;
            }
            boolean counter = page.counts(wanted.name());
            // a counter may come with its first increment: before, it was 0
            if (absent.remove(metric) && counter) {
                journal.emit(new Event.MetricSampled(watched.from(), metric, 0, true));
            }
            double sum = found.stream().mapToDouble(Sample::value).sum();
            sampled(metric, sum, counter);
        }

        private void sampled(String metric, double value, boolean counter) {
            if (Double.isFinite(value)) {
                told.remove(metric);
                journal.emit(new Event.MetricSampled(watched.from(), metric, value, counter));
            } else {
                missing(metric, metric + " is " + value);
            }
        }

        private void missing(String metric, String reason) {
            if (!reason.equals(told.put(metric, reason))) {
                journal.emit(new Event.MetricMissing(watched.from(), metric, reason));
            }
        }

        private void ask(String query) throws InterruptedException {
            String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
            try {
                sampled(query, number(get(url() + "/api/v1/query?query=" + encoded)), false);
            } catch (Unreadable e) {
                missing(query, String.valueOf(e.getMessage()));
            }
        }
    }

    /// Returns the one number of an answer of Prometheus's HTTP API.
    private static double number(String answer) throws Unreadable {
        JsonNode json = Json.parse(answer).orElseThrow(() -> new Unreadable("the answer is no JSON"));
        JsonNode data = json.path("data");
        JsonNode result = data.path("result");
        boolean scalar = data.path("resultType").asString("").equals("scalar");
        if (!scalar && result.size() != 1) {
            throw new Unreadable("the query has %d results; a target takes one".formatted(result.size()));
        }
        JsonNode pair = scalar ? result : result.path(0).path("value");
        try {
            return Double.parseDouble(pair.path(1).asString("").replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            throw new Unreadable("the query has no number as its result");
        }
    }

    private String get(String url) throws Unreadable, InterruptedException {
        try {
            HttpRequest request = new HttpRequest("GET", URI.create(url), Headers.of(Map.of()), new byte[0]);
            HttpResponse response = client.send(request, TIMEOUT);
            byte[] body = response.content(HttpLimits.DEFAULT.bodyBytes());
            if (response.status() != 200) {
                throw new Unreadable("the status is " + response.status());
            }
            return new String(body, StandardCharsets.UTF_8);
        } catch (HttpFailure | IllegalArgumentException e) {
            throw new Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
