package dev.verdict.report;

import dev.verdict.journal.Event;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Tells the sample's scenarios: one of each kind that a reader of the report has to understand.
final class SampleScenarios {
    private static final byte[] PICTURE = Base64.getDecoder()
            .decode(
                    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAE0lEQVR4nGNgaP+PHTEMLYn2/wAyLFgB6n4HfwAAAABJRU5ErkJggg==");

    private final SampleRun run;
    private int step;

    SampleScenarios(SampleRun run) {
        this.run = run;
    }

    static void passed(
            SampleRun run,
            String suite,
            String phase,
            String feature,
            String name,
            int line,
            double start,
            double took) {
        SampleScenarios scenario = new SampleScenarios(run);
        String id = scenario.found(suite, feature, name, line, List.of("@smoke", "@" + suite));
        run.at(start, new Event.ScenarioStarted(id));
        scenario.given(id, start + 40, line + 1, "an article \"A-" + line + "\" with 12 pieces");
        scenario.request(id, start + took / 2, line + 2, "GET /articles/A-" + line, 200, "{\"left\":12}");
        scenario.check(id, start + took - 10, line + 3, "the answer's status is 200", "status", "200", "200");
        run.at(start + took - 5, new Event.TrafficCounted(id, suite + ".http", 1, 312, 1488, 2));
        run.at(start + took, new Event.ScenarioEnded(id, SampleRun.millis(took)));
        scenario.result(
                id, phase, suite, feature, name, line, List.of("@smoke", "@" + suite), Outcome.PASSED, "", took, 1, 1);
    }

    void tell() throws IOException {
        lostOrder(5600);
        stalePrice(6100);
        refund(9300);
        blocked(8040, "a confirmation is sent", 12);
        blocked(8041, "a failed payment is told to the customer", 25);
        hollow(10_600);
        undefined(11_200);
        skipped();
    }

    private void lostOrder(double start) throws IOException {
        String name = "an accepted order is in the list afterwards";
        String id = found("orders", "No order is lost", name, 14, List.of("@critical", "@orders"));
        run.at(start, new Event.ScenarioStarted(id));
        given(id, start + 30, 15, "the shop sells \"tea\" at 4.20 EUR");
        request(id, start + 180, 16, "POST /orders", 201, "{\"id\":\"o-1077\",\"state\":\"accepted\"}");
        check(id, start + 190, 17, "the answer's status is 201", "status of POST /orders", "201", "201");
        request(id, start + 420, 18, "GET /orders", 200, "{\"orders\":[{\"id\":\"o-1075\"},{\"id\":\"o-1076\"}]}");
        run.at(
                start + 425,
                new Event.Checked(
                        id,
                        step,
                        "$.orders[*].id of GET /orders",
                        "contains \"o-1077\"",
                        "[\"o-1075\", \"o-1076\"]",
                        false,
                        Optional.empty()));
        attach(id, start + 426, "screenshot.png", "image/png", PICTURE);
        attach(
                id,
                start + 427,
                "page <b>as sent</b>.html",
                "text/html",
                "<html><script>alert('it ran')</script></html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ended(
                id,
                start + 430,
                19,
                "the list \"$.orders[*].id\" contains \"o-1077\"",
                Event.Keyword.THEN,
                Event.StepStatus.FAILED,
                Optional.of("expected $.orders[*].id to contain \"o-1077\" but it was [\"o-1075\", \"o-1076\"]"));
        ended(
                id,
                start + 431,
                20,
                "the stock of \"tea\" is 11",
                Event.Keyword.THEN,
                Event.StepStatus.SKIPPED,
                Optional.empty());
        run.logs().out("orders", start + 170, "INFO  http-4 POST /orders from 127.0.0.1");
        run.logs().err("orders", start + 176, "WARN  http-4 write behind queue is full, order o-1077 dropped");
        run.logs().out("orders", start + 178, "INFO  http-4 201 o-1077");
        run.at(start + 440, new Event.TrafficCounted(id, "orders.http", 2, 640, 1211, 2));
        end(
                id,
                "orders",
                "No order is lost",
                name,
                14,
                List.of("@critical", "@orders"),
                Outcome.FAILED,
                "$.orders[*].id of GET /orders: expected to contain \"o-1077\", observed [\"o-1075\", \"o-1076\"]",
                start,
                450);
    }

    private void stalePrice(double start) {
        String name = "a changed price is seen at once";
        String id = found("orders", "Prices are current", name, 31, List.of("@orders"));
        run.at(start, new Event.ScenarioStarted(id));
        request(id, start + 90, 32, "PUT /articles/tea/price", 204, "");
        request(id, start + 200, 33, "GET /articles/tea", 200, "{\"price\":4.20}");
        run.at(
                start + 210,
                new Event.Checked(id, step, "$.price of GET /articles/tea", "4.75", "4.20", false, Optional.empty()));
        ended(
                id,
                start + 212,
                34,
                "the JSON \"$.price\" is 4.75",
                Event.Keyword.THEN,
                Event.StepStatus.FAILED,
                Optional.of("expected $.price to be 4.75 but it was 4.20"));
        end(
                id,
                "orders",
                "Prices are current",
                name,
                31,
                List.of("@orders"),
                Outcome.FAILED,
                "$.price of GET /articles/tea: expected 4.75, observed 4.20",
                start,
                230);
    }

    private void refund(double start) {
        String name = "a refund reaches the customer's account within two seconds";
        String id = found("orders", "Money moves once", name, 47, List.of("@payments", "@critical"));
        run.at(start, new Event.ScenarioStarted(id));
        request(id, start + 100, 48, "POST /refunds", 502, "Bad Gateway");
        run.at(
                start + 110,
                new Event.Checked(id, step, "status of POST /refunds", "202", "502", false, Optional.empty()));
        ended(
                id,
                start + 112,
                49,
                "the answer's status is 202",
                Event.Keyword.THEN,
                Event.StepStatus.FAILED,
                Optional.of("expected status 202 but it was 502\n    at shop.RefundSteps.refund(RefundSteps.java:31)"));
        end(
                id,
                "orders",
                "Money moves once",
                name,
                47,
                List.of("@payments", "@critical"),
                Outcome.FAILED,
                "status of POST /refunds: expected 202, observed 502",
                start,
                900);
    }

    private void blocked(double at, String name, int line) {
        String id = found("orders", "Customers are told", name, line, List.of("@mail"));
        run.at(at, new Event.ScenarioBlocked(id, "mail was not ready within 8 s: GET /health answered 503"));
        result(
                id,
                "integration",
                "orders",
                "Customers are told",
                name,
                line,
                List.of("@mail"),
                Outcome.BLOCKED,
                "mail was not ready within 8 s: GET /health answered 503",
                0,
                0,
                0);
    }

    private void hollow(double start) {
        String name = "the discount is applied";
        String id = found("orders", "Discounts", name, 8, List.of("@orders"));
        run.at(start, new Event.ScenarioStarted(id));
        given(id, start + 2, 9, "a customer with a discount of 10 %");
        ended(
                id,
                start + 3,
                10,
                "the discount is applied",
                Event.Keyword.THEN,
                Event.StepStatus.PASSED,
                Optional.empty());
        end(
                id,
                "orders",
                "Discounts",
                name,
                8,
                List.of("@orders"),
                Outcome.INCONCLUSIVE,
                "hollow: its steps passed, but it observed nothing of the system and checked nothing",
                start,
                4);
        run.finding(
                "hollow",
                Outcome.INCONCLUSIVE,
                id,
                "its steps passed, but it observed nothing of the system and checked nothing",
                start + 4);
    }

    private void undefined(double start) {
        String name = "a gift card pays for an order";
        String id = found("orders", "Gift cards", name, 5, List.of("@orders", "@new"));
        run.at(start, new Event.ScenarioStarted(id));
        ended(
                id,
                start + 1,
                6,
                "I redeem the gift card \"G-1\"",
                Event.Keyword.WHEN,
                Event.StepStatus.UNDEFINED,
                Optional.of(
                        "No step matches. Nearest: I send the request \"…\"\n\n@When(\"I redeem the gift card {string}\")\npublic void redeem(String card) {}"));
        end(
                id,
                "orders",
                "Gift cards",
                name,
                5,
                List.of("@orders", "@new"),
                Outcome.INCONCLUSIVE,
                "step \"I redeem the gift card \"G-1\"\" is undefined (gift.feature:6)",
                start,
                2);
        run.finding(
                "weak",
                Outcome.INCONCLUSIVE,
                "orders/features/orders.feature:6",
                "the check \"status is one of 200, 404, 502\" accepts success and failure alike",
                start + 2);
    }

    private void skipped() {
        String id = found("orders", "A day's load", "ten thousand orders", 3, List.of("@slow"));
        run.at(3611, new Event.ScenarioSkipped(id, "--tags 'not @slow'"));
        result(
                id,
                "integration",
                "orders",
                "A day's load",
                "ten thousand orders",
                3,
                List.of("@slow"),
                Outcome.SKIPPED,
                "left out by --tags 'not @slow'",
                0,
                0,
                0);
    }

    // Words to tell with

    private String found(String suite, String feature, String name, int line, List<String> tags) {
        String uri = uri(feature);
        String id = suite + "/" + uri + ":" + line;
        run.at(1895, new Event.ScenarioFound(id, suite, feature, name, uri, line, tags));
        return id;
    }

    private static String uri(String feature) {
        return "features/" + feature.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-") + ".feature";
    }

    private void given(String id, double at, int line, String text) {
        ended(id, at, line, text, Event.Keyword.GIVEN, Event.StepStatus.PASSED, Optional.empty());
    }

    private void request(String id, double at, int line, String request, int status, String body) {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String digest = SampleRun.digest(bytes);
        try {
            run.blob(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        run.at(
                at - 1,
                new Event.Observed(id, step, "http", "orders.http", request + " → " + status, digest, bytes.length));
        ended(id, at, line, "I send " + request, Event.Keyword.WHEN, Event.StepStatus.PASSED, Optional.empty());
    }

    private void check(String id, double at, int line, String text, String subject, String expected, String actual) {
        run.at(at - 1, new Event.Checked(id, step, subject, expected, actual, true, Optional.empty()));
        ended(id, at, line, text, Event.Keyword.THEN, Event.StepStatus.PASSED, Optional.empty());
    }

    private void attach(String id, double at, String name, String type, byte[] content) throws IOException {
        run.at(at, new Event.Attached(id, step, name, type, run.blob(content), content.length));
    }

    private void ended(
            String id,
            double at,
            int line,
            String text,
            Event.Keyword keyword,
            Event.StepStatus status,
            Optional<String> error) {
        run.at(
                at,
                new Event.StepEnded(
                        id,
                        step++,
                        text,
                        line,
                        keyword,
                        status,
                        SampleRun.millis(1 + line % 7 * 11.3),
                        "verdict",
                        error));
    }

    private void end(
            String id,
            String suite,
            String feature,
            String name,
            int line,
            List<String> tags,
            Outcome outcome,
            String reason,
            double start,
            double took) {
        run.at(start + took, new Event.ScenarioEnded(id, SampleRun.millis(took)));
        step = 0;
        result(
                id,
                "integration",
                suite,
                feature,
                name,
                line,
                tags,
                outcome,
                reason,
                took,
                outcome == Outcome.FAILED ? 2 : 0,
                outcome == Outcome.FAILED ? 2 : 0);
    }

    private void result(
            String id,
            String phase,
            String suite,
            String feature,
            String name,
            int line,
            List<String> tags,
            Outcome outcome,
            String reason,
            double took,
            int observations,
            int checks) {
        run.result(new ScenarioResult(
                id,
                phase,
                suite,
                feature,
                name,
                uri(feature),
                line,
                tags,
                outcome,
                reason,
                SampleRun.millis(took),
                observations,
                checks));
    }
}
