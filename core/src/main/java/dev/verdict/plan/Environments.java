package dev.verdict.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts one of a plan's environments in the place of its system.
final class Environments {
    private Environments() {}

    /// Returns the document with `system` replaced, and `environments` left out; as it was, if none
    /// is asked for.
    ///
    /// @param problems takes that there is no such environment
    static Node choose(Node root, Optional<String> name, List<Problem> problems) {
        if (name.isEmpty() || !(root instanceof Node.Mapping plan)) {
            return root;
        }
        Optional<Node.Entry> environments = PlanKeys.entry(root, PlanKeys.ENVIRONMENTS);
        List<Node.Entry> known = environments
                .map(entry -> entry.value() instanceof Node.Mapping all ? all.entries() : List.<Node.Entry>of())
                .orElse(List.of());
        Optional<Node.Entry> chosen = known.stream()
                .filter(entry -> entry.key().text().equals(name.get()))
                .findFirst();
        if (chosen.isEmpty()) {
            List<String> names = known.stream().map(entry -> entry.key().text()).toList();
            Position position =
                    environments.map(entry -> entry.key().position()).orElse(root.position());
            problems.add(new Problem(
                    position,
                    "--environment " + Wording.shorten(name.get()) + ": the plan has no such environment; it has "
                            + Wording.list(names) + Nearest.hint(name.get(), names)));
            return root;
        }
        return replaced(plan, chosen.get());
    }

    private static Node replaced(Node.Mapping plan, Node.Entry chosen) {
        Node.Scalar key = new Node.Scalar(
                PlanKeys.SYSTEM_KEY.name(),
                true,
                chosen.key().position(),
                chosen.key().origin());
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : plan.entries()) {
            String name = entry.key().text();
            if (!name.equals(PlanKeys.SYSTEM_KEY.name()) && !name.equals(PlanKeys.ENVIRONMENTS.name())) {
                entries.add(entry);
            }
        }
        entries.add(new Node.Entry(key, chosen.value()));
        return new Node.Mapping(entries, plan.position(), plan.origin());
    }
}
