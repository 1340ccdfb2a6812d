package dev.verdict.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes a journal, as `kill -9` does, and reads what it left.
@Tag("slow")
@Timeout(120)
class KilledWriterTest {
    @TempDir
    Path root;

    /// Writes until it is killed, and says which fact is safe by now.
    static final class Writing {
        private Writing() {}

        public static void main(String[] arguments) {
            var writer = JournalWriter.open(new RunFolder(Path.of(arguments[0])), Redactor.NONE);
            for (int i = 0; ; i++) {
                for (int batched = 0; batched < i % 50; batched++) {
                    writer.emit(new Event.Observed("s", i, "http", "x".repeat(batched * 40), "", "", 0));
                }
                writer.emit(new Event.ServiceFailed("s", "" + i, "", OptionalInt.empty(), List.of()));
                System.out.println(i);
                System.out.flush();
            }
        }
    }

    @Test
    void facts_that_were_told_survive_and_no_line_but_the_last_is_torn() throws Exception {
        for (int round = 0; round < 8; round++) {
            Path run = root.resolve("run" + round);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writing.class.getName(),
                            run.toString())
                    .redirectErrorStream(true)
                    .start();
            String last = "";
            try (var out = process.inputReader()) {
                int lines = 40 + 37 * round;
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    last = line;
                    if (--lines == 0) {
                        // Process.destroyForcibly would also close the stream that is still read.
                        process.toHandle().destroyForcibly();
                    }
                }
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
            JournalFile file = JournalReader.read(new RunFolder(run).journal());
            assertThat(file.ended()).isFalse();
            assertThat(file.missing()).isZero();
            int safe = file.entries().stream()
                    .map(Entry::event)
                    .filter(Event.ServiceFailed.class::isInstance)
                    .map(Event.ServiceFailed.class::cast)
                    .mapToInt(failed -> Integer.parseInt(failed.reason()))
                    .max()
                    .orElse(-1);
            assertThat(safe).isGreaterThanOrEqualTo(Integer.parseInt(last));
            assertThat(Duration.ofNanos(file.entries().getLast().nanos())).isPositive();
        }
    }
}
