package dev.verdict.consistency;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the lines of a Jepsen log that tell of operations, as Porcupine keeps them:
/// `INFO  jepsen.util - 4 :invoke :cas [1 3]`. Other lines are passed over.
///
/// In these logs a failed `cas` is the answer that the value was another one, not an operation that
/// did not happen; it is kept as answered by false.
final class LogHistory {
    private static final Pattern EVENT =
            Pattern.compile("INFO\\s+jepsen\\.util\\s+-\\s+(\\d+)\\s+:(invoke|ok|fail|info)\\s+:(\\S+)\\s+(.+)");

    private LogHistory() {}

    static History read(InputStream in) throws IOException {
        var builder = new History.Builder();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            Matcher event = EVENT.matcher(line.strip());
            if (event.matches()) {
                add(builder, number, event);
            } else if (line.contains("jepsen.util") && line.contains(":invoke")) {
                throw new HistoryException(number, "this tells of an operation, but cannot be read: " + line.strip());
            }
        }
        return builder.build();
    }

    private static void add(History.Builder builder, long number, Matcher matched) throws IOException {
        var event = new Event(number);
        String function = matched.group(3);
        int value = value(builder, number, matched.group(4));
        boolean unequal = matched.group(2).equals("fail") && function.equals("cas") && !isTimeOut(builder, value);
        event.process(process(number, matched.group(1)));
        event.type(unequal ? "ok" : matched.group(2));
        event.function(function);
        event.value(unequal ? Values.FALSE : value);
        event.addTo(builder);
    }

    private static boolean isTimeOut(History.Builder builder, int value) {
        return builder.values().value(value) instanceof Value.Text text
                && text.value().equals("timed-out");
    }

    private static int value(History.Builder builder, long number, String text) throws IOException {
        try {
            return new Edn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), builder.values()).value(0);
        } catch (HistoryException e) {
            throw new HistoryException(number, String.valueOf(e.getMessage()));
        }
    }

    private static long process(long number, String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new HistoryException(number, "'%s' is no process".formatted(digits));
        }
    }
}
