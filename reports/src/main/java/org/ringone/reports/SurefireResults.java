package org.ringone.reports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the build's tests came to, over all modules.
 *
 * @param tests tests that were run, the failed and skipped ones included
 * @param skipped tests that were left out
 * @param failures the tests that failed, by class and name
 */
record SurefireResults(int tests, int skipped, List<String> failures) {

    SurefireResults {
        failures = List.copyOf(failures);
    }

    /** Reads the XML reports of every module below the folder. */
    static SurefireResults of(Path root) throws ReportException {
        try (Stream<Path> modules = Files.list(root)) {
            SurefireResults sum = new SurefireResults(0, 0, List.of());
            for (Path module : modules.sorted().toList()) {
                Path reports = module.resolve("target/surefire-reports");
                if (Files.isDirectory(reports)) {
                    sum = sum.plus(module(reports));
                }
            }
            return sum;
        } catch (IOException | XMLStreamException e) {
            throw new ReportException("The test reports below " + root + " could not be read: " + e.getMessage(), e);
        }
    }

    private static SurefireResults module(Path reports) throws IOException, XMLStreamException {
        try (Stream<Path> files = Files.list(reports)) {
            SurefireResults sum = new SurefireResults(0, 0, List.of());
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("TEST-") && name.endsWith(".xml")) {
                    sum = sum.plus(file(file));
                }
            }
            return sum;
        }
    }

    private static SurefireResults file(Path file) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        int tests = 0;
        int skipped = 0;
        List<String> failures = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String test = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "testcase" -> {
                        tests++;
                        test = xml.getAttributeValue(null, "classname") + ": " + xml.getAttributeValue(null, "name");
                    }
                    case "failure", "error" -> failures.add(test);
                    case "skipped" -> skipped++;
                    default -> {}
                }
            }
        }
        return new SurefireResults(tests, skipped, failures);
    }

    private SurefireResults plus(SurefireResults other) {
        List<String> all = new ArrayList<>(failures);
        all.addAll(other.failures);
        return new SurefireResults(tests + other.tests, skipped + other.skipped, all);
    }
}
