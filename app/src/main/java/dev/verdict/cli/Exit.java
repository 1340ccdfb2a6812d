package dev.verdict.cli;

import java.util.List;

/// Names the exit codes, and which of two is worse.
final class Exit {
    static final int PASS = 0;
    static final int FAIL = 1;
    static final int USAGE = 2;
    static final int ENVIRONMENT = 3;
    static final int INCONCLUSIVE = 4;
    static final int INTERRUPTED = 130;

    private static final List<Integer> BY_SEVERITY = List.of(PASS, INCONCLUSIVE, ENVIRONMENT, FAIL, USAGE, INTERRUPTED);

    private Exit() {}

    /// Returns the one that a command answers which met both.
    static int worse(int one, int other) {
        return BY_SEVERITY.indexOf(one) >= BY_SEVERITY.indexOf(other) ? one : other;
    }
}
