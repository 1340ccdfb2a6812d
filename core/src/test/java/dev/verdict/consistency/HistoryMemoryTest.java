package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Reads four million operations from a stream that is nowhere as a whole; ten million with
/// `-Dhistory.operations=10000000`.
@Tag("slow")
final class HistoryMemoryTest {
    private static final int OPERATIONS = Integer.getInteger("history.operations", 2_000_000);

    /// Writes the events of clients that write a new value each, line by line, as they are read.
    private static final class Lines extends InputStream {
        private static final int CLIENTS = 10;

        private byte[] chunk = new byte[0];
        private int at;
        private final int all;
        private int operations;

        Lines(int all) {
            this.all = all;
        }

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
            if (at == chunk.length && operations < all) {
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
                                .append(10_000L * value)
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

    /// Prints how many bytes an operation takes. In a JVM of its own nobody else's memory comes or
    /// goes meanwhile.
    static final class Measuring {
        public static void main(String[] args) throws IOException {
            int operations = Integer.parseInt(args[0]);
            long before = used();
            History history = HistoryFormat.NDJSON.read(new Lines(operations), false);
            double each = (used() - before) / (double) operations;
            boolean whole = history.size() == operations
                    && history.operation(operations - 1).argument().equals(new Value.Int(operations - 1));
            System.out.println(whole ? Double.toString(each) : "not whole: " + history.size());
        }

        private static long used() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    @Test
    void operations_take_40_bytes_each() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Measuring.class.getName(),
                        Integer.toString(OPERATIONS))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(Double.parseDouble(said)).as("bytes an operation").isBetween(30.0, 40.0);
    }
}
