import dev.verdict.journal.Event;
import dev.verdict.journal.JournalReader;
import dev.verdict.journal.JournalWriter;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;

/// Writes and reads the same events with the journal and with Jackson's plain mapper, in turns.
public final class JournalBench {
    private static final String ID = "orders/features/orders.feature:12";
    private static final int WAITING = 2_000;

    /// What a plain writer would write: no redaction, no limits, no flush.
    record Line(long seq, Instant at, long nanos, Event event) {}

    private final int events;
    private final Path root;
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private long bytes;

    private JournalBench(int events, Path root) {
        this.events = events;
        this.root = root;
    }

    public static void main(String[] arguments) throws Exception {
        int events = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path root = Files.createTempDirectory("journal-bench");
        try {
            new JournalBench(20_000, root.resolve("warm")).round(0);
            new JournalBench(events, root.resolve("warmer")).round(0);
            var bench = new JournalBench(events, root);
            for (int round = 0; round < rounds; round++) {
                bench.round(round);
            }
            bench.print(rounds);
        } finally {
            delete(root);
        }
    }

    /// The facts of a passing step: the bulk of a journal; every one is batched.
    private static Event event(int i) {
        return switch (i % 4) {
            case 0 -> new Event.Observed(
                    ID, i % 10, "http", "orders.http", "GET /orders/" + i + " → 200",
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 420);
            case 1, 2 -> new Event.Checked(
                    ID, i % 10, "status of GET /orders/" + i, "200", "200", true, Optional.empty());
            default -> new Event.StepEnded(
                    ID, i % 10, "the response status is 200", 14, Event.Keyword.THEN, Event.StepStatus.PASSED,
                    Duration.ofNanos(1_234_567), "verdict", Optional.empty());
        };
    }

    private void round(int round) throws Exception {
        Path plain = root.resolve("plain" + round);
        Files.createDirectories(root);
        rate("written, plain Jackson and BufferedWriter", events, () -> plainWrite(plain));
        rate("written, journal, 1 thread", events, () -> write(round + "-1", 1, Redactor.NONE));
        rate("written, journal, 4 threads", events, () -> write(round + "-4", 4, Redactor.NONE));
        rate("written, journal, 1 thread, 5 secrets", events, () -> write(
                round + "-s", 1,
                Redactor.of(List.of("hunter2hunter2", "tok-12345", "pässwörd", "a/b+c=d", "x y z"))));
        rate("told and handed to the system one by one", WAITING, () -> writeWaiting(
                round + "-w", new Event.ServiceFailed("stock", "no", "", OptionalInt.empty(), List.of())));
        rate("told and forced to the disk one by one", WAITING / 20, () -> writeForced(round + "-f"));
        Path journal = folder(round + "-1").journal();
        bytes = Files.size(journal) / events;
        rate("read, plain Jackson and BufferedReader", events, () -> plainRead(plain));
        rate("read, journal", events, () -> read(journal));
        delete(root.resolve("plain" + round));
    }

    private interface Work {
        void run() throws Exception;
    }

    private void rate(String name, int count, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        double rate = count / ((System.nanoTime() - start) / 1e9);
        rates.computeIfAbsent(name, key -> new ArrayList<>()).add(rate);
    }

    private RunFolder folder(String name) {
        return new RunFolder(root.resolve(name));
    }

    private void plainWrite(Path file) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        long start = System.nanoTime();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < events; i++) {
                out.write(mapper.writeValueAsString(
                        new Line(i + 1L, Instant.now(), System.nanoTime() - start, event(i))));
                out.newLine();
            }
        }
    }

    private void write(String name, int threads, Redactor redactor) throws InterruptedException {
        try (var writer = JournalWriter.open(folder(name), redactor)) {
            List<Thread> emitters = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                emitters.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < events / threads; i++) {
                        writer.emit(event(i));
                    }
                }));
            }
            for (Thread emitter : emitters) {
                emitter.join();
            }
        }
    }

    private void writeWaiting(String name, Event event) {
        try (var writer = JournalWriter.open(folder(name), Redactor.NONE)) {
            for (int i = 0; i < WAITING; i++) {
                writer.emit(event);
            }
        }
    }

    private void writeForced(String name) {
        try (var writer = JournalWriter.open(folder(name), Redactor.NONE)) {
            for (int i = 0; i < WAITING / 20; i++) {
                writer.emit(new Event.RunInterrupted("bench"));
            }
        }
    }

    private void plainRead(Path file) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        int read = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                read += mapper.readTree(line).has("event") ? 1 : 0;
            }
        }
        require(read);
    }

    private void read(Path journal) {
        int read = 0;
        try (var reader = JournalReader.open(journal)) {
            while (reader.next().isPresent()) {
                read++;
            }
        }
        require(read);
    }

    private void require(int read) {
        if (read != events) {
            throw new IllegalStateException("read %d of %d events".formatted(read, events));
        }
    }

    private void print(int rounds) {
        System.out.printf("%d events, median of %d rounds, %d bytes an event in the journal%n", events, rounds, bytes);
        System.out.printf("%-46s %12s %10s %8s%n", "", "events/s", "µs each", "x plain");
        rates.forEach((name, samples) -> {
            String plain = name.startsWith("read") ? "read, plain" : "written, plain";
            double base = rates.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(plain))
                    .mapToDouble(entry -> median(entry.getValue()))
                    .findFirst()
                    .orElseThrow();
            double rate = median(samples);
            System.out.printf("%-46s %,12.0f %10.2f %8.2f%n", name, rate, 1e6 / rate, rate / base);
        });
    }

    private static double median(List<Double> samples) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static void delete(Path path) throws IOException {
        try (var paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
