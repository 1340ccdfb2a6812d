package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Reads four million operations from a stream that is nowhere as a whole; ten million with
/// `-Dhistory.operations=10000000`.
@Tag("slow")
@Isolated
final class HistoryMemoryTest {
    private static final int OPERATIONS = Integer.getInteger("history.operations", 4_000_000);

    /// Writes the events of clients that write a new value each, line by line, as they are read.
    private static final class Lines extends InputStream {
        private static final int CLIENTS = 10;

        private byte[] chunk = new byte[0];
        private int at;
        private int operations;

        @Override
        public int read() {
            return fill() ? chunk[at++] : -1;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, chunk.length - at);
            System.arraycopy(chunk, at, to, from, count);
            at += count;
            return count;
        }

        private boolean fill() {
            if (at == chunk.length && operations < OPERATIONS) {
                var lines = new StringBuilder();
                for (String type : new String[] {"invoke", "ok"}) {
                    for (int client = 0; client < CLIENTS; client++) {
                        int value = operations + client;
                        lines.append("{\"process\":")
                                .append(client)
                                .append(",\"type\":\"")
                                .append(type);
                        lines.append("\",\"f\":\"write\",\"key\":").append(client);
                        lines.append(",\"value\":")
                                .append(value)
                                .append(",\"time\":")
                                .append(value)
                                .append("}\n");
                    }
                }
                operations += CLIENTS;
                chunk = lines.toString().getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return at < chunk.length;
        }
    }

    @Test
    void operations_take_40_bytes_each() throws IOException {
        // Only what goes with the history is its own: other tests of this JVM leave things behind.
        List<History> held = new ArrayList<>();
        held.add(HistoryFormat.NDJSON.read(new Lines(), false));
        assertThat(held.getFirst().size()).isEqualTo(OPERATIONS);
        assertThat(held.getFirst().operation(OPERATIONS - 1).argument()).isEqualTo(new Value.Int(OPERATIONS - 1));
        long with = used();
        held.clear();
        double each = (with - used()) / (double) OPERATIONS;
        assertThat(each).as("bytes an operation").isBetween(39.0, 40.5);
    }

    /// Collects until nothing more goes: what was referred to softly, or had to be cleaned up, goes
    /// with the second collection or later.
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int unchanged = 0; unchanged < 3; ) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            unchanged = now < least - (1 << 20) ? 0 : unchanged + 1;
            least = Math.min(least, now);
        }
        return least;
    }
}
