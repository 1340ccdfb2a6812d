package dev.verdict.consistency;

import dev.verdict.consistency.append.AppendReport;
import dev.verdict.consistency.append.Finding;
import dev.verdict.consistency.append.Isolation;
import dev.verdict.consistency.append.Phenomenon;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks transactions that append unique elements to lists and read lists against a consistency
/// model. An operation's value is a list of `["append" key element]` and `["r" key elements]`.
///
/// Exact for serializable and strict serializable histories; for weaker models an answer of valid
/// says that no phenomenon that the model forbids can be seen.
///
/// @param model what must hold
public record ListAppend(Isolation model) implements Checker {
    @Override
    public Answer check(History history, Budget budget) {
        AppendReport report = AppendReport.of(history, budget);
        List<Fact> facts = facts(history, report);
        List<Anomaly> anomalies = report.findings().stream()
                .filter(finding -> model.forbids(finding.phenomenon()))
                .map(ListAppend::anomaly)
                .toList();
        if (!anomalies.isEmpty()) {
            return new Answer.Invalid(anomalies, facts);
        }
        return report.undecided()
                .<Answer>map(reason -> new Answer.Unknown(reason, facts))
                .orElseGet(() -> new Answer.Valid(facts));
    }

    private static Anomaly anomaly(Finding finding) {
        return new Anomaly(finding.phenomenon().term(), finding.text(), finding.transactions(), finding.culprits());
    }

    private List<Fact> facts(History history, AppendReport report) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("transactions", history.size()));
        String allowed = String.join(
                ", ",
                report.phenomena().stream()
                        .filter(phenomenon -> !model.forbids(phenomenon))
                        .map(Phenomenon::term)
                        .toList());
        if (!allowed.isEmpty()) {
            facts.add(new Fact("allowed", allowed));
        }
        report.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> facts.add(new Fact(count.getKey().term(), count.getValue())));
        Set<Isolation> refuted = Isolation.refutedBy(report.phenomena());
        if (!refuted.isEmpty()) {
            facts.add(new Fact("refuted", terms(Isolation.weakest(refuted)) + " and all that is stronger"));
        }
        if (!refuted.isEmpty() && report.undecided().isEmpty()) {
            Set<Isolation> left = EnumSet.complementOf(EnumSet.copyOf(refuted));
            facts.add(new Fact("not-refuted", left.isEmpty() ? "none" : terms(Isolation.strongest(left))));
        }
        return facts;
    }

    private static String terms(Set<Isolation> models) {
        return String.join(", ", models.stream().map(Isolation::term).toList());
    }
}
