package dev.verdict.consistency.append;

import dev.verdict.consistency.Budget;
import dev.verdict.consistency.History;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says what is wrong with a history of transactions over lists, and so which models it refutes.
///
/// @param findings an example of each phenomenon that was found, the gravest first
/// @param counts how often those that are no cycles were found
/// @param undecided why nothing, or not everything, could be decided; empty if all was
public record AppendReport(List<Finding> findings, Map<Phenomenon, Integer> counts, Optional<String> undecided) {
    public AppendReport {
        findings = List.copyOf(findings);
        counts = Map.copyOf(counts);
    }

    /// Examines a history whose operations are lists of `[append key element]` and `[r key
    /// elements]`. Elements must be unique among the appends to a list.
    public static AppendReport of(History history, Budget budget) {
        TransactionReader reader = new TransactionReader(history, budget);
        Optional<Transactions> read = reader.read();
        if (read.isEmpty()) {
            return unknown(budget.spent().orElseThrow());
        }
        if (reader.appendedTwice().isPresent()) {
            return unknown(reader.appendedTwice().get() + ", so that reads do not tell which append they saw");
        }
        return of(read.get(), budget);
    }

    private static AppendReport of(Transactions transactions, Budget budget) {
        Words words = new Words(transactions);
        Examples examples = new Examples();
        new StepChecks(transactions, words, examples).run(budget);
        new ListChecks(transactions, transactions.lists(), words, examples).run();
        Cycles cycles = new Cycles(transactions, words, budget);
        cycles.run();
        List<Finding> findings = new ArrayList<>(cycles.findings());
        findings.addAll(examples.findings());
        Optional<String> undecided = budget.spent()
                .or(() -> cycles.cut() ? Optional.of("the search for cycles was cut short") : Optional.empty())
                .or(() -> cycles.nothingDepends() && findings.isEmpty()
                        ? Optional.of("no acknowledged transaction saw, missed or followed an append of another")
                        : Optional.empty());
        return new AppendReport(findings, new EnumMap<>(examples.counts()), undecided);
    }

    private static AppendReport unknown(String reason) {
        return new AppendReport(List.of(), Map.of(), Optional.of(reason));
    }

    /// Returns the phenomena that were found.
    public Set<Phenomenon> phenomena() {
        Set<Phenomenon> phenomena = EnumSet.noneOf(Phenomenon.class);
        findings.forEach(finding -> phenomena.add(finding.phenomenon()));
        return phenomena;
    }
}
