package dev.verdict.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.judge.Finding;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.Verdict;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JUnitXmlTest {
    @TempDir
    Path directory;

    @Test
    void suites_count_what_they_hold() throws Exception {
        Element root = sample();

        assertThat(all(root, "testsuite").stream().map(suite -> suite.getAttribute("name")))
                .containsExactly("verdict", "stock", "orders");
        Element orders = all(root, "testsuite").get(2);
        assertThat(orders.getAttribute("tests")).isEqualTo("19");
        assertThat(orders.getAttribute("failures")).isEqualTo("3");
        assertThat(orders.getAttribute("errors")).isEqualTo("4");
        assertThat(orders.getAttribute("skipped")).isEqualTo("1");
        assertThat(all(orders, "failure")).hasSize(3);
        assertThat(all(orders, "error")).hasSize(4);
        assertThat(root.getAttribute("tests"))
                .isEqualTo(String.valueOf(all(root, "testcase").size()));
    }

    @Test
    void blocked_and_inconclusive_are_errors_that_say_so() throws Exception {
        assertThat(all(sample(), "error").stream().map(error -> error.getAttribute("message")))
                .anyMatch(message -> message.startsWith("blocked: mail was not ready"))
                .anyMatch(message -> message.startsWith("inconclusive: hollow"));
    }

    @Test
    void what_concerns_the_run_fails_in_a_suite_of_its_own() throws Exception {
        Element run = all(sample(), "testsuite").getFirst();

        assertThat(all(run, "testcase").stream().map(one -> one.getAttribute("name")))
                .contains("exits: payments", "orphans: orders", "weak: orders/features/orders.feature:6")
                .noneMatch(name -> name.startsWith("hollow"));
    }

    @Test
    void a_skipped_scenario_says_by_whom() throws Exception {
        assertThat(all(sample(), "skipped").getFirst().getAttribute("message")).contains("--tags 'not @slow'");
    }

    @Test
    void evidence_is_told() throws Exception {
        assertThat(all(sample(), "system-out").stream().map(Element::getTextContent))
                .anyMatch(text -> text.contains("check failed: $.orders[*].id") && text.contains("feature:19"));
    }

    @Test
    void each_suite_is_valid_in_surefires_schema() throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Objects.requireNonNull(JUnitXmlTest.class.getResource("surefire-3.0.xsd")));
        for (Element suite : all(sample(), "testsuite")) {
            schema.newValidator().validate(new DOMSource(suite));
        }
    }

    @Test
    void the_schema_rejects_what_is_not_surefires() throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Objects.requireNonNull(JUnitXmlTest.class.getResource("surefire-3.0.xsd")));
        Element suite = parse("<testsuite name='a' tests='1' errors='0' skipped='0' failures='0'>"
                + "<testcase name='b' time='a second'/></testsuite>");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> schema.newValidator().validate(new DOMSource(suite))))
                .isInstanceOf(org.xml.sax.SAXException.class);
    }

    @Test
    void what_xml_forbids_is_left_out() throws Exception {
        String hostile = "]]> </failure> <!-- & \" ' \0 \u0007 \ud800 \ufffe \ud83d\ude00";
        List<ScenarioResult> results = List.of(new ScenarioResult(
                "id",
                "p",
                hostile,
                hostile,
                hostile,
                hostile,
                1,
                List.of(),
                Outcome.FAILED,
                hostile,
                java.time.Duration.ofHours(2),
                0,
                0));
        Verdict verdict = new Verdict(
                Outcome.FAILED,
                1,
                List.of(),
                List.of(new Finding("j", Outcome.FAILED, hostile, hostile, List.of())),
                results);
        List<Event> events = List.of(HtmlReportTest.step("id", 0, hostile));

        Element root =
                parse(JUnitXml.text(SampleRun.plan(), HtmlReportTest.entries(events.toArray(Event[]::new)), verdict));

        assertThat(all(root, "failure").getLast().getTextContent())
                .isEqualTo("]]> </failure> <!-- & \" '     \ud83d\ude00");
        assertThat(all(root, "testcase").getLast().getAttribute("time")).isEqualTo("7200.000");
    }

    @Test
    void targets_are_a_suite_of_their_own() throws Exception {
        List<TargetResult> targets = List.of(
                target("quick", TargetResult.State.MET, ""),
                target("small", TargetResult.State.MISSED, "5 MB, at most 1MB"),
                target("sure", TargetResult.State.UNMEASURED, "too few"),
                target("other", TargetResult.State.LEFT_OUT, "the selection left it out"));
        List<Finding> findings =
                List.of(new Finding("targets", Outcome.FAILED, "small", "target \"small\" missed", List.of()));
        Verdict verdict = new Verdict(Outcome.FAILED, 1, List.of(), findings, List.of(), targets);

        Element root = parse(JUnitXml.text(SampleRun.plan(), List.of(), verdict));

        assertThat(all(root, "testsuite"))
                .extracting(suite -> suite.getAttribute("name"))
                .containsExactly("targets");
        assertThat(all(root, "testcase")).hasSize(4);
        assertThat(all(root, "failure")).hasSize(1);
        assertThat(all(root, "failure").getFirst().getAttribute("message")).isEqualTo("5 MB, at most 1MB");
        assertThat(all(root, "error").getFirst().getAttribute("message")).isEqualTo("inconclusive: too few");
        assertThat(all(root, "skipped")).hasSize(1);
    }

    private static TargetResult target(String name, TargetResult.State state, String reason) {
        return new TargetResult(
                name, state, "stock.rss", "max 1MB", java.util.Optional.empty(), 3, "samples", reason, List.of());
    }

    @Test
    void nothing_is_green_when_the_verdict_is_not() throws Exception {
        Random random = new Random(11);
        Outcome[] outcomes = Outcome.values();
        for (int round = 0; round < 300; round++) {
            List<ScenarioResult> results = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                results.add(HtmlReportTest.result("s" + i, outcomes[random.nextInt(outcomes.length)]));
            }
            List<Finding> findings = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                findings.add(new Finding("j", outcomes[random.nextInt(outcomes.length)], "s" + i, "m", List.of()));
            }
            Outcome outcome = outcomes[1 + random.nextInt(outcomes.length - 1)];
            Verdict verdict = new Verdict(outcome, 1, List.of(), findings, results);

            Element root = parse(JUnitXml.text(SampleRun.plan(), List.of(), verdict));

            if (outcome != Outcome.PASSED) {
                assertThat(Integer.parseInt(root.getAttribute("failures"))
                                + Integer.parseInt(root.getAttribute("errors")))
                        .as("%s of %s and %s", outcome, results, findings)
                        .isPositive();
            }
        }
    }

    private Element sample() throws Exception {
        SampleRun.Sample sample = SampleRun.write(directory);
        Path file = JUnitXml.write(sample.plan(), sample.entries(), sample.verdict(), sample.folder());
        return parse(Files.readString(file));
    }

    private static Element parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static List<Element> all(Element root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
