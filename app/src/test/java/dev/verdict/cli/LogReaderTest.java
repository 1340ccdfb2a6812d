package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final String LINE = "2026-01-01T00:00:00.000Z out " + "ä".repeat(1000);

    @TempDir
    private Path folder;

    @Test
    void every_line_of_a_large_log_is_read() throws IOException {
        Path file = Files.writeString(folder.resolve("a.log"), (LINE + "\n").repeat(5000) + "2027 out last\n");
        LogReader log = new LogReader("a", file);
        for (int line = 0; line < 5000; line++) {
            assertThat(log.hasLine()).isTrue();
            assertThat(log.time()).isEqualTo("2026-01-01T00:00:00.000Z");
            assertThat(log.take()).isEqualTo(LINE);
        }
        assertThat(log.hasLine()).isTrue();
        assertThat(log.take()).isEqualTo("2027 out last");
        assertThat(log.hasLine()).isFalse();
    }

    @Test
    void a_line_counts_once_it_is_ended() throws IOException {
        Path file = Files.writeString(folder.resolve("a.log"), "half");
        LogReader log = new LogReader("a", file);
        assertThat(log.hasLine()).isFalse();
        Files.writeString(file, " and\rhalf\n\n", StandardOpenOption.APPEND);
        assertThat(log.hasLine()).isTrue();
        assertThat(log.take()).isEqualTo("half and\rhalf");
        assertThat(log.take()).isEmpty();
        assertThat(log.hasLine()).isFalse();
    }
}
