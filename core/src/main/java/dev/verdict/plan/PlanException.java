package dev.verdict.plan;

import java.util.List;
import java.util.stream.Collectors;

/// Reports every mistake of a plan at once; nothing was started.
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public PlanException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// Returns the mistakes, in the order of their positions.
    public List<Problem> problems() {
        return problems;
    }
}
