package dev.verdict.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    private static final String HEAD = "{\"seq\":%d,\"at\":\"2026-11-20T10:00:00Z\",\"nanos\":5,";

    @TempDir
    Path root;

    private Path journal(String... lines) throws IOException {
        Path journal = root.resolve("journal.ndjson");
        Files.writeString(journal, String.join("", lines));
        return journal;
    }

    private static String line(int seq, String rest) {
        return HEAD.formatted(seq) + rest + "}\n";
    }

    @Test
    void a_journal_cut_at_any_byte_is_read_to_its_last_whole_line() throws Exception {
        var folder = new RunFolder(root.resolve("run"));
        try (var writer = JournalWriter.open(folder, Redactor.NONE)) {
            Samples.EVERY_KIND.forEach(writer::emit);
        }
        byte[] whole = Files.readAllBytes(folder.journal());
        Path cut = root.resolve("cut");
        for (int length = 0; length <= whole.length; length += 31) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(cut, part);
            int lines = 0;
            int lastEnd = 0;
            for (int i = 0; i < length; i++) {
                if (part[i] == '\n') {
                    lines++;
                    lastEnd = i + 1;
                }
            }
            JournalFile file = JournalReader.read(cut);
            assertThat(file.entries()).hasSize(lines);
            assertThat(file.torn().isPresent()).isEqualTo(lastEnd < length);
            assertThat(file.ended()).isEqualTo(lines == Samples.EVERY_KIND.size());
        }
    }

    @Test
    void the_torn_tail_is_returned() throws Exception {
        JournalFile file =
                JournalReader.read(journal(line(1, "\"type\":\"PhaseStarted\",\"phase\":\"a\""), "{\"seq\":2,\"at"));
        assertThat(file.torn()).contains("{\"seq\":2,\"at");
        assertThat(file.entries()).hasSize(1);
        assertThat(file.ended()).isFalse();
    }

    @Test
    void a_damaged_line_in_the_middle_is_an_error_with_its_number() throws Exception {
        String good = "\"type\":\"PhaseStarted\",\"phase\":\"a\"";
        for (String bad : List.of(
                "nonsense\n",
                "\n",
                "[]\n",
                "{}\n",
                line(2, "\"type\":\"PhaseStarted\"").substring(3),
                line(2, "\"type\":\"PhaseStarted\""),
                line(2, "\"type\":\"PhaseStarted\",\"phase\":null"),
                line(2, "\"type\":\"ScenarioSkipped\",\"id\":\"a\""),
                line(2, "\"type\":\"RunEnded\",\"took\":\"PT1S\""),
                line(1, good),
                HEAD.formatted(2).replace("2026-11", "2026-99") + good + "}\n",
                line(2, good).strip() + "x\n")) {
            Path journal = journal(line(1, good), bad, line(3, good));
            assertThat(catchThrowable(() -> JournalReader.read(journal)))
                    .as(bad)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("journal.ndjson:2: damaged line: ");
        }
    }

    @Test
    void missing_entries_are_counted() throws Exception {
        String phase = "\"type\":\"PhaseStarted\",\"phase\":\"a\"";
        assertThat(JournalReader.read(journal(line(2, phase), line(5, phase))).missing())
                .isEqualTo(3);
    }

    @Test
    void unknown_properties_are_left_out_and_unknown_events_are_kept() throws Exception {
        String unknown = line(2, "\"type\":\"ShardStarted\",\"rate\":{\"per\":[1,2]}");
        JournalFile file = JournalReader.read(
                journal(line(1, "\"type\":\"PhaseStarted\",\"phase\":\"a\",\"x\":{\"y\":[{}]}"), unknown));
        assertThat(file.entries().get(0).event()).isEqualTo(new Event.PhaseStarted("a"));
        assertThat(file.entries().get(1).event()).isEqualTo(new Event.UnknownEvent("ShardStarted", unknown.strip()));
    }

    @Test
    void an_absent_optional_is_empty() throws Exception {
        JournalFile file = JournalReader.read(journal(line(
                1,
                "\"type\":\"Checked\",\"scenario\":\"s\",\"step\":0,\"subject\":\"\",\"expected\":\"\",\"actual\":\"\","
                        + "\"passed\":true")));
        assertThat(file.entries().getFirst().event())
                .isEqualTo(new Event.Checked("s", 0, "", "", "", true, Optional.empty()));
    }

    @Test
    void a_journal_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> JournalReader.read(root.resolve("none")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("none");
    }

    @Test
    void a_tail_follows_from_before_the_journal_exists_to_the_end_of_the_run() throws Exception {
        var folder = new RunFolder(root.resolve("later"));
        try (var tail = JournalTail.open(folder.journal())) {
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            Thread run = Thread.ofVirtual().start(() -> {
                try (var writer = JournalWriter.open(folder, Redactor.NONE)) {
                    Samples.EVERY_KIND.forEach(writer::emit);
                }
            });
            for (Event expected : Samples.EVERY_KIND) {
                assertThat(tail.next(Duration.ofSeconds(10)).map(Entry::event)).contains(expected);
            }
            assertThat(tail.ended()).isTrue();
            assertThat(tail.next(Duration.ofDays(1))).isEmpty();
            run.join();
        }
    }

    @Test
    void a_tail_waits_for_the_rest_of_a_torn_line() throws Exception {
        String whole = line(1, "\"type\":\"PhaseStarted\",\"phase\":\"a\"");
        Path journal = journal(whole.substring(0, 30));
        try (var tail = JournalTail.open(journal)) {
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            Files.writeString(journal, whole.substring(30), java.nio.file.StandardOpenOption.APPEND);
            assertThat(tail.next(Duration.ofSeconds(10)).map(Entry::event)).contains(new Event.PhaseStarted("a"));
            assertThat(tail.ended()).isFalse();
        }
    }

    @Test
    void closing_a_tail_ends_the_wait() throws Exception {
        var tail = JournalTail.open(root.resolve("never"));
        Thread closer = Thread.ofVirtual().start(tail::close);
        assertThat(tail.next(Duration.ofDays(1))).isEmpty();
        closer.join();
    }
}
