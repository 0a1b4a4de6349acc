package org.ringone.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ringone.cli.compare.Parting;
import org.ringone.reports.Comparison;
import org.ringone.reports.Comparison.CaseDifference;
import org.ringone.reports.Comparison.NotAsked;
import org.ringone.reports.Comparison.RuleDifference;
import org.ringone.reports.Statement;

/** A comparison on a screen: how much is the same, the rules that differ, and each case with the step in which the two part. */
final class ComparisonText {

    private static final int MOST_NUMBERS = 8;
    private static final int MOST_IDS = 40;
    private static final int MOST_SAID = 4;

    private final SideBySide page;
    private final Comparison comparison;
    private final Optional<Map<String, Parting>> partings;
    private final int limit;

    /**
     * @param partings where the guests parted, by case; empty when one of the two was a statement
     * @param limit how many cases are shown in full
     */
    ComparisonText(SideBySide page, Comparison comparison, Optional<Map<String, Parting>> partings, int limit) {
        this.page = page;
        this.comparison = comparison;
        this.partings = partings;
        this.limit = limit;
    }

    /** Prints it; {@code values} says whether also what is hidden behind equal verdicts is shown in full. */
    void print(boolean values) {
        statement("A", comparison.left());
        statement("B", comparison.right());
        page.text(0, "");
        summary();
        if (!comparison.same()) {
            rules();
            cases();
        }
        partings.ifPresent(known -> values(known, values));
        notAsked();
    }

    private void statement(String name, Statement statement) {
        Statement.Judged judged = statement.hypervisor();
        page.labelled(
                0,
                name,
                judged.name() + " " + judged.version() + ": " + judged.profile() + "; suite " + statement.suite() + ", "
                        + count(statement.cases().size(), "case")
                        + (statement.selection().isEmpty() ? "" : " selected by " + statement.selection())
                        + ", worst verdict " + words(statement.worst()));
    }

    private void summary() {
        if (comparison.asked() == 0) {
            page.text(0, "There is no case that both were asked: nothing can be said.");
            return;
        }
        int differing = comparison.cases().size();
        if (comparison.same()) {
            page.text(0, "Both found the same of every rule and of every case that both were asked.");
        }
        page.text(
                0,
                "Rules: " + comparison.rulesAlike() + " the same, "
                        + comparison.rules().size() + " differ"
                        + (comparison.rulesNotAsked() == 0
                                ? ""
                                : ", " + comparison.rulesNotAsked() + " not asked of both"));
        page.text(
                0,
                "Cases: " + (comparison.asked() - differing) + " the same, " + differing + " differ"
                        + (comparison.notAsked().isEmpty()
                                ? ""
                                : ", " + comparison.notAsked().size() + " asked of one only, which is no difference"));
    }

    private void rules() {
        page.text(0, "");
        page.text(
                0,
                count(comparison.rules().size(), "rule") + (comparison.rules().size() == 1 ? " differs" : " differ"));
        for (RuleDifference rule : comparison.rules()) {
            page.text(
                    2,
                    String.format(
                            "%-8s %-18s %-18s %3d of %-3d %s",
                            rule.id(),
                            words(rule.left()),
                            words(rule.right()),
                            rule.differing(),
                            rule.asked(),
                            rule.title()));
        }
    }

    private void cases() {
        page.text(0, "");
        List<CaseDifference> cases = comparison.cases();
        page.text(0, count(cases.size(), "case") + (cases.size() == 1 ? " differs" : " differ"));
        cases.stream().limit(limit).forEach(this::difference);
        if (cases.size() > limit) {
            page.text(
                    2,
                    "... and " + (cases.size() - limit) + " more (--limit 0 shows them, --json FILE has all): "
                            + ids(cases.stream()
                                    .skip(limit)
                                    .map(CaseDifference::id)
                                    .toList()));
        }
    }

    private void difference(CaseDifference one) {
        page.text(2, one.id() + "  " + one.title());
        Optional<Parting> parting = partings.map(known -> known.get(one.id()));
        parting.ifPresent(found -> parting(found));
        page.both(
                4,
                ending(one.left(), one.leftStep(), one.leftSeen()),
                ending(one.right(), one.rightStep(), one.rightSeen()));
    }

