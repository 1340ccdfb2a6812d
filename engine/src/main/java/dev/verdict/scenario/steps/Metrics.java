package dev.verdict.scenario.steps;

import dev.verdict.metrics.Sample;
import dev.verdict.scenario.World;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.DecimalNode;

/// Reads metrics of services in the Prometheus text format.
final class Metrics {
    private static final String USUAL_PATH = "/metrics";

    private final World world;
    private final Observer observer;
    private final Exchanges exchanges;

    Metrics(World world, Observer observer, Exchanges exchanges) {
        this.world = world;
        this.observer = observer;
        this.exchanges = exchanges;
    }

    /// Offers the sum of the samples that have the name and at least the labels.
    ///
    /// @param selector as `orders_total{state="paid"}`
    /// @param where as `orders`, `orders.admin` or `orders.admin/internal/metrics`
    Source metric(String selector, String where) {
        int slash = where.indexOf('/');
        String service = slash < 0 ? where : where.substring(0, slash);
        String path = slash < 0 ? USUAL_PATH : where.substring(slash);
        Request request = exchanges.request("GET", path, service, new byte[0], "");
        Sample wanted = Sample.selector(selector);
        return new Look("metric " + selector + " of " + service, () -> value(wanted, request));
    }

    private Content value(Sample wanted, Request request) throws NoAnswer, InterruptedException {
        var endpoint = request.address().endpoint(world);
        Response response = exchanges.answer(request, Duration.ofSeconds(10));
        String source = request.address() + " at " + endpoint;
        if (response.status() != 200) {
            observer.seen("metrics", source, response.summary(), response.body());
            throw new NoAnswer(response.summary() + " at " + request.address());
        }
        List<Sample> samples = Sample.parse(new String(response.body(), StandardCharsets.UTF_8));
        List<Sample> found = samples.stream().filter(wanted::selects).toList();
        Content value = found.isEmpty() ? absent(wanted, samples) : sum(found);
        observer.seen(
                "metrics", source, wanted + " → " + (found.isEmpty() ? "absent" : value.shown()), response.body());
        return value;
    }

    private static Content sum(List<Sample> samples) {
        boolean special = samples.stream().anyMatch(sample -> !Double.isFinite(sample.value()));
        if (special) {
            return Content.of(
                    Double.toString(samples.stream().mapToDouble(Sample::value).sum()));
        }
        BigDecimal sum = samples.stream()
                .map(sample -> BigDecimal.valueOf(sample.value()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Content.of(
                new DecimalNode(new BigDecimal(sum.stripTrailingZeros().toPlainString())));
    }

    private static Content absent(Sample wanted, List<Sample> samples) {
        List<String> same = samples.stream()
                .filter(sample -> sample.name().equals(wanted.name()))
                .map(Sample::toString)
                .limit(10)
                .toList();
        return new Content.Absent(
                same.isEmpty() ? "absent; no sample is named " + wanted.name() : "absent; there are " + same);
    }
}
