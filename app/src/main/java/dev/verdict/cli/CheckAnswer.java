package dev.verdict.cli;

import dev.verdict.consistency.Anomaly;
import dev.verdict.consistency.Answer;
import dev.verdict.consistency.Fact;
import dev.verdict.consistency.History;
import dev.verdict.consistency.Operation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Shows the answer of a check.
///
/// @param model the name of the model
/// @param took how long reading and checking took
record CheckAnswer(String model, History history, Answer answer, Duration took) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_OPERATIONS = 30;

    int exitCode() {
        return switch (answer) {
            case Answer.Valid _ -> Exit.PASS;
            case Answer.Invalid _ -> Exit.FAIL;
            case Answer.Unknown _ -> Exit.INCONCLUSIVE;
        };
    }

    void print(Terminal terminal) {
        switch (answer) {
            case Answer.Valid _ -> terminal.line(terminal.green("VALID") + "  " + summary());
            case Answer.Unknown unknown -> {
                terminal.line(terminal.yellow("UNKNOWN") + "  " + summary());
                terminal.line("  " + unknown.reason());
            }
            case Answer.Invalid invalid -> {
                terminal.line(terminal.red("INVALID") + "  " + summary());
                invalid.anomalies().forEach(anomaly -> print(terminal, anomaly));
            }
        }
    }

    private void print(Terminal terminal, Anomaly anomaly) {
        terminal.line("  " + terminal.bold(anomaly.name()) + ": " + anomaly.text());
        for (int operation : anomaly.operations()
                .subList(0, Math.min(MOST_OPERATIONS, anomaly.operations().size()))) {
            boolean culprit = anomaly.culprits().contains(operation);
            String line = "    %s #%d  %s".formatted(culprit ? "✗" : " ", operation, history.operation(operation));
            terminal.line(culprit ? terminal.red(line) : line);
        }
        if (anomaly.operations().size() > MOST_OPERATIONS) {
            terminal.line("      … and %d more".formatted(anomaly.operations().size() - MOST_OPERATIONS));
        }
    }

    private String summary() {
        String facts = answer.facts().stream()
                .map(fact -> fact.name() + " " + fact.value())
                .collect(Collectors.joining(", "));
        return "%s: %s (%s)".formatted(model, facts, Progress.seconds(took));
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(
                "answer",
                switch (answer) {
                    case Answer.Valid _ -> "valid";
                    case Answer.Invalid _ -> "invalid";
                    case Answer.Unknown _ -> "unknown";
                });
        all.put("model", model);
        all.put("operations", history.size());
        all.put("seconds", took.toNanos() / 1e9);
        all.put(
                "facts",
                answer.facts().stream()
                        .collect(Collectors.toMap(Fact::name, Fact::value, (one, _) -> one, LinkedHashMap::new)));
        switch (answer) {
            case Answer.Valid _ -> {}
            case Answer.Unknown unknown -> all.put("reason", unknown.reason());
            case Answer.Invalid invalid ->
                all.put(
                        "anomalies",
                        invalid.anomalies().stream().map(this::anomaly).toList());
        }
        return JSON.writeValueAsString(all);
    }

    private Map<String, Object> anomaly(Anomaly anomaly) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", anomaly.name());
        fields.put("text", anomaly.text());
        fields.put(
                "operations",
                anomaly.operations().stream()
                        .map(index -> operation(index, anomaly))
                        .toList());
        fields.put(
                "prefix",
                anomaly.prefix().stream()
                        .map(placed -> Map.of("operation", placed.operation(), "state", placed.state()))
                        .toList());
        return fields;
    }

    private Map<String, Object> operation(int index, Anomaly anomaly) {
        Operation operation = history.operation(index);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("index", index);
        fields.put("text", operation.toString());
        fields.put("process", operation.process());
        fields.put("called", operation.called());
        if (operation.returned() != History.NEVER) {
            fields.put("returned", operation.returned());
        }
        if (history.timed()) {
            fields.put("time", List.of(operation.callNanos(), operation.returnNanos()));
        }
        if (anomaly.culprits().contains(index)) {
            fields.put("culprit", true);
        }
        return fields;
    }
}
