package dev.verdict.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class JournalWriterTest {
    @TempDir
    Path root;

    @Test
    void every_kind_of_event_is_read_as_it_was_told() {
        var folder = new RunFolder(root.resolve("run"));
        try (var writer = JournalWriter.open(folder, Redactor.NONE)) {
            Samples.EVERY_KIND.forEach(writer::emit);
        }
        JournalFile file = JournalReader.read(folder.journal());
        assertThat(file.entries().stream().map(Entry::event)).containsExactlyElementsOf(Samples.EVERY_KIND);
        assertThat(file.entries().stream()
                        .map(entry -> entry.event().getClass())
                        .distinct())
                .as("a sample of every kind")
                .hasSize(Event.class.getPermittedSubclasses().length);
        assertThat(file.torn()).isEmpty();
        assertThat(file.missing()).isZero();
    }

    @Test
    void a_line_is_flat_json_with_its_place_first() throws Exception {
        var folder = new RunFolder(root);
        var clock = Clock.fixed(Instant.parse("2026-11-20T10:00:00.123Z"), ZoneOffset.UTC);
        try (var writer = JournalWriter.open(folder, Redactor.NONE, clock)) {
            writer.emit(new Event.ServiceReady("stock", "GET /health", Duration.ofMillis(5)));
        }
        assertThat(Files.readString(folder.journal()))
                .matches("\\{\"seq\":1,\"at\":\"2026-11-20T10:00:00.123Z\",\"nanos\":\\d+,\"type\":\"ServiceReady\","
                        + "\"service\":\"stock\",\"probe\":\"GET /health\",\"took\":5000000}\n");
    }

    @Test
    void lines_of_many_emitters_are_whole_and_in_each_ones_order() throws Exception {
        var folder = new RunFolder(root);
        int emitters = 8;
        int each = 3_000;
        try (var writer = JournalWriter.open(folder, Redactor.NONE)) {
            List<Thread> threads = new ArrayList<>();
            for (int emitter = 0; emitter < emitters; emitter++) {
                String name = "emitter " + emitter;
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < each; i++) {
                        writer.emit(new Event.Observed(name, i, "http", "x".repeat(i % 300), "", "", i));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        var next = new int[emitters];
        JournalFile file = JournalReader.read(folder.journal());
        assertThat(file.entries()).hasSize(emitters * each);
        assertThat(file.missing()).isZero();
        for (Entry entry : file.entries()) {
            var observed = (Event.Observed) entry.event();
            int emitter = Integer.parseInt(observed.scenario().substring("emitter ".length()));
            assertThat(observed.step()).isEqualTo(next[emitter]++);
        }
    }

    @Test
    void a_fact_that_must_survive_is_in_the_file_when_emit_returns() {
        var folder = new RunFolder(root);
        try (var writer = JournalWriter.open(folder, Redactor.NONE)) {
            for (Event event : Samples.EVERY_KIND) {
                writer.emit(event);
                if (Durability.of(event) != Durability.BATCHED) {
                    assertThat(JournalReader.read(folder.journal())
                                    .entries()
                                    .getLast()
                                    .event())
                            .isEqualTo(event);
                }
            }
        }
    }

    @Test
    void a_batched_event_follows_by_itself() throws Exception {
        var folder = new RunFolder(root);
        try (var writer = JournalWriter.open(folder, Redactor.NONE);
                var tail = JournalTail.open(folder.journal())) {
            writer.emit(Samples.SAMPLED);
            assertThat(tail.next(Duration.ofSeconds(10)).map(Entry::event)).contains(Samples.SAMPLED);
        }
    }

    @Test
    void an_interrupted_emitter_loses_neither_event_nor_interrupt() {
        var folder = new RunFolder(root);
        var writer = JournalWriter.open(folder, Redactor.NONE);
        Thread.currentThread().interrupt();
        writer.emit(new Event.RunInterrupted("ctrl-C"));
        writer.emit(Samples.SAMPLED);
        writer.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(JournalReader.read(folder.journal()).entries()).hasSize(2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_is_reported_by_every_emit_and_by_close() throws Exception {
        var full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        var writer = new JournalWriter(full, Redactor.NONE, Clock.systemUTC());
        assertThatThrownBy(() -> writer.emit(new Event.PhaseStarted("one")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot be written")
                .hasRootCauseMessage("No space left on device");
        assertThatThrownBy(() -> writer.emit(Samples.SAMPLED)).isInstanceOf(JournalException.class);
        assertThatThrownBy(writer::close).isInstanceOf(JournalException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_behind_batched_events_is_reported_by_close() throws Exception {
        var full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        var writer = new JournalWriter(full, Redactor.NONE, Clock.systemUTC());
        writer.emit(Samples.SAMPLED);
        assertThatThrownBy(writer::close).isInstanceOf(JournalException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void emitters_that_wait_for_space_learn_that_the_disk_is_full() throws Exception {
        var full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        var writer = new JournalWriter(full, Redactor.NONE, Clock.systemUTC());
        var large = new Event.Observed("s", 0, "http", "x".repeat(900_000), "", "", 0);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        writer.emit(large);
                    }
                })
                .isInstanceOf(JournalException.class);
    }

    @Test
    void a_closed_journal_takes_nothing() {
        var writer = JournalWriter.open(new RunFolder(root), Redactor.NONE);
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.emit(Samples.SAMPLED)).hasMessageContaining("closed");
    }

    @Test
    void a_journal_is_never_written_over() {
        JournalWriter.open(new RunFolder(root), Redactor.NONE).close();
        assertThatThrownBy(() -> JournalWriter.open(new RunFolder(root), Redactor.NONE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal.ndjson");
    }

    @Test
    void too_long_texts_are_shortened_and_say_so() throws Exception {
        var folder = new RunFolder(root);
        var lines = new ArrayList<String>();
        for (int i = 0; i < 200_000; i++) {
            lines.add("line " + i);
        }
        try (var writer = JournalWriter.open(folder, Redactor.NONE)) {
            writer.emit(new Event.HarnessFailed("journal", "\u0001😀".repeat(2 << 20)));
            writer.emit(new Event.ServiceFailed("stock", "no", "", OptionalInt.empty(), lines));
        }
        for (String line : Files.readAllLines(folder.journal())) {
            assertThat(line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .isLessThan(1 << 20);
        }
        List<Entry> entries = JournalReader.read(folder.journal()).entries();
        assertThat(((Event.HarnessFailed) entries.get(0).event()).message())
                .endsWith("…(shortened from 6291456 characters)");
        assertThat(((Event.ServiceFailed) entries.get(1).event()).lastLines().getLast())
                .matches("…\\(\\d+ more\\)");
    }

    @Test
    void half_a_surrogate_pair_does_not_break_a_line() {
        var folder = new RunFolder(root);
        try (var writer = JournalWriter.open(folder, Redactor.NONE)) {
            writer.emit(new Event.HarnessFailed("a\ud83d", "b\ude00c😀"));
        }
        assertThat(JournalReader.read(folder.journal()).entries().getFirst().event())
                .isEqualTo(new Event.HarnessFailed("a\ufffd", "b\ufffdc😀"));
    }

    @Test
    void no_string_of_any_event_keeps_a_secret() throws Exception {
        String secret = "p\"4\\ss\nwörd/é";
        var folder = new RunFolder(root);
        try (var writer = JournalWriter.open(folder, Redactor.of(List.of(secret)))) {
            writer.emit(new Event.Checked(
                    "s", 0, "body", "{\"a\":\"" + escaped(secret) + "\"}", secret + secret, true, Optional.of(secret)));
            writer.emit(new Event.ServiceStarting("s", List.of("--token=" + secret), Map.of(secret, 1)));
            // The cut falls into the secret: it must have been replaced before.
            writer.emit(new Event.HarnessFailed("x", ("y".repeat(100) + secret).repeat(20_000)));
        }
        String text = Files.readString(folder.journal());
        assertThat(text).doesNotContain("4\\\\ss").doesNotContain("wörd").doesNotContain("w\\u00f6rd");
        assertThat(text)
                .contains("{\\\"a\\\":\\\"***\\\"}")
                .contains("\"--token=***\"")
                .contains("{\"***\":1}");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
