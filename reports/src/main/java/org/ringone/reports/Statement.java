package org.ringone.reports;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conformance statement: what one run of the suite found of one hypervisor, as the suite wrote it down.
 *
 * @param suite the suite's version
 * @param hypervisor what was judged
 * @param selection the tag expression that selected the cases; empty when all were run
 * @param started when the run started: nothing else differs between two runs that saw the same
 * @param worst the worst verdict of the run
 * @param successful whether the run passed
 * @param totals how many cases have each verdict
 * @param problems what is wrong with the run as a whole
 * @param areas the chapters of the catalogue, in order
 * @param rules the whole catalogue, each rule with the worst verdict of its cases
 * @param cases every case that was run
 */
public record Statement(
        String suite,
        Judged hypervisor,
        String selection,
        String started,
        String worst,
        boolean successful,
        Map<String, Integer> totals,
        List<String> problems,
        List<Area> areas,
        List<Rule> rules,
        List<Case> cases) {

    /** The verdict of a rule that no case of the run judges. */
    public static final String NOT_COVERED = "not-covered";

    /** The words for verdicts, worst first. */
    public static final List<String> VERDICTS = List.of(
            "error",
            "hypervisor-failed",
            "violates",
            "unexpected-pass",
            "blocked",
            "known-deviation",
            "no-oracle",
            "conforms-by-alternative",
            "conforms",
            "not-applicable");

    public Statement {
        totals = Map.copyOf(totals);
        problems = List.copyOf(problems);
        areas = List.copyOf(areas);
        rules = List.copyOf(rules);
        cases = List.copyOf(cases);
    }

    /** The hypervisor that was judged and what it declared. */
    public record Judged(
            String name, String version, String era, String host, String privilege, List<String> features) {

        public Judged {
            features = List.copyOf(features);
        }

        /** What it claims to be, in words. */
        public String profile() {
            return "Xen " + era + ", " + host + " host, " + privilege;
        }
    }

    /** A chapter of the catalogue. */
    public record Area(String id, String title) {}

    /**
     * One rule of the catalogue and how it fared.
     *
     * @param who {@code H} where the hypervisor is bound, {@code G} where a guest is
     * @param uncovered why no case judges it; null when one does
     * @param verdict the worst of its cases that were run, or {@link #NOT_COVERED}
     * @param cases the ids of all its cases, run or not
     */
    public record Rule(
            String id,
            String area,
            String title,
            String text,
            String who,
            String source,
            String uncovered,
            String verdict,
            List<String> cases) {

        public Rule {
            cases = List.copyOf(cases);
        }
    }

    /**
     * One case that was run.
     *
     * @param feature the feature file and the line
     * @param rules the rules that it judges, its own first
     * @param alternative which documented alternative was seen, from 1; 0 when there are none
     * @param reason what was expected and seen, or why it was not judged; empty when it conforms
     * @param seen what was seen instead; empty when nothing went wrong
     * @param step the step at which it went wrong; empty when nothing did
     */
    public record Case(
            String id,
            String title,
            String feature,
            List<String> rules,
            String verdict,
            int alternative,
            String reason,
            String seen,
            String step) {

        public Case {
            rules = List.copyOf(rules);
        }
    }

    /** The verdict of a rule; {@link #NOT_COVERED} for one that the statement's catalogue lacks. */
    public String verdictOf(String rule) {
        return rules.stream()
                .filter(candidate -> candidate.id().equals(rule))
                .map(Rule::verdict)
                .findFirst()
                .orElse(NOT_COVERED);
    }

    /** The rules of one chapter, in order. */
    public List<Rule> rulesOf(Area area) {
        return rules.stream().filter(rule -> rule.area().equals(area.id())).toList();
    }

    /** What was found of a case; empty when it was not run. */
    public Optional<Case> caseOf(String id) {
        return cases.stream().filter(candidate -> candidate.id().equals(id)).findFirst();
    }

    /**
     * Reads what a run wrote.
     *
     * @throws ReportException when the file is absent or is no statement; the message says what is wrong with it
     */
    public static Statement read(Path file) throws ReportException {
        return StatementReader.read(file);
    }
}
