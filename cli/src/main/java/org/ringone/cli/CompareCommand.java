package org.ringone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ringone.reports.Comparison;
import org.ringone.reports.Comparison.CaseDifference;
import org.ringone.reports.Comparison.RuleDifference;
import org.ringone.reports.ReportException;
import org.ringone.reports.Statement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where two conformance statements differ. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Shows where two conformance statements differ, rule by rule and case by case.",
        footer = {"", "Exit codes: 0 both found the same, 1 they differ, 64 a file is no statement."})
final class CompareCommand implements Callable<Integer> {

    private static final int MOST_LINES_SEEN = 8;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "One statement, as 'ringone run --json FILE' writes it.")
    private Path left;

    @Parameters(index = "1", paramLabel = "FILE", description = "The other.")
    private Path right;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Comparison comparison = Comparison.of(read(left), read(right));
        print(out, "A", comparison.left());
        print(out, "B", comparison.right());
        out.println();
        if (comparison.same()) {
            out.println("Both found the same of every rule and of every case.");
            return ExitCode.OK;
        }
        rules(out, comparison.rules());
        out.println();
        cases(out, comparison.cases());
        return ExitCode.DIFFERS;
    }

    private static Statement read(Path file) {
        try {
            return Statement.read(file);
        } catch (ReportException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private static void print(PrintWriter out, String name, Statement statement) {
        Statement.Judged judged = statement.hypervisor();
        out.println(Printable.line(name + "  " + judged.name() + " " + judged.version() + ": " + judged.profile()
                + "; suite " + statement.suite() + ", " + statement.cases().size() + " cases"
                + (statement.selection().isEmpty() ? "" : " selected by " + statement.selection()) + ", worst verdict "
                + words(statement.worst())));
    }

    private static void rules(PrintWriter out, List<RuleDifference> rules) {
        out.println(rules.size() + (rules.size() == 1 ? " rule differs" : " rules differ"));
        for (RuleDifference rule : rules) {
            out.println(Printable.line(String.format(
                    "  %-8s %-24s %-24s %s", rule.id(), words(rule.left()), words(rule.right()), rule.title())));
        }
    }

    private static void cases(PrintWriter out, List<CaseDifference> cases) {
        out.println(cases.size() + (cases.size() == 1 ? " case differs" : " cases differ"));
        for (CaseDifference one : cases) {
            out.println(Printable.line("  " + one.id() + "  " + one.title()));
            side(out, "A", one.left(), one.leftSeen());
            side(out, "B", one.right(), one.rightSeen());
        }
    }

    private static void side(PrintWriter out, String name, String verdict, String seen) {
        List<String> lines = seen.lines().limit(MOST_LINES_SEEN).toList();
        out.println(Printable.line("    " + name + "  " + words(verdict)
                + (lines.isEmpty() ? "" : ": " + lines.get(0).strip())));
        lines.stream().skip(1).forEach(line -> out.println(Printable.line("         " + line.strip())));
    }

    private static String words(String verdict) {
        return verdict.replace('-', ' ');
    }
}
