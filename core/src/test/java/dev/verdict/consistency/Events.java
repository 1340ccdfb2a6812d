package dev.verdict.consistency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/// Writes histories in short, one event a text: `0 add 1` is a call of process 0, `0 ok`, `0 ok [1
/// 2]`, `0 fail` and `0 info` end it; `0 add@x 1` names a key. Values are numbers, words, nil,
/// lists as [1 2] and maps as {a 1 b 2}.
final class Events {
    private final History.Builder builder = new History.Builder();
    private final Map<Long, String> called = new HashMap<>();
    private long line;

    private Events() {}

    static History of(String... events) {
        Events all = new Events();
        for (String event : events) {
            all.add(event);
        }
        return all.builder.build();
    }

    private void add(String event) {
        String[] parts = event.split(" ", 3);
        long process = Long.parseLong(parts[0]);
        int value = parts.length < 3 ? Values.NIL : value(new ArrayDeque<>(tokens(parts[2])));
        line++;
        switch (parts[1]) {
            case "ok" -> complete(process, Completion.OK, value);
            case "fail" -> complete(process, Completion.FAIL, value);
            case "info" -> complete(process, Completion.INFO, value);
            default -> {
                String[] function = parts[1].split("@", -1);
                called.put(process, function[0]);
                int key = function.length == 1 ? Values.NIL : builder.values().text(function[1]);
                builder.call(line, process, function[0], key, value, line * 1_000_000);
            }
        }
    }

    private void complete(long process, Completion completion, int value) {
        builder.complete(
                line, process, completion, Objects.requireNonNull(called.get(process)), value, line * 1_000_000);
    }

    private static List<String> tokens(String text) {
        return Arrays.asList(text.replaceAll("([\\[\\]{}])", " $1 ").strip().split("\\s+", -1));
    }

    private int value(Deque<String> tokens) {
        String token = tokens.pop();
        return switch (token) {
            case "[" -> items(tokens, "]", builder.values()::list);
            case "{" -> items(tokens, "}", builder.values()::map);
            case "nil" -> Values.NIL;
            default ->
                token.matches("-?\\d+")
                        ? builder.values().integer(Long.parseLong(token))
                        : builder.values().text(token);
        };
    }

    private interface Group {
        int of(int... items);
    }

    private int items(Deque<String> tokens, String end, Group group) {
        List<Integer> items = new ArrayList<>();
        while (!tokens.getFirst().equals(end)) {
            items.add(value(tokens));
        }
        tokens.pop();
        return group.of(items.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Says an answer in short: valid, unknown, or the names of what is wrong.
    static String verdict(Checker checker, History history) {
        return switch (checker.check(history, Budget.unlimited())) {
            case Answer.Valid _ -> "valid";
            case Answer.Unknown _ -> "unknown";
            case Answer.Invalid invalid ->
                String.join(
                        " ",
                        invalid.anomalies().stream()
                                .map(Anomaly::name)
                                .distinct()
                                .sorted()
                                .toList());
        };
    }

    /// Returns the text of a list of numbers.
    static String list(int count, IntFunction<String> item) {
        List<String> items = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            items.add(item.apply(at));
        }
        return "[" + String.join(" ", items) + "]";
    }
}
