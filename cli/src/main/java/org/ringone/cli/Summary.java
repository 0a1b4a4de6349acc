package org.ringone.cli;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ringone.suite.catalogue.Area;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/** The verdicts of a run by area, for a terminal. */
record Summary(Catalogue catalogue, RunResult result) {

    private static final int MOST_FAILURES = 25;

    void print(PrintWriter out) {
        out.println();
        out.println(result.hypervisor() + " " + result.version() + ": " + result.profile());
        out.println();
        out.printf("%-6s %9s %9s %9s %9s %9s  %s%n", "Area", "scenarios", "conform", "violate", "deviate", "other", "");
        for (Area area : catalogue.areas()) {
            List<ScenarioResult> own = result.scenarios().stream()
                    .filter(scenario -> scenario.caseId().startsWith(area.id() + "-"))
                    .toList();
            if (!own.isEmpty()) {
                row(out, area.id(), area.title(), own);
            }
        }
        row(out, "all", "", result.scenarios());
        failures(out);
        result.problems().forEach(problem -> out.println("\n" + problem.text()));
        out.println();
        out.println("Worst verdict: " + result.worst().label());
    }

    private static void row(PrintWriter out, String name, String title, List<ScenarioResult> own) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        own.forEach(scenario -> counts.merge(scenario.verdict(), 1, Integer::sum));
        int conform = of(counts, Verdict.CONFORMS) + of(counts, Verdict.CONFORMS_BY_ALTERNATIVE);
        int violate = of(counts, Verdict.VIOLATES);
        int deviate = of(counts, Verdict.KNOWN_DEVIATION);
        int other = own.size() - conform - violate - deviate;
        out.printf("%-6s %9d %9d %9d %9d %9d  %s%n", name, own.size(), conform, violate, deviate, other, title);
    }

    private static int of(Map<Verdict, Integer> counts, Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    private void failures(PrintWriter out) {
        List<ScenarioResult> failed = result.scenarios().stream()
                .filter(scenario -> scenario.verdict().failsTheRun() || scenario.verdict() == Verdict.BLOCKED)
                .toList();
        failed.stream().limit(MOST_FAILURES).forEach(scenario -> {
            out.println();
            out.println(scenario.verdictInWords() + ": " + scenario.caseId() + " " + scenario.title());
            scenario.message().lines().limit(6).forEach(line -> out.println("    " + line));
        });
        if (failed.size() > MOST_FAILURES) {
            out.println();
            out.println("and " + (failed.size() - MOST_FAILURES) + " more; the report has them all.");
        }
    }
}
