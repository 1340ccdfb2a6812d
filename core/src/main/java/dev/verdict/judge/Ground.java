package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what a scenario's passing rests on. See docs/green.md for the rules and their reasons.
///
/// @param checks journaled checks that are not weak
/// @param grounded of these, the ones that rest on an observation
/// @param unseen `Then` steps of the user's own code that passed without a journaled check
/// @param groundedUnseen of these, the ones that rest on an observation
/// @param weak subjects and weaknesses of checks that would accept nearly anything
record Ground(int checks, int grounded, int unseen, int groundedUnseen, List<Event.Checked> weak) {
    static Ground of(ScenarioRecord scenario) {
        return new Walk(scenario).ground();
    }

    /// Returns why the scenario proves nothing; empty if it proves something.
    Optional<String> hollow() {
        if (grounded > 0 || groundedUnseen > 0) {
            return Optional.empty();
        }
        if (checks > 0 || unseen > 0) {
            return Optional.of("its checks rest on no observation: before them nothing was read from the system, and"
                    + " the gateway saw no answer");
        }
        if (!weak.isEmpty()) {
            Event.Checked first = weak.getFirst();
            return Optional.of("its checks would accept nearly anything: %s (%s)"
                    .formatted(first.subject(), first.weakness().orElse("")));
        }
        return Optional.of("no step checks anything");
    }

    /// Tells whether all that the scenario rests on are assertions that Verdict cannot see.
    boolean onlyUnseen() {
        return grounded == 0 && groundedUnseen > 0;
    }

    /// Goes through the entries in order: an observation counts for its own step and later ones.
    private static final class Walk {
        private final ScenarioRecord scenario;
        private final Map<Integer, Event.StepEnded> steps;
        private final Set<Integer> observing;
        private final boolean answered;

        Walk(ScenarioRecord scenario) {
            this.scenario = scenario;
            this.steps = scenario.all(Event.StepEnded.class).stream()
                    .collect(Collectors.toMap(step -> step.event().index(), RunRecord.Told::event, (a, b) -> b));
            this.observing = scenario.all(Event.Observed.class).stream()
                    .map(observed -> observed.event().step())
                    .collect(Collectors.toSet());
            this.answered = scenario.all(Event.TrafficCounted.class).stream()
                    .anyMatch(traffic -> traffic.event().received() > 0);
        }

        Ground ground() {
            int checks = 0;
            int grounded = 0;
            int unseen = 0;
            int groundedUnseen = 0;
            var weak = new ArrayList<Event.Checked>();
            Set<Integer> checking = new HashSet<>();
            boolean observed = false;
            for (Entry entry : scenario.entries()) {
                switch (entry.event()) {
                    case Event.Observed _ -> observed = true;
                    case Event.Checked check
                    when check.weakness().isPresent() -> {
                        weak.add(check);
                        checking.add(check.step());
                    }
                    case Event.Checked check -> {
                        checks++;
                        grounded += observed || rests(check.step()) ? 1 : 0;
                        checking.add(check.step());
                    }
                    case Event.StepEnded step
                    when asserts(step) && !checking.contains(step.index()) -> {
                        unseen++;
                        groundedUnseen += observed || rests(step.index()) ? 1 : 0;
                    }
                    default -> {}
                }
            }
            return new Ground(checks, grounded, unseen, groundedUnseen, List.copyOf(weak));
        }

        /// Traffic is counted when a link closes, so its place says nothing: it counts for every
        /// step of the user's own code. Built-in steps journal what they observe themselves.
        private boolean rests(int step) {
            Event.StepEnded ended = steps.get(step);
            return observing.contains(step) || (answered && ended != null && ownCode(ended));
        }

        private static boolean asserts(Event.StepEnded step) {
            return step.status() == Event.StepStatus.PASSED && step.keyword() == Event.Keyword.THEN && ownCode(step);
        }

        private static boolean ownCode(Event.StepEnded step) {
            return !step.definition().isEmpty() && !step.definition().equals("verdict");
        }
    }
}
