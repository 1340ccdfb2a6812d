package dev.verdict.consistency;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Makes small histories in which each client is told something likely or unlikely.
final class RandomHistory {
    private static final int CLIENTS = 4;
    private static final int MAX_OPERATIONS = 9;

    private RandomHistory() {}

    /// Makes a history of one key.
    ///
    /// @param values how many values there are; 0 for a new one at each write
    static History make(Datatype datatype, int values, long seed) {
        var random = new SplittableRandom(seed);
        var builder = new History.Builder();
        long[] processes = {0, 1, 2, 3};
        @Nullable String[] functions = new @Nullable String[CLIENTS];
        int[] arguments = new int[CLIENTS];
        long next = CLIENTS;
        int operations = 1 + random.nextInt(MAX_OPERATIONS);
        int written = 0;
        int called = 0;
        int busy = 0;
        String text = "";
        for (long line = 1; called < operations || busy > 0; line++) {
            int client = random.nextInt(CLIENTS);
            if (functions[client] == null) {
                if (called == operations) {
                    continue;
                }
                called++;
                busy++;
                int value = values == 0 ? written++ : random.nextInt(values);
                functions[client] = function(datatype, random);
                arguments[client] = switch (functions[client]) {
                    case "write", "put" ->
                        datatype == Datatype.KV ? builder.values().text("" + value) : value;
                    case "append" -> builder.values().text("" + value);
                    case "cas" -> builder.values().list(value, random.nextInt(Math.max(values, 1)));
                    default -> Values.NIL;
                };
                builder.call(line, processes[client], functions[client], Values.NIL, arguments[client], 0);
            } else {
                busy--;
                int chance = random.nextInt(10);
                Completion completion = chance == 0 ? Completion.FAIL : chance == 1 ? Completion.INFO : Completion.OK;
                int result = switch (functions[client]) {
                    case "read" ->
                        written + values == 0 || random.nextInt(6) == 0
                                ? Values.NIL
                                : random.nextInt(values == 0 ? written : values);
                    case "get" -> {
                        text = random.nextInt(3) == 0
                                ? text
                                : text.length() < 3 && random.nextBoolean()
                                        ? text + random.nextInt(Math.max(written + values, 1))
                                        : random.nextInt(4) == 0
                                                ? ""
                                                : "" + random.nextInt(Math.max(written + values, 1));
                        yield builder.values().text(text);
                    }
                    case "cas" -> random.nextInt(3) == 0 ? Values.FALSE : arguments[client];
                    default -> arguments[client];
                };
                builder.complete(line, processes[client], completion, functions[client], result, 0);
                if (completion == Completion.INFO) {
                    processes[client] = next++;
                }
                functions[client] = null;
            }
        }
        return builder.build();
    }

    private static String function(Datatype datatype, SplittableRandom random) {
        return switch (datatype) {
            case REGISTER -> random.nextBoolean() ? "read" : "write";
            case CAS_REGISTER -> random.nextInt(5) < 2 ? "read" : random.nextInt(3) == 0 ? "write" : "cas";
            case MUTEX -> random.nextInt(5) < 3 ? "acquire" : "release";
            case KV -> random.nextInt(5) < 2 ? "get" : random.nextInt(3) == 0 ? "put" : "append";
        };
    }
}
