package dev.verdict.report;

import dev.verdict.judge.Outcome;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes test suites as Surefire's schema orders them, without characters that XML 1.0 forbids.
final class JUnitWriter {
    private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String SCHEMA =
            "https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report-3.0.xsd";

    /// Is a test suite.
    record Suite(String name, List<Case> cases) {
        Suite {
            cases = List.copyOf(cases);
        }

        long count(Outcome... outcomes) {
            List<Outcome> counted = List.of(outcomes);
            return cases.stream().filter(one -> counted.contains(one.outcome())).count();
        }

        double took() {
            return cases.stream().mapToDouble(Case::took).sum();
        }
    }

    /// Is a test case; `took` in milliseconds.
    record Case(String name, String className, double took, Outcome outcome, String message, String out) {}

    private final XMLStreamWriter xml;

    JUnitWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    void write(String name, double took, List<Suite> suites) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        attribute("name", name);
        attribute("time", seconds(took));
        attribute(
                "tests",
                suites.stream().mapToLong(suite -> suite.cases().size()).sum());
        attribute(
                "failures",
                suites.stream().mapToLong(suite -> suite.count(Outcome.FAILED)).sum());
        attribute("errors", suites.stream().mapToLong(JUnitWriter::errors).sum());
        attribute(
                "skipped",
                suites.stream().mapToLong(suite -> suite.count(Outcome.SKIPPED)).sum());
        for (Suite suite : suites) {
            write(suite);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private void write(Suite suite) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeNamespace("xsi", SCHEMA_INSTANCE);
        xml.writeAttribute("xsi", SCHEMA_INSTANCE, "noNamespaceSchemaLocation", SCHEMA);
        attribute("version", "3.0");
        attribute("name", suite.name());
        attribute("time", seconds(suite.took()));
        attribute("tests", suite.cases().size());
        attribute("errors", errors(suite));
        attribute("skipped", suite.count(Outcome.SKIPPED));
        attribute("failures", suite.count(Outcome.FAILED));
        for (Case one : suite.cases()) {
            write(one);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private void write(Case one) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        attribute("name", one.name());
        attribute("classname", one.className());
        attribute("time", seconds(one.took()));
        switch (one.outcome()) {
            case PASSED -> {}
            case FAILED -> problem("failure", one);
            case BLOCKED, INCONCLUSIVE -> problem("error", one);
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                attribute("message", one.message());
            }
        }
        if (!one.out().isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(valid(one.out()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void problem(String element, Case one) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("message", one.message());
        attribute("type", one.outcome().name().toLowerCase(Locale.ROOT));
        xml.writeCharacters(valid(one.message()));
        xml.writeEndElement();
    }

    private void attribute(String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, valid(value.toString()));
    }

    private static long errors(Suite suite) {
        return suite.count(Outcome.BLOCKED, Outcome.INCONCLUSIVE);
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000);
    }

    /// Returns the text without what is not a `Char` of XML 1.0: control characters, lone
    /// surrogates, U+FFFE and U+FFFF.
    static String valid(String text) {
        StringBuilder valid = new StringBuilder(text.length());
        text.codePoints().filter(JUnitWriter::isChar).forEach(valid::appendCodePoint);
        return valid.toString();
    }

    private static boolean isChar(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
