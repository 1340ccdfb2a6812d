package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Builds the page's services: their lives, their use of the machine, and what they wrote.
final class ServiceRows {
    private static final int MOST_SAMPLES = 400;
    private static final int MOST_LIVES = 100;

    private final Plan plan;
    private final Chronicle chronicle;
    private final RunFolder folder;
    private final List<LogExcerpt.Interval> interesting;

    ServiceRows(Plan plan, Chronicle chronicle, RunFolder folder, List<LogExcerpt.Interval> interesting) {
        this.plan = plan;
        this.chronicle = chronicle;
        this.folder = folder;
        this.interesting = List.copyOf(interesting);
    }

    List<Page.ServiceRow> rows() {
        Map<String, Facts> facts = chronicle.services();
        Set<String> names = new LinkedHashSet<>(plan.services().keySet());
        facts.entrySet().stream()
                .filter(entry ->
                        entry.getValue().first(Event.ServiceStarting.class).isPresent())
                .forEach(entry -> names.add(entry.getKey()));
        return names.stream()
                .map(name -> row(name, facts.getOrDefault(name, Facts.NONE)))
                .toList();
    }

    private Page.ServiceRow row(String name, Facts facts) {
        Service service = plan.services().get(name);
        return new Page.ServiceRow(
                name,
                service == null ? List.of() : service.needs(),
                facts.from(Event.ServiceStarting.class).stream()
                        .filter(life -> life.first(Event.ServiceStarting.class).isPresent())
                        .limit(MOST_LIVES)
                        .map(ServiceRows::life)
                        .toList(),
                samples(facts),
                facts.all(Event.TrafficCounted.class).stream()
                        .limit(MOST_LIVES)
                        .map(ScenarioRows::traffic)
                        .toList(),
                LogExcerpt.of(folder.log(name), "../logs/" + name + ".log", chronicle.startedAt(), interesting));
    }

    private static Page.Life life(Facts facts) {
        Optional<Event.ServiceStarting> starting = facts.first(Event.ServiceStarting.class);
        Optional<Event.ServiceStarted> started = facts.first(Event.ServiceStarted.class);
        Optional<Event.ServiceReady> ready = facts.first(Event.ServiceReady.class);
        Optional<Event.ServiceFailed> failed = facts.first(Event.ServiceFailed.class);
        Optional<Event.ServiceExited> exited = facts.first(Event.ServiceExited.class);
        return new Page.Life(
                starting.map(Event.ServiceStarting::command).orElse(List.of()),
                ports(starting, started),
                facts.when(Event.ServiceStarting.class),
                started.map(Event.ServiceStarted::pid),
                facts.when(Event.ServiceReady.class),
                ready.map(event -> Millis.of(event.took())),
                ready.map(Event.ServiceReady::probe).or(() -> failed.map(Event.ServiceFailed::probe)),
                facts.when(Event.ServiceFailed.class),
                failed.map(Event.ServiceFailed::reason),
                facts.when(Event.ServiceStopping.class),
                facts.first(Event.ServiceStopping.class).map(Event.ServiceStopping::reason),
                facts.when(Event.ServiceExited.class),
                exited.map(event -> OptionalInt.of(event.exitCode()))
                        .or(() -> failed.map(Event.ServiceFailed::exitCode))
                        .orElseGet(OptionalInt::empty),
                exited.map(Event.ServiceExited::expected),
                lastLines(failed, exited));
    }

    private static Map<String, Integer> ports(
            Optional<Event.ServiceStarting> starting, Optional<Event.ServiceStarted> started) {
        Map<String, Integer> ports =
                new TreeMap<>(starting.map(Event.ServiceStarting::ports).orElse(Map.of()));
        started.map(Event.ServiceStarted::ports).ifPresent(ports::putAll);
        return ports;
    }

    private static List<String> lastLines(Optional<Event.ServiceFailed> failed, Optional<Event.ServiceExited> exited) {
        List<String> lines = failed.map(Event.ServiceFailed::lastLines)
                .filter(found -> !found.isEmpty())
                .or(() -> exited.map(Event.ServiceExited::lastLines))
                .orElse(List.of());
        return lines.stream().map(line -> Shortened.to(1_000, line)).limit(100).toList();
    }

    /// Returns time, CPU in percent of one core, resident bytes, threads and open files.
    private static List<double[]> samples(Facts facts) {
        List<double[]> samples = new ArrayList<>();
        Entry before = null;
        for (Entry entry : facts.entriesOf(Event.ResourcesSampled.class)) {
            samples.add(sample(entry, Optional.ofNullable(before)));
            before = entry;
        }
        return thinned(samples);
    }

    private static double[] sample(Entry entry, Optional<Entry> before) {
        Event.ResourcesSampled now = (Event.ResourcesSampled) entry.event();
        double cpu = before.map(earlier -> cpu(earlier, entry, now)).orElse(0.0);
        return new double[] {Millis.of(entry.nanos()), cpu, now.rss(), now.threads(), now.openFiles()};
    }

    private static double cpu(Entry earlier, Entry entry, Event.ResourcesSampled now) {
        long used = now.cpu()
                .minus(((Event.ResourcesSampled) earlier.event()).cpu())
                .toNanos();
        long passed = entry.nanos() - earlier.nanos();
        // A restarted process begins at zero again.
        return used < 0 || passed <= 0 ? 0 : Math.round(1000.0 * used / passed) / 10.0;
    }

    /// Keeps the highest of neighbours where there are too many to draw.
    private static List<double[]> thinned(List<double[]> samples) {
        int step = Math.ceilDiv(Math.max(1, samples.size()), MOST_SAMPLES);
        List<double[]> thin = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += step) {
            double[] highest = samples.get(i).clone();
            for (double[] other : samples.subList(i, Math.min(samples.size(), i + step))) {
                for (int column = 1; column < highest.length; column++) {
                    highest[column] = Math.max(highest[column], other[column]);
                }
            }
            thin.add(highest);
        }
        return thin;
    }
}
