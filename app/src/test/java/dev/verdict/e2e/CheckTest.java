package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void the_history_may_come_from_the_standard_input() throws IOException, InterruptedException {
        write("good.ndjson", LEGAL);
        List<String> piped = List.of("sh", "-c", "cat good.ndjson | \"$@\"", "--");
        assertThat(VerdictProcess.start(piped, folder, "check", "-", "-m", "register")
                        .await())
                .satisfies(ended -> assertThat(ended.out()).startsWith("VALID"))
                .returns(0, VerdictProcess.Ended::exitCode);
        List<String> torn = List.of("sh", "-c", "head -c 90 good.ndjson | \"$@\"", "--");
        assertThat(VerdictProcess.start(torn, folder, "check", "-", "-m", "register")
                        .await())
                .satisfies(ended -> assertThat(ended.err()).contains("the history: line 2: no JSON"))
                .returns(2, VerdictProcess.Ended::exitCode);
    }

    @Test
    void ctrl_c_ends_it_with_what_is_known_by_then() throws IOException, InterruptedException {
        write("hard.ndjson", tooHard());
        VerdictProcess verdict = VerdictProcess.start(folder, "check", "hard.ndjson", "-m", "kv");
        verdict.awaitStack("dev.verdict.consistency.Search.run");
        verdict.interrupt();
        assertThat(verdict.await())
                .satisfies(
                        ended -> assertThat(ended.out()).startsWith("UNKNOWN").contains("interrupted; 0 of 1 keys"))
                .returns(130, VerdictProcess.Ended::exitCode);
    }

    @Test
    void ctrl_c_ends_it_with_a_heap_of_its_own_as_well() throws IOException, InterruptedException {
        write("hard.ndjson", tooHard());
        VerdictProcess verdict =
                VerdictProcess.start(folder, "check", "hard.ndjson", "-m", "kv", "--json", "--heap", "512MiB");
        verdict.awaitStackOfChild("dev.verdict.consistency.Search.run");
        verdict.interrupt();
        assertThat(verdict.await())
                .satisfies(ended -> assertThat(ended.out()).contains("\"answer\":\"unknown\"", "interrupted"))
                .returns(130, VerdictProcess.Ended::exitCode);
    }

    /// A read sees one more character than all pieces have that may have been appended: which of
    /// them make up what it saw is tried for ages.
    private static String tooHard() {
        var events = new StringBuilder();
        int pieces = 40;
        for (int piece = 1; piece <= pieces; piece++) {
            events.append("{\"process\":%d,\"type\":\"invoke\",\"f\":\"append\",\"value\":\"%s\"}%n"
                    .formatted(piece, "a".repeat(piece)));
            events.append("{\"process\":%d,\"type\":\"info\",\"f\":\"append\"}%n".formatted(piece));
        }
        String seen = "a".repeat(pieces * (pieces + 1) / 2 + 1);
        events.append("{\"process\":0,\"type\":\"invoke\",\"f\":\"get\"}\n");
        events.append("{\"process\":0,\"type\":\"ok\",\"f\":\"get\",\"value\":\"%s\"}%n".formatted(seen));
        return events.toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