    private static String ending(String verdict, String step, String seen) {
        return words(verdict)
                + (step.isEmpty() ? "" : ", at the step \"" + step + "\"")
                + (seen.isEmpty() ? "" : "\n  " + seen.replace("\n", "\n  "));
    }

    private void parting(Parting found) {
        if (found.step().isEmpty()) {
            page.text(4, "before the first step:");
        } else {
            page.text(4, before(found.stepsBefore()) + "\"" + found.step() + "\":");
        }
        if (found.exchangesBefore() > 0) {
            page.text(
                    6,
                    "(" + found.exchangesBefore() + " before this " + (found.exchangesBefore() == 1 ? "was" : "were")
                            + " answered alike)");
        }
        if (found.askedLeft().equals(found.askedRight())) {
            if (!found.askedLeft().isEmpty()) {
                page.labelled(6, "", found.askedLeft().strip());
            }
        } else {
            page.both(6, found.askedLeft().strip(), found.askedRight().strip());
            page.text(6, "answered");
        }
        page.both(8, withSaid(found.left(), found.leftSaid()), withSaid(found.right(), found.rightSaid()));
        if (!found.numbers().isEmpty() && found.numbers().size() <= MOST_NUMBERS) {
            page.text(
                    8,
                    "differing: "
                            + found.numbers().stream()
                                    .map(number -> (number.what().isEmpty() ? "" : number.what() + " ") + number.left()
                                            + " | " + number.right())
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String withSaid(String answered, List<String> said) {
        return answered
                + said.stream()
                        .skip(Math.max(0, said.size() - MOST_SAID))
                        .map(line -> "\n(" + line + ")")
                        .collect(Collectors.joining());
    }

    private static String before(int steps) {
        return switch (steps) {
            case 0 -> "in the first step, ";
            case 1 -> "after one step that was the same, ";
            default -> "after " + steps + " steps that were the same, ";
        };
    }

    /** What is hidden behind equal verdicts. */
    private void values(Map<String, Parting> known, boolean inFull) {
        List<String> hidden = HiddenValues.of(comparison, partings);
        if (hidden.isEmpty()) {
            return;
        }
        page.text(0, "");
        page.text(
                0,
                count(hidden.size(), "case") + " came to the same verdict although the guests saw different values"
                        + " (addresses and frames that each has of its own left out)");
        if (!inFull) {
            page.text(2, ids(hidden));
            page.text(2, "--values shows what they saw");
            return;
        }
        hidden.stream().limit(limit).forEach(id -> {
            Statement.Case one = comparison.left().caseOf(id).orElseThrow();
            page.text(2, id + "  " + one.title() + ": " + words(one.verdict()));
            parting(known.get(id));
        });
        if (hidden.size() > limit) {
            page.text(
                    2,
                    "... and " + (hidden.size() - limit) + " more (--limit 0 shows them, --json FILE has all): "
                            + ids(hidden.subList(limit, hidden.size())));
        }
    }

    private void notAsked() {
        if (comparison.notAsked().isEmpty()) {
            return;
        }
        page.text(0, "");
        page.text(
                0,
                count(comparison.notAsked().size(), "case") + " asked of one only: its profile, its processor or the"
                        + " selection leaves them out on the other");
        for (String verdict : new TreeSet<>(List.of(Comparison.NOT_RUN, "not-applicable", "no-oracle"))) {
            list(
                    "A",
                    verdict,
                    comparison.notAsked().stream()
                            .filter(one -> one.left().equals(verdict))
                            .toList());
            list(
                    "B",
                    verdict,
                    comparison.notAsked().stream()
                            .filter(one -> one.right().equals(verdict))
                            .toList());
        }
    }

    private void list(String side, String verdict, List<NotAsked> some) {
        if (!some.isEmpty()) {
            page.text(
                    2,
                    words(verdict) + " on " + side + ": "
                            + ids(some.stream().map(NotAsked::id).toList()));
        }
    }

    /** So many ids, or how many there are by rule. */
    private static String ids(List<String> ids) {
        if (ids.size() <= MOST_IDS) {
            return String.join(", ", ids);
        }
        Map<String, Long> byRule = ids.stream()
                .collect(Collectors.groupingBy(
                        id -> id.substring(0, Math.max(0, id.lastIndexOf('.'))), TreeMap::new, Collectors.counting()));
        return byRule.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static String words(String verdict) {
        return verdict.replace('-', ' ');
    }
}
