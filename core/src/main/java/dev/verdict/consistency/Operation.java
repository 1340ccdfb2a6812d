package dev.verdict.consistency;

import java.util.Set;

/// Is one operation of a client, to look at; checkers read the columns of [History] instead.
///
/// @param index its number in the history, by the order of calls, from 0
/// @param process who called; a process has one operation at a time
/// @param function what was called, as `read` or `write`
/// @param key what it was done to; nil where there is only one thing
/// @param argument the value of the call
/// @param result the value of the return; nil if there was none
/// @param completion how it ended
/// @param called the place of its call among all events of the history
/// @param returned the place of its return; [History#NEVER] unless it ended OK or FAIL
/// @param callNanos when it was called
/// @param returnNanos when it returned; for INFO when it was given up, if that is known
public record Operation(
        int index,
        long process,
        String function,
        Value key,
        Value argument,
        Value result,
        Completion completion,
        int called,
        int returned,
        long callNanos,
        long returnNanos) {
    private static final Set<String> LOOKS = Set.of("read", "get", "dequeue");

    @Override
    public String toString() {
        String where = key instanceof Value.Nil ? "" : " " + key;
        String what = argument instanceof Value.Nil ? "" : " " + argument;
        boolean sawNothing = completion == Completion.OK && LOOKS.contains(function) && result instanceof Value.Nil;
        String seen = result.toString();
        boolean saysNothing = result instanceof Value.Nil || what.equals(" " + seen);
        String answer = saysNothing && !sawNothing ? "" : " → " + seen;
        String end = switch (completion) {
            case OK -> "ok";
            case FAIL -> "failed";
            case INFO -> "unknown";
        };
        return process + ": " + function + where + what + answer + " " + end;
    }
}
