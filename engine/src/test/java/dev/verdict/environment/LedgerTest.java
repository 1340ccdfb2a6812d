package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final List<LedgerEntry> ENTRIES = List.of(
            new LedgerEntry.RunOwned(
                    new Owner(new ProcessId(4711, 99), "here", "boot", "pid:[1]"),
                    new Mark("run", "0123"),
                    Instant.parse("2026-11-20T20:00:00Z")),
            new LedgerEntry.PortsAssigned(Map.of("stock.http", 20_000)),
            new LedgerEntry.WritesDeclared("stock", new WrittenPath("/tmp/ü", true, List.of("a", "b/c"))),
            new LedgerEntry.ServiceAnnounced("stock", List.of("sleep", "1")),
            new LedgerEntry.ServiceProcess("stock", new ProcessId(4712, 100)));

    @TempDir
    Path directory;

    @Test
    void what_was_written_is_read_and_it_ends_with_its_release() throws Exception {
        Path file = directory.resolve("ledger.ndjson");
        try (Ledger ledger = Ledger.open(file)) {
            ENTRIES.forEach(ledger::append);
            assertThat(Ledger.read(file).closed()).isFalse();
            ledger.append(new LedgerEntry.RunReleased(Instant.EPOCH));
        }

        Ledger.Content content = Ledger.read(file);
        assertThat(content.entries())
                .startsWith(ENTRIES.toArray(LedgerEntry[]::new))
                .hasSize(6);
        assertThat(content.closed()).isTrue();
        assertThat(content.unreadable()).isZero();
    }

    @Test
    void a_ledger_cut_at_any_byte_is_read_to_its_last_whole_line_and_can_be_continued() throws Exception {
        Path whole = directory.resolve("whole");
        try (Ledger ledger = Ledger.open(whole)) {
            ENTRIES.forEach(ledger::append);
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut");
        for (int length = 0; length <= bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            Files.write(cut, prefix);
            int lines = (int) new String(prefix, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();

            assertThat(Ledger.read(cut).entries()).isEqualTo(ENTRIES.subList(0, lines));
            if (length % 53 == 0) {
                try (Ledger ledger = Ledger.open(cut)) {
                    ledger.append(new LedgerEntry.RunRecovered(Instant.EPOCH));
                }
                assertThat(Ledger.read(cut).closed()).isTrue();
                assertThat(Ledger.read(cut).unreadable()).isZero();
            }
        }
    }

    @Test
    void a_damaged_line_in_the_middle_does_not_hide_the_others() throws Exception {
        Path file = directory.resolve("ledger.ndjson");
        try (Ledger ledger = Ledger.open(file)) {
            ledger.append(ENTRIES.get(0));
        }
        Files.writeString(file, "\0\0\0\0\n{\"type\":\"OfANewerVerdict\"}\n", StandardOpenOption.APPEND);
        try (Ledger ledger = Ledger.open(file)) {
            ledger.append(ENTRIES.get(4));
        }

        assertThat(Ledger.read(file).entries()).containsExactly(ENTRIES.get(0), ENTRIES.get(4));
        assertThat(Ledger.read(file).unreadable()).isEqualTo(2);
    }
}
