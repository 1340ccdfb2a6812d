package dev.verdict.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Finding;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String HOSTILE =
            "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> ' \" & {{script}} $1 \\ \0 \u2028 \ud800";

    @TempDir
    Path directory;

    @Test
    void every_outcome_is_there_and_the_worst_comes_first() throws IOException {
        SampleRun.Sample sample = SampleRun.write(directory);

        JsonNode data = data(Files.readString(write(sample)));

        assertThat(data.get("scenarios")
                        .valueStream()
                        .map(row -> row.get("outcome").asString())
                        .distinct())
                .containsExactly("FAILED", "BLOCKED", "INCONCLUSIVE", "PASSED", "SKIPPED");
        assertThat(data.get("run").get("counts").toString())
                .isEqualTo("{\"FAILED\":3,\"BLOCKED\":2,\"INCONCLUSIVE\":2,\"PASSED\":19,\"SKIPPED\":1}");
        assertThat(data.get("findings")
                        .valueStream()
                        .map(row -> row.get("judge").asString()))
                .containsExactly("exits", "orphans", "readiness", "hollow", "weak");
    }

    @Test
    void a_failed_step_comes_with_its_check_its_observation_and_its_attachments() throws IOException {
        SampleRun.Sample sample = SampleRun.write(directory);

        JsonNode steps = details(Files.readString(write(sample)), 0).get("steps");

        JsonNode failed = steps.get(4);
        assertThat(failed.get("status").asString()).isEqualTo("FAILED");
        assertThat(failed.at("/checked/0/expected").asString()).isEqualTo("contains \"o-1077\"");
        assertThat(failed.at("/checked/0/actual").asString()).contains("o-1076");
        assertThat(steps.at("/1/observed/0/preview").asString()).contains("accepted");
        assertThat(failed.at("/attached/0/image").asBoolean()).isTrue();
    }

    @Test
    void services_tell_their_lives_and_their_use_of_the_machine() throws IOException {
        JsonNode services =
                data(Files.readString(write(SampleRun.write(directory)))).get("services");

        assertThat(services.valueStream().map(row -> row.get("name").asString()))
                .containsExactly("stock", "orders", "payments", "mail");
        assertThat(services.at("/2/lives")).hasSize(2);
        assertThat(services.at("/2/lives/0/exitCode").asInt()).isEqualTo(137);
        assertThat(services.at("/2/lives/0/expected").asBoolean()).isFalse();
        assertThat(services.at("/3/lives/0/failure").asString()).contains("not ready");
        assertThat(services.at("/0/samples")).hasSize(13);
        assertThat(services.at("/0/samples/1/1").asDouble()).isBetween(1.0, 100.0);
        assertThat(services.at("/1/log/lines")
                        .valueStream()
                        .map(line -> line.path("level").asString("")))
                .contains("warning");
    }

    @Test
    void hostile_text_stays_text() throws IOException {
        RunFolder folder = RunFolder.of(directory, "hostile");
        ScenarioResult result = result(HOSTILE, Outcome.FAILED);
        List<Entry> entries = entries(
                new Event.ScenarioStarted(HOSTILE),
                new Event.Observed(HOSTILE, 0, HOSTILE, HOSTILE, HOSTILE, "../../../etc/passwd", 1),
                step(HOSTILE, 0, HOSTILE));
        Verdict verdict = new Verdict(
                Outcome.FAILED,
                1,
                List.of(HOSTILE),
                List.of(new Finding(HOSTILE, Outcome.FAILED, HOSTILE, HOSTILE, List.of(2L))),
                List.of(result));
        Plan plan = new Plan(HOSTILE, 1, Map.of(HOSTILE, HOSTILE), List.of(), Map.of(), List.of());

        String html = Files.readString(HtmlReport.write(plan, entries, verdict, folder));

        assertThat(count(html, "<script")).isEqualTo(4);
        assertThat(count(html, "</script")).isEqualTo(4);
        assertThat(html).doesNotContain("<img", "<!-- ");
        assertThat(data(html).at("/scenarios/0/name").asString()).isEqualTo(HOSTILE.replace('\ud800', '?'));
        assertThat(details(html, 0).at("/steps/0/text").asString()).contains("{{script}} $1");
    }

    @Test
    void the_policy_names_the_digests_of_the_scripts_that_are_there() throws Exception {
        String html = Files.readString(write(SampleRun.write(directory)));

        Matcher scripts =
                Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
        List<String> digests = new ArrayList<>();
        while (scripts.find()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(scripts.group(1).getBytes(StandardCharsets.UTF_8));
            digests.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }

        assertThat(html).contains("script-src " + String.join(" ", digests) + ";");
        assertThat(digests).hasSize(2);
    }

    @Test
    void attachments_lie_beside_the_page_under_names_that_run_nothing() throws IOException {
        SampleRun.Sample sample = SampleRun.write(directory);
        write(sample);

        try (Stream<Path> files = Files.list(sample.folder().report().resolve("attachments"))) {
            assertThat(files.map(file -> file.getFileName().toString().substring(13)))
                    .contains("screenshot-png.png", "page-b-as-sent-b-html.txt")
                    .allMatch(name -> name.matches("[\\w-]+\\.(png|txt)"));
        }
    }

    @Test
    void attachments_are_bounded() throws IOException {
        RunFolder folder = RunFolder.of(directory, "bounded");
        Files.createDirectories(folder.blobs());
        String one = "a".repeat(64);
        String other = "b".repeat(64);
        Files.write(folder.blobs().resolve(one), new byte[60]);
        Files.write(folder.blobs().resolve(other), new byte[60]);
        Attachments attachments = new Attachments(folder, 100);

        assertThat(attachments.copy(one, "x", "text/html")).contains("attachments/aaaaaaaaaaaa-x.txt");
        assertThat(attachments.copy(other, "x", "text/html")).isEmpty();
        assertThat(attachments.copy("c".repeat(64), "x", "text/html")).isEmpty();
        assertThat(attachments.copy("../" + one, "x", "text/html")).isEmpty();
    }

    @Test
    void an_empty_run_has_a_page() throws IOException {
        Verdict verdict = new Verdict(Outcome.INCONCLUSIVE, 4, List.of("nothing ran"), List.of(), List.of());

        String html = Files.readString(
                HtmlReport.write(SampleRun.plan(), List.of(), verdict, RunFolder.of(directory, "empty")));

        assertThat(data(html).at("/run/cutOff").asBoolean()).isTrue();
        assertThat(html).contains("<li>nothing ran</li>");
    }

    @Test
    void a_large_run_is_written_quickly_and_stays_small() throws IOException {
        LargeRun large = LargeRun.of(3_000, 10);

        long start = System.nanoTime();
        Path file =
                HtmlReport.write(SampleRun.plan(), large.entries(), large.verdict(), RunFolder.of(directory, "large"));
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(Files.size(file)).isLessThan(20_000_000);
        // Two seconds on a quiet machine; a build's is not.
        assertThat(took).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void details_end_where_the_page_is_large_enough_and_the_page_says_so() throws IOException {
        String name = "x".repeat(3_900);
        List<ScenarioResult> results = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            results.add(result("s" + i, i == 699 ? Outcome.FAILED : Outcome.PASSED));
            for (int step = 0; step < 10; step++) {
                events.add(step("s" + i, step, name));
            }
        }
        Verdict verdict = new Verdict(Outcome.FAILED, 1, List.of(), List.of(), results);

        String html = Files.readString(HtmlReport.write(
                SampleRun.plan(), entries(events.toArray(Event[]::new)), verdict, RunFolder.of(directory, "big")));

        assertThat(html.length()).isLessThan(HtmlReport.MOST_DETAILS + 1_000_000);
        assertThat(data(html).at("/leftOut/0").asString()).contains("steps of");
        assertThat(details(html, 0).get("steps"))
                .as("the failed one comes first")
                .hasSize(10);
        assertThat(details(html, 699).isEmpty()).isTrue();
    }

    private static Path write(SampleRun.Sample sample) {
        return HtmlReport.write(sample.plan(), sample.entries(), sample.verdict(), sample.folder());
    }

    private static JsonNode data(String html) {
        return MAPPER.readTree(script(html, "<script type=\"application/json\" id=\"data\">"));
    }

    private static JsonNode details(String html, int index) {
        String lines = script(html, "<script type=\"application/x-ndjson\" id=\"details\">");
        return MAPPER.readTree(lines.split("\n")[index]);
    }

    private static String script(String html, String tag) {
        int start = html.indexOf(tag) + tag.length();
        return html.substring(start, html.indexOf("</script>", start));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    static ScenarioResult result(String id, Outcome outcome) {
        return new ScenarioResult(
                id,
                "phase",
                "suite",
                "feature",
                id,
                "a.feature",
                3,
                List.of(),
                outcome,
                "",
                Duration.ofMillis(3),
                1,
                1);
    }

    static Event.StepEnded step(String scenario, int index, String text) {
        return new Event.StepEnded(
                scenario,
                index,
                text,
                index + 4,
                Event.Keyword.WHEN,
                Event.StepStatus.PASSED,
                Duration.ofMillis(1),
                "verdict",
                Optional.empty());
    }

    static List<Entry> entries(Event... events) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new Entry(
                    entries.size() + 1L, Instant.EPOCH.plusMillis(entries.size()), entries.size() * 1_000_000L, event));
        }
        return entries;
    }
}
