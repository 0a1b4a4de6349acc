package org.ringone.suite.verdict;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run in the form that build servers read: one test suite a rule, one test case a case. Violations and unexpected passes
 * are failures, what the hypervisor or the suite broke is an error, and what was not judged, or deviates as listed, is
 * skipped with the reason. What is wrong with the run as a whole is a failure of a test suite of its own.
 */
final class JUnitXml {

    private static final String WHOLE = "the run as a whole";

    private JUnitXml() {}

    static byte[] of(RunResult run) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            attribute(xml, "name", run.hypervisor() + " " + run.version() + ": " + run.profile());
            attribute(xml, "time", seconds(run.elapsed()));
            Map<String, List<ScenarioResult>> byRule = run.scenarios().stream()
                    .collect(Collectors.groupingBy(
                            scenario -> scenario.rules().get(0), LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<String, List<ScenarioResult>> rule : byRule.entrySet()) {
                suite(xml, run, rule.getKey(), rule.getValue());
            }
            if (!run.problems().isEmpty()) {
                problems(xml, run);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document in memory could not be written", e);
        }
        return bytes.toByteArray();
    }

    private static void suite(XMLStreamWriter xml, RunResult run, String rule, List<ScenarioResult> cases)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", rule);
        attribute(xml, "timestamp", run.started().toString());
        attribute(xml, "tests", String.valueOf(cases.size()));
        attribute(xml, "failures", count(cases, "failure"));
        attribute(xml, "errors", count(cases, "error"));
        attribute(xml, "skipped", count(cases, "skipped"));
        attribute(
                xml,
                "time",
                seconds(cases.stream().map(ScenarioResult::elapsed).reduce(Duration.ZERO, Duration::plus)));
        for (ScenarioResult one : cases) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("testcase");
            attribute(xml, "classname", run.hypervisor() + "." + rule);
            attribute(xml, "name", one.caseId() + " " + one.title());
            attribute(xml, "time", seconds(one.elapsed()));
            String element = element(one.verdict());
            if (!element.isEmpty()) {
                outcome(xml, element, one.verdict().label(), one.message());
            }
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void problems(XMLStreamWriter xml, RunResult run) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", WHOLE);
        attribute(xml, "tests", String.valueOf(run.problems().size()));
        attribute(xml, "failures", String.valueOf(run.problems().size()));
        attribute(xml, "errors", "0");
        attribute(xml, "skipped", "0");
        for (Problem problem : run.problems()) {
            xml.writeStartElement("testcase");
            attribute(xml, "classname", run.hypervisor());
            attribute(xml, "name", WHOLE + ": " + problem.kind().label());
            outcome(xml, "failure", problem.kind().label(), problem.text());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void outcome(XMLStreamWriter xml, String element, String label, String message)
            throws XMLStreamException {
        xml.writeStartElement(element);
        attribute(xml, "message", label + ": " + message.lines().findFirst().orElse(""));
        if (!element.equals("skipped")) {
            attribute(xml, "type", label);
        }
        xml.writeCharacters(printable(message));
        xml.writeEndElement();
    }

    private static String count(List<ScenarioResult> cases, String element) {
        return String.valueOf(
                cases.stream().filter(c -> element(c.verdict()).equals(element)).count());
    }

    /** The element that says how a case ended; empty when it conforms. */
    private static String element(Verdict verdict) {
        return switch (verdict) {
            case ERROR, HYPERVISOR_FAILED -> "error";
            case VIOLATES, UNEXPECTED_PASS -> "failure";
            case BLOCKED, KNOWN_DEVIATION, NO_ORACLE, NOT_APPLICABLE -> "skipped";
            case CONFORMS, CONFORMS_BY_ALTERNATIVE -> "";
        };
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, printable(value));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    /** The text without what XML 1.0 cannot hold: a message quotes whatever a guest's console said. */
    private static String printable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().map(c -> allowed(c) ? c : 0xFFFD).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c < 0xD800
                || c >= 0xE000 && c < 0xFFFE
                || c > 0xFFFF;
    }
}
