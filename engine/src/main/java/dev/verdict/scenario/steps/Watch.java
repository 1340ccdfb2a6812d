package dev.verdict.scenario.steps;

import dev.verdict.scenario.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Holds a source to an expectation, for as long as the scenario says, and records the comparison.
final class Watch {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /// How long one last question may take when little of the time is left.
    private static final Duration SHORTEST_QUESTION = Duration.ofSeconds(1);

    private final Evidence evidence;
    private final Observer observer;

    Watch(Evidence evidence, Observer observer) {
        this.evidence = evidence;
        this.observer = observer;
    }

    /// Looks, compares, records; looks again while it may still come to hold, or must go on
    /// holding.
    ///
    /// @throws NoAnswer if the system cannot be read and the step does not wait
    void check(Patience patience, Source source, Expectation expectation) throws NoAnswer, InterruptedException {
        observer.fresh();
        switch (patience.mode()) {
            case NOW -> record(source, expectation, look(source, expectation), "");
            case WITHIN -> within(patience.time(), source, expectation);
            case FOR -> during(patience.time(), source, expectation);
        }
    }

    /// Returns what is there, the last of several, and waits for it if it may yet come; a check
    /// that fails is recorded if it is not there.
    Content find(Duration time, Source source) throws NoAnswer, InterruptedException {
        observer.fresh();
        Clock clock = new Clock(time);
        List<Content> contents = source.look();
        while (contents.stream().noneMatch(Content::present) && !clock.over()) {
            clock.pause();
            contents = source.look();
        }
        for (int i = contents.size() - 1; i >= 0; i--) {
            if (contents.get(i).present()) {
                source.chosen(i);
                return contents.get(i);
            }
        }
        String actual = contents.isEmpty() ? "nothing came" : contents.getLast().shown();
        evidence.check(source.label(), "exists", actual, false);
        throw new IllegalStateException("a check that fails throws");
    }

    private void within(Duration time, Source source, Expectation expectation) throws InterruptedException {
        Clock clock = new Clock(time);
        Look look = attempt(source, expectation, false, clock);
        while (!look.passed() && !clock.over()) {
            clock.pause();
            look = attempt(source, expectation, true, clock);
        }
        String tries = look.passed() ? "" : " (looked %d times in %s)".formatted(clock.looks, clock.passed());
        record(source, expectation, look, tries);
    }

    private void during(Duration time, Source source, Expectation expectation) throws InterruptedException {
        Clock clock = new Clock(time);
        Look look = attempt(source, expectation, false, clock);
        while (look.passed() && !clock.over()) {
            clock.pause();
            look = attempt(source, expectation, true, clock);
        }
        String tries = look.passed() ? "" : " (after %s, look %d)".formatted(clock.passed(), clock.looks);
        record(source, expectation, look, tries);
    }

    private Look attempt(Source source, Expectation expectation, boolean again, Clock clock)
            throws InterruptedException {
        clock.looks++;
        try {
            if (again) {
                source.refresh(clock.left());
            }
            return look(source, expectation);
        } catch (NoAnswer e) {
            return new Look(false, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private static Look look(Source source, Expectation expectation) throws NoAnswer, InterruptedException {
        List<Content> contents = source.look();
        for (int i = 0; i < contents.size(); i++) {
            if (expectation.holds().test(contents.get(i))) {
                return new Look(true, expectation.shown().apply(contents.get(i)), Optional.of(i));
            }
        }
        String shown = contents.isEmpty()
                ? "nothing came"
                : contents.stream().map(expectation.shown()).collect(Collectors.joining("\n"));
        return new Look(false, Content.shorten(shown), Optional.empty());
    }

    private void record(Source source, Expectation expectation, Look look, String tries) {
        look.index().ifPresent(source::chosen);
        String actual = look.shown() + tries;
        if (expectation.weakness().isPresent()) {
            evidence.weakCheck(
                    source.label(),
                    expectation.words(),
                    actual,
                    look.passed(),
                    expectation.weakness().get());
        } else {
            evidence.check(source.label(), expectation.words(), actual, look.passed());
        }
    }

    private record Look(boolean passed, String shown, Optional<Integer> index) {}

    /// Counts looks and time, with pauses that grow.
    private static final class Clock {
        private final long start = System.nanoTime();
        private final Duration time;
        private Duration pause = FIRST_PAUSE;
        private int looks;

        Clock(Duration time) {
            this.time = time;
        }

        boolean over() {
            return System.nanoTime() - start >= time.toNanos();
        }

        String passed() {
            return Durations.show(Duration.ofNanos(System.nanoTime() - start));
        }

        Duration left() {
            Duration left = time.minusNanos(System.nanoTime() - start);
            return left.compareTo(SHORTEST_QUESTION) > 0 ? left : SHORTEST_QUESTION;
        }

        void pause() throws InterruptedException {
            Duration left = time.minusNanos(System.nanoTime() - start);
            Thread.sleep(pause.compareTo(left) < 0 ? pause : left.isNegative() ? Duration.ZERO : left);
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }
}
