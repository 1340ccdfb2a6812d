package dev.verdict.consistency;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Tries all orders of a few operations that keep the order of time.
final class AllOrders {
    private AllOrders() {}

    /// Tells whether some order is legal.
    ///
    /// @param step returns the state after an operation; empty if it cannot happen
    static <S> boolean explain(List<Operation> operations, S state, BiFunction<S, Operation, Optional<S>> step) {
        List<Operation> happened = operations.stream()
                .filter(operation -> operation.completion() != Completion.FAIL)
                .toList();
        return explain(happened, 0, state, step);
    }

    private static <S> boolean explain(
            List<Operation> operations, int placed, S state, BiFunction<S, Operation, Optional<S>> step) {
        int earliest = History.NEVER;
        for (int at = 0; at < operations.size(); at++) {
            if ((placed & 1 << at) == 0) {
                earliest = Math.min(earliest, operations.get(at).returned());
            }
        }
        if (earliest == History.NEVER) {
            return true;
        }
        for (int at = 0; at < operations.size(); at++) {
            if ((placed & 1 << at) == 0 && operations.get(at).called() < earliest) {
                Optional<S> next = step.apply(state, operations.get(at));
                if (next.isPresent() && explain(operations, placed | 1 << at, next.get(), step)) {
                    return true;
                }
            }
        }
        return false;
    }
}
