package dev.verdict.target;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Event.ResourcesSampled;
import dev.verdict.judge.RunRecord;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Measures services by what the journal says of their lives and of their resources.
record Services(RunRecord run) {
    private static final String TEARDOWN = "teardown";

    /// Measures from the first start to the moment when the last service was ready first.
    Measurement systemReady() {
        OptionalLong started = run.byKind().getOrDefault(Event.ServiceStarting.class, List.of()).stream()
                .mapToLong(Entry::nanos)
                .min();
        long last = 0;
        for (String service : run.plan().services().keySet()) {
            Optional<Entry> ready = of(
                            Event.ServiceReady.class, told -> told.service().equals(service))
                    .stream()
                    .findFirst();
            if (ready.isEmpty()) {
                return new Measurement.Missing("service " + service + " was never ready");
            }
            last = Math.max(last, ready.get().nanos());
        }
        return started.isEmpty()
                ? new Measurement.Missing("no service was started")
                : new Measurement.Single(
                        (double) (last - started.getAsLong()), Unit.TIME, "the services' starts and probes");
    }

    Measurement ready(String service) {
        List<Double> took = of(Event.ServiceReady.class, told -> told.service().equals(service)).stream()
                .map(entry ->
                        (double) ((Event.ServiceReady) entry.event()).took().toNanos())
                .toList();
        return values(took, "service " + service + " was never ready", "each start of " + service);
    }

    Measurement shutdown(String service) {
        List<Double> took = new ArrayList<>();
        OptionalLong asked = OptionalLong.empty();
        for (Entry entry : run.entries()) {
            if (entry.event() instanceof Event.ServiceStopping stopping
                    && stopping.service().equals(service)) {
                asked = OptionalLong.of(entry.nanos());
            } else if (entry.event() instanceof Event.ServiceExited exited
                    && exited.service().equals(service)
                    && asked.isPresent()) {
                took.add((double) (entry.nanos() - asked.getAsLong()));
                asked = OptionalLong.empty();
            }
        }
        return asked.isPresent()
                ? new Measurement.Missing("nothing says that " + service + " ended when it was asked to")
                : values(took, service + " was never asked to end", "each end of " + service);
    }

    /// Measures from each end, but that of teardown, until it was ready again.
    Measurement recovery(String service) {
        List<Double> took = new ArrayList<>();
        OptionalLong away = OptionalLong.empty();
        String why = "";
        for (Entry entry : run.entries()) {
            if (entry.event() instanceof Event.ServiceStopping stopping
                    && stopping.service().equals(service)) {
                why = stopping.reason();
            } else if (entry.event() instanceof Event.ServiceExited exited
                    && exited.service().equals(service)
                    && !why.equals(TEARDOWN)
                    && away.isEmpty()) {
                away = OptionalLong.of(entry.nanos());
            } else if (entry.event() instanceof Event.ServiceReady ready
                    && ready.service().equals(service)
                    && away.isPresent()) {
                took.add((double) (entry.nanos() - away.getAsLong()));
                away = OptionalLong.empty();
            }
        }
        return away.isPresent()
                ? new Measurement.Missing(service + " ended and was not ready again")
                : values(took, service + " never ended before teardown", "each end of " + service);
    }

    /// Measures one number of each sample.
    Measurement samples(String service, Unit unit, ToDoubleFunction<ResourcesSampled> which) {
        List<Point> points = sampled(service).stream()
                .map(entry -> point(entry, which.applyAsDouble((ResourcesSampled) entry.event())))
                .toList();
        return points.isEmpty() ? none(service) : new Measurement.Series(points, unit, "samples of " + service);
    }

    /// Measures how much of a processor was used between samples; a restart begins anew.
    Measurement processor(String service) {
        List<Entry> samples = sampled(service);
        List<Point> points = new ArrayList<>();
        for (int index = 1; index < samples.size(); index++) {
            Entry before = samples.get(index - 1);
            Entry now = samples.get(index);
            double used = cpu(now) - cpu(before);
            long passed = now.nanos() - before.nanos();
            if (used >= 0 && passed > 0) {
                points.add(point(now, used / passed));
            }
        }
        return points.isEmpty() ? none(service) : new Measurement.Series(points, Unit.SHARE, "samples of " + service);
    }

    private static Measurement none(String service) {
        return new Measurement.Missing("there is no sample of " + service);
    }

    /// Adds up what all services used, at its price.
    Measurement cost(Prices prices) {
        double processorNanos = 0;
        double byteNanos = 0;
        for (String service : run.plan().services().keySet()) {
            List<Entry> samples = sampled(service);
            if (samples.isEmpty()) {
                return none(service);
            }
            processorNanos += Growth.of(
                    samples.stream().map(entry -> point(entry, cpu(entry))).toList(), true);
            for (int index = 1; index < samples.size(); index++) {
                Entry before = samples.get(index - 1);
                Entry now = samples.get(index);
                byteNanos += (rss(before) + rss(now)) / 2 * (now.nanos() - before.nanos());
            }
        }
        double hour = 3600e9;
        double cost = processorNanos / hour * prices.processor().number()
                + byteNanos / hour / (1L << 30) * prices.memory().number();
        return new Measurement.Single(cost, Unit.MONEY, "samples of all services");
    }

    private List<Entry> sampled(String service) {
        return of(ResourcesSampled.class, sample -> sample.service().equals(service));
    }

    private <E extends Event> List<Entry> of(Class<E> kind, Predicate<E> which) {
        return run.byKind().getOrDefault(kind, List.of()).stream()
                .filter(entry -> which.test(kind.cast(entry.event())))
                .toList();
    }

    private static double cpu(Entry sample) {
        return ((ResourcesSampled) sample.event()).cpu().toNanos();
    }

    private static double rss(Entry sample) {
        return ((ResourcesSampled) sample.event()).rss();
    }

    private static Point point(Entry entry, double value) {
        return new Point(entry.nanos() / 1e9, value);
    }

    private static Measurement values(List<Double> values, String none, String source) {
        return values.isEmpty()
                ? new Measurement.Missing(none)
                : new Measurement.Values(Sorted.of(values), Unit.TIME, source);
    }
}
