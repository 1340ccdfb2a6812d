package dev.verdict.scenario.steps;

import dev.verdict.scenario.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// Reads what services printed since the scenario began.
final class Logs {
    private final World world;
    private final Observer observer;
    private final Services services;

    /// Where the scenario's part of each service's log begins, once it is known.
    private final Map<String, Long> begins = new HashMap<>();

    Logs(World world, Observer observer, Services services) {
        this.world = world;
        this.observer = observer;
        this.services = services;
    }

    Source log(String service) {
        services.known(service);
        return new Look("log of " + service, () -> {
            try {
                String text = read(service, world.system().environment().log(service));
                observer.seen(
                        "log",
                        service,
                        text.lines().count() + " lines of " + service + " since the scenario began",
                        text.getBytes(StandardCharsets.UTF_8));
                return Content.of(text);
            } catch (IOException e) {
                throw new NoAnswer("log of " + service + ": " + e.getMessage(), e);
            }
        });
    }

    private String read(String service, Path log) throws IOException, NoAnswer {
        if (!Files.exists(log)) {
            throw new NoAnswer("log of " + service + ": there is no " + log.getFileName());
        }
        Long known = begins.get(service);
        long from = known != null ? known : Math.max(0, Files.size(log) - Content.MAX_BYTES);
        byte[] bytes = from(log, from);
        int position = known == null && from > 0 ? lineEnd(bytes, 0) + 1 : 0;
        boolean found = known != null;
        boolean first = true;
        StringBuilder text = new StringBuilder();
        for (int end = lineEnd(bytes, position); end >= 0; end = lineEnd(bytes, position)) {
            String line = new String(bytes, position, end - position, StandardCharsets.UTF_8);
            if (!found && !earlier(line)) {
                found = true;
                requireAll(first && from > 0, log);
                begins.put(service, from + position);
            }
            if (found) {
                text.append(message(line)).append('\n');
            }
            first = false;
            position = end + 1;
        }
        return text.toString();
    }

    /// A look at half of what was printed must not pass for a look at all.
    private static void requireAll(boolean cut, Path log) throws NoAnswer {
        if (cut) {
            throw new NoAnswer(log.getFileName() + " has more than " + Content.MAX_BYTES + " bytes to look at");
        }
    }

    /// Compares by milliseconds, for so are the log's times.
    private boolean earlier(String line) {
        try {
            return Instant.parse(line.substring(0, Math.max(line.indexOf(' '), 0)))
                    .isBefore(world.started().truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeParseException e) {
            throw new IllegalStateException("a line of a service's log starts with its time: " + line, e);
        }
    }

    /// Cuts off `TIME out|err `.
    private static String message(String line) {
        String[] parts = line.split(" ", 3);
        return parts.length < 3 ? "" : parts[2];
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] from(Path log, long begin) throws IOException, NoAnswer {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long length = file.length() - begin;
            requireAll(length > 2 * Content.MAX_BYTES, log);
            file.seek(begin);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int n = file.read(buffer); n > 0 && bytes.size() < length; n = file.read(buffer)) {
                bytes.write(buffer, 0, n);
            }
            return bytes.toByteArray();
        }
    }
}
