package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `verdict check` as users do.
@Tag("slow")
final class CheckTest {
    private static final String LEGAL = """
            {"process":0,"type":"invoke","f":"write","value":1}
            {"process":0,"type":"ok","f":"write","value":1}
            {"process":1,"type":"invoke","f":"read"}
            {"process":1,"type":"ok","f":"read","value":1}
            """;

    @TempDir
    Path folder;

    @Test
    void a_legal_history_is_0_an_illegal_one_1_and_a_malformed_one_2() throws IOException, InterruptedException {
        write("good.ndjson", LEGAL);
        write("bad.ndjson", LEGAL.replace("\"read\",\"value\":1", "\"read\",\"value\":2"));
        write("torn.ndjson", LEGAL + "{\"process\":");
        assertThat(VerdictProcess.run(folder, "check", "good.ndjson", "--model", "register"))
                .satisfies(ended -> assertThat(ended.out()).startsWith("VALID"))
                .returns(0, VerdictProcess.Ended::exitCode);
        assertThat(VerdictProcess.run(folder, "check", "bad.ndjson", "-m", "register", "--json", "--svg", "bad.svg"))
                .satisfies(ended -> assertThat(ended.out()).contains("\"answer\":\"invalid\"", "\"culprit\":true"))
                .returns(1, VerdictProcess.Ended::exitCode);
        assertThat(folder.resolve("bad.svg")).content().contains("<svg", "culprit");
        assertThat(VerdictProcess.run(folder, "check", "torn.ndjson", "-m", "register"))
                .satisfies(ended -> assertThat(ended.err()).contains("torn.ndjson: line 5: no JSON"))
                .returns(2, VerdictProcess.Ended::exitCode);
    }

    @Test
    void a_wrong_model_names_the_nearest_and_a_heap_is_kept() throws IOException, InterruptedException {
        write("good.ndjson", LEGAL);
        assertThat(VerdictProcess.run(folder, "check", "good.ndjson", "-m", "regster"))
                .satisfies(ended -> assertThat(ended.err()).contains("did you mean register?"))
                .returns(2, VerdictProcess.Ended::exitCode);
        assertThat(VerdictProcess.run(folder, "check", "good.ndjson", "-m", "register", "--heap", "64MiB"))
                .returns(0, VerdictProcess.Ended::exitCode);
        assertThat(VerdictProcess.run(folder, "check", "good.ndjson", "-m", "register", "--limit", "0ms"))
                .satisfies(ended -> assertThat(ended.out()).startsWith("UNKNOWN"))
                .returns(4, VerdictProcess.Ended::exitCode);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
