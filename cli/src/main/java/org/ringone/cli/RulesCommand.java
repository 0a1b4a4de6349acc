package org.ringone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ringone.suite.catalogue.Area;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;
import org.ringone.suite.catalogue.Who;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the catalogue, or one rule of it with its scenarios. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Shows the catalogue of rules, or everything about one rule or one area.")
final class RulesCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "A rule, for example PT-02, or an area, for example PT. All rules when left out.")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Catalogue catalogue = Catalogue.load();
        List<Case> cases = CaseIndex.load().cases();
        if (id == null) {
            catalogue.areas().forEach(area -> list(out, catalogue, area, cases));
            long covered = catalogue.rules().stream()
                    .filter(rule -> countOf(rule, cases) > 0)
                    .count();
            out.println(covered + " of " + catalogue.rules().size() + " rules have scenarios, " + cases.size()
                    + " in all. 'ringone rules ID' tells about one.");
            return ExitCode.OK;
        }
        String wanted = id.toUpperCase(Locale.ROOT);
        catalogue
                .area(wanted)
                .ifPresentOrElse(area -> list(out, catalogue, area, cases), () -> show(out, catalogue, wanted, cases));
        return ExitCode.OK;
    }

    private static void list(PrintWriter out, Catalogue catalogue, Area area, List<Case> cases) {
        out.println(area.id() + "  " + area.title());
        for (Rule rule : catalogue.rules(area)) {
            long count = countOf(rule, cases);
            out.printf("  %-8s %s  %4s  %s%n", rule.id(), rule.who(), count == 0 ? "-" : count, rule.title());
        }
        out.println();
    }

    private static void show(PrintWriter out, Catalogue catalogue, String wanted, List<Case> cases) {
        Rule rule = catalogue
                .rule(wanted)
                .orElseThrow(() ->
                        new UsageException("there is no rule or area '" + wanted + "'. " + near(catalogue, wanted)));
        out.println(rule.id() + "  " + rule.title());
        out.println();
        wrap(rule.text()).forEach(line -> out.println("  " + line));
        out.println();
        out.println("Binds:    " + (rule.who() == Who.H ? "the hypervisor" : "the guest kernel"));
        out.println("Source:   " + rule.source());
        List<String> compared = wrap(rule.compared());
        for (int i = 0; i < compared.size(); i++) {
            out.println((i == 0 ? "Compared: " : "          ") + compared.get(i));
        }
        List<Case> own =
                cases.stream().filter(one -> one.rules().contains(rule.id())).toList();
        if (own.isEmpty()) {
            out.println("Scenarios: none. " + rule.reasonForNoScenario().orElse("No reason is given."));
            return;
        }
        out.println("Scenarios:");
        for (Case one : own) {
            out.printf("  %-10s %s%n", one.id(), one.title());
        }
    }

    private static String near(Catalogue catalogue, String wanted) {
        String prefix = wanted.contains("-") ? wanted.substring(0, wanted.indexOf('-')) : wanted;
        List<String> sameArea = catalogue.rules().stream()
                .filter(rule -> rule.area().equals(prefix))
                .map(Rule::id)
                .toList();
        return sameArea.isEmpty()
                ? "The areas are " + catalogue.areas().stream().map(Area::id).collect(Collectors.joining(", ")) + "."
                : "Area " + prefix + " goes from " + sameArea.get(0) + " to " + sameArea.get(sameArea.size() - 1) + ".";
    }

    private static long countOf(Rule rule, List<Case> cases) {
        return cases.stream().filter(one -> one.rules().contains(rule.id())).count();
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
