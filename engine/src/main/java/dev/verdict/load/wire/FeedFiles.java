package dev.verdict.load.wire;

import dev.verdict.plan.PlanException;
import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads feeds from files: CSV with a line of names (RFC 4180), and JSON lines.
public final class FeedFiles {
    private static final int MOST_ROWS = 1_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    private FeedFiles() {}

    /// Reads a file; one that ends in `.jsonl` or `.ndjson` holds an object a line.
    ///
    /// @throws PlanException if it is malformed
    public static Feed.Rows read(Path file) throws IOException {
        String name = file.toString();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? jsonLines(reader, name) : csv(reader, name);
        }
    }

    private static Feed.Rows csv(BufferedReader reader, String file) throws IOException {
        CsvReader csv = new CsvReader(reader, file);
        List<String> names = csv.next().orElseThrow(() -> mistake(file, 1, "no line of names"));
        List<List<String>> rows = new ArrayList<>();
        for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
            requireSize(file, csv.line(), names.size(), row.get().size());
            add(rows, row.get(), file);
        }
        return rows(file, names, rows);
    }

    private static Feed.Rows jsonLines(BufferedReader reader, String file) throws IOException {
        List<String> names = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank()) {
                JsonNode object = object(line, file, number);
                if (names.isEmpty()) {
                    names.addAll(object.propertyNames());
                }
                add(rows, values(object, names, file, number), file);
            }
        }
        return rows(file, names, rows);
    }

    private static JsonNode object(String line, String file, int number) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw mistake(file, number, "no JSON: " + e.getOriginalMessage());
        }
        throw mistake(file, number, "not a JSON object");
    }

    private static List<String> values(JsonNode object, List<String> names, String file, int number) {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value == null) {
                throw mistake(file, number, "no '" + name + "', which the first has");
            }
            values.add(value.isString() ? value.stringValue() : value.toString());
        }
        return values;
    }

    private static void requireSize(String file, int line, int names, int values) {
        if (names != values) {
            throw mistake(file, line, "%d values, but there are %d names".formatted(values, names));
        }
    }

    private static void add(List<List<String>> rows, List<String> row, String file) {
        if (rows.size() == MOST_ROWS) {
            throw mistake(file, 1, "more than " + MOST_ROWS + " rows");
        }
        rows.add(List.copyOf(row));
    }

    private static Feed.Rows rows(String file, List<String> names, List<List<String>> rows) {
        if (rows.isEmpty()) {
            throw mistake(file, 1, "no rows");
        }
        return new Feed.Rows(names, rows);
    }

    static PlanException mistake(String file, int line, String what) {
        return new PlanException(List.of(new Problem(new Position(file, line, 1), what)));
    }
}
