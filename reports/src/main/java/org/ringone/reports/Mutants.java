package org.ringone.reports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What PIT made of the tests of the validating classes: the mutants, and the reasons that are written down for those that
 * survive.
 *
 * @param mutants all of them
 * @param reasons why a mutant survives, by what it is
 */
public record Mutants(List<Mutant> mutants, Map<Change, Reason> reasons) {

    private static final Pattern LINE = Pattern.compile("(\\w+)\\.([\\w<>$]+) (\\w+) (\\d+): (\\S.*)");

    public Mutants {
        mutants = List.copyOf(mutants);
    }

    /** What a mutant changes, without the line, which moves. */
    public record Change(String type, String method, String mutator) implements Comparable<Change> {

        @Override
        public int compareTo(Change other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return type + "." + method + " " + mutator;
        }
    }

    /**
     * One mutant.
     *
     * @param killed whether a test noticed it
     * @param covered whether a test ran it at all
     */
    public record Mutant(Change change, int line, String description, boolean killed, boolean covered) {}

    /**
     * Why so many mutants of that kind survive.
     *
     * @param count how many it speaks of
     */
    public record Reason(int count, String why) {}

    /**
     * Reads PIT's XML report and the list of reasons.
     *
     * @param explained one line a kind, as in {@code Class.method Mutator 1: why}; empty lines and those with # are passed over
     */
    static Mutants read(Path xml, Path explained) throws ReportException {
        try (InputStream in = Files.newInputStream(xml)) {
            return new Mutants(mutants(in), reasons(explained));
        } catch (IOException | XMLStreamException e) {
            throw new ReportException("PIT's report " + xml + " could not be read: " + e.getMessage(), e);
        }
    }

    private static List<Mutant> mutants(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        List<Mutant> mutants = new ArrayList<>();
        Map<String, String> fields = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    text.setLength(0);
                    if (xml.getLocalName().equals("mutation")) {
                        fields.clear();
                        fields.put("detected", xml.getAttributeValue(null, "detected"));
                        fields.put("status", xml.getAttributeValue(null, "status"));
                    }
                }
                case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (xml.getLocalName().equals("mutation")) {
                        mutants.add(mutant(fields));
                    } else {
                        fields.put(xml.getLocalName(), text.toString());
                    }
                }
                default -> {}
            }
        }
        return mutants;
    }

    private static Mutant mutant(Map<String, String> fields) {
        String type = fields.getOrDefault("mutatedClass", "");
        String mutator = fields.getOrDefault("mutator", "");
        return new Mutant(
                new Change(
                        type.substring(type.lastIndexOf('.') + 1),
                        fields.getOrDefault("mutatedMethod", ""),
                        mutator.substring(mutator.lastIndexOf('.') + 1).replace("Mutator", "")),
                Integer.parseInt(fields.getOrDefault("lineNumber", "0")),
                fields.getOrDefault("description", ""),
                "true".equals(fields.get("detected")),
                !"NO_COVERAGE".equals(fields.get("status")));
    }

    private static Map<Change, Reason> reasons(Path file) throws IOException, ReportException {
        Map<Change, Reason> reasons = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new ReportException(file + ":" + number
                        + ": a reason looks like 'Class.method Mutator 1: why', not '" + line + "'");
            }
            Change change = new Change(matcher.group(1), matcher.group(2), matcher.group(3));
            if (reasons.put(change, new Reason(Integer.parseInt(matcher.group(4)), matcher.group(5))) != null) {
                throw new ReportException(file + ":" + number + ": " + change + " is there twice");
            }
        }
        return reasons;
    }

    long killed() {
        return mutants.stream().filter(Mutant::killed).count();
    }

    /** The mutants that no test noticed, by what they change. */
    Map<Change, List<Mutant>> survivors() {
        Map<Change, List<Mutant>> survivors = new TreeMap<>();
        mutants.stream()
                .filter(mutant -> !mutant.killed())
                .forEach(mutant -> survivors
                        .computeIfAbsent(mutant.change(), c -> new ArrayList<>())
                        .add(mutant));
        return survivors;
    }

    /** Survivors that nothing explains, and reasons that speak of more survivors than there are. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<Change, List<Mutant>> survivors = survivors();
        survivors.forEach((change, alive) -> {
            int explained = reasons.containsKey(change) ? reasons.get(change).count() : 0;
            if (alive.size() > explained) {
                problems.add(change + ": " + alive.size() + " survive, " + explained + " are explained (lines "
                        + alive.stream()
                                .map(mutant -> String.valueOf(mutant.line()))
                                .toList() + ")");
            }
        });
        reasons.forEach((change, reason) -> {
            int alive = survivors.getOrDefault(change, List.of()).size();
            if (alive < reason.count()) {
                problems.add(change + ": " + reason.count() + " are explained, and only " + alive + " survive");
            }
        });
        return problems;
    }
}
