package org.ringone.reports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the suite made of things that are known to be wrong, as it was written down: rule by defect.
 *
 * @param suite the suite's version
 * @param selection which cases they were held against: {@link #OWN_RULES}, a tag expression, or empty for all
 * @param excluded cases that prove nothing, because they do not conform without any defect either
 * @param defects what was tried
 */
public record MatrixRecord(String suite, String selection, List<String> excluded, List<Defect> defects) {

    /** The selection that holds each defect against the cases of its own rule alone. */
    public static final String OWN_RULES = "own rules";

    static final String FORMAT = "ringone-matrix";
    private static final int SCHEMA = 1;

    public MatrixRecord {
        excluded = List.copyOf(excluded);
        defects = List.copyOf(defects);
    }

    /**
     * One thing that is wrong on purpose.
     *
     * @param rule the rule that it breaks
     * @param who {@code H} for a faulty hypervisor, {@code G} for a wrong guest
     * @param wrong what it does wrong
     * @param judged how many cases were judged
     * @param blocked how many stood on something that was broken, too
     * @param errors how many ended in a fault of the suite itself
     * @param rules the rules whose cases caught it, each with the worst verdict
     * @param catching the cases that caught it, each with its verdict
     */
    public record Defect(
            String rule,
            String who,
            String wrong,
            int judged,
            int blocked,
            int errors,
            Map<String, String> rules,
            Map<String, String> catching) {

        /** Whether a case of the broken rule caught it. */
        public boolean caughtByItsOwn() {
            return rules.containsKey(rule);
        }

        /** The sentence that says what it is. */
        public String sentence() {
            return "a " + ("H".equals(who) ? "hypervisor" : "guest") + " that " + wrong;
        }
    }

    /** Whether every defect was held against the cases of all rules. */
    public boolean full() {
        return !selection.equals(OWN_RULES);
    }

    /** The defects that break that rule. */
    public List<Defect> of(String rule) {
        return defects.stream().filter(defect -> defect.rule().equals(rule)).toList();
    }

    /**
     * Reads what was written.
     *
     * @throws ReportException when the file is absent or is no matrix; the message says what is wrong with it
     */
    public static MatrixRecord read(Path file) throws ReportException {
        JsonDocument root = JsonDocument.read(file, "matrix of rules and faults", FORMAT, SCHEMA);
        Set<String> verdicts = new LinkedHashSet<>(Statement.VERDICTS);
        List<Defect> defects = new ArrayList<>();
        for (JsonDocument node : root.objects("defects")) {
            defects.add(new Defect(
                    node.text("rule"),
                    node.word("who", Set.of("H", "G")),
                    node.text("wrong"),
                    node.number("judged"),
                    node.number("blocked"),
                    node.number("errors"),
                    node.words("rules", verdicts),
                    node.words("catching", verdicts)));
        }
        return new MatrixRecord(root.text("suite"), root.text("selection"), root.texts("excluded"), defects);
    }
}
