package dev.verdict.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunJsonTest {
    @TempDir
    Path directory;

    @Test
    void one_line_holds_the_run() throws IOException {
        SampleRun.Sample sample = SampleRun.write(directory);

        String text = RunJson.of(sample.plan(), sample.entries(), sample.verdict(), sample.folder());
        JsonNode run = JsonMapper.shared().readTree(text);

        assertThat(text).doesNotContain("\n");
        assertThat(run.get("format").asInt()).isEqualTo(1);
        assertThat(run.get("run").asString()).isEqualTo("2026-11-20-0930-k3");
        assertThat(run.get("seed").asString()).isEqualTo("4611686018427387904");
        assertThat(run.get("outcome").asString()).isEqualTo("FAILED");
        assertThat(run.get("exitCode").asInt()).isEqualTo(1);
        assertThat(run.get("took").asDouble()).isEqualTo(14_720.0);
        assertThat(run.at("/counts/PASSED").asInt()).isEqualTo(19);
        assertThat(run.get("scenarios")).hasSize(27);
        assertThat(run.get("findings")).hasSize(5);
        assertThat(run.at("/paths/journal").asString()).endsWith("journal.ndjson");
        assertThat(run.get("repeat").asString())
                .isEqualTo("verdict run --file verdict.yaml --seed 4611686018427387904 "
                        + "--var 'defect=lost order' --tags 'not @slow'");
    }

    @Test
    void services_say_how_they_came_up_and_ended() throws IOException {
        SampleRun.Sample sample = SampleRun.write(directory);

        JsonNode services = JsonMapper.shared()
                .readTree(RunJson.of(sample.plan(), sample.entries(), sample.verdict(), sample.folder()))
                .get("services");

        assertThat(services.at("/0/readyAfter").asDouble()).isEqualTo(402.0);
        assertThat(services.at("/2/starts").asInt()).isEqualTo(2);
        assertThat(services.at("/3/failure").asString()).isEqualTo("mail was not ready within 8 s");
        assertThat(services.at("/3").has("readyAfter")).isFalse();
    }

    @Test
    void faults_say_what_they_did_and_when() throws IOException {
        SampleRun.Sample sample = SampleRun.write(directory);

        JsonNode faults = JsonMapper.shared()
                .readTree(RunJson.of(sample.plan(), sample.entries(), sample.verdict(), sample.folder()))
                .get("faults");

        assertThat(faults).hasSize(3);
        assertThat(faults.at("/0/kind").asString()).isEqualTo("delay");
        assertThat(faults.at("/0/target").asString()).isEqualTo("orders→stock");
        assertThat(faults.at("/0/end").asDouble() - faults.at("/0/start").asDouble())
                .isEqualTo(2_700.0);
        assertThat(faults.at("/0/how").asString()).isEqualTo("undone");
    }

    @Test
    void every_field_is_documented() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "run-json.md"));

        assertThat(Stream.of(
                                RunJson.class,
                                RunJson.Scenario.class,
                                RunJson.Service.class,
                                RunJson.Fault.class,
                                RunJson.Paths.class)
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .map(RecordComponent::getName))
                .allSatisfy(field -> assertThat(documentation).contains("`" + field + "`"));
    }
}
