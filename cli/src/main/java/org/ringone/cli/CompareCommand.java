package org.ringone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ringone.reports.Comparison;
import org.ringone.reports.Comparison.CaseDifference;
import org.ringone.reports.Comparison.RuleDifference;
import org.ringone.reports.ReportException;
import org.ringone.reports.Statement;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.verdict.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where two conformance statements, or two hypervisors, differ. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows where two conformance statements differ, rule by rule and case by case.",
            "What is no file is a hypervisor, as 'ringone run --hypervisor' takes it, and is judged first."
        },
        footer = {"", "Exit codes: 0 both found the same, 1 they differ, 64 there is no such statement or hypervisor."})
final class CompareCommand implements Callable<Integer> {

    private static final int MOST_LINES_SEEN = 8;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "A statement, as 'ringone run --json FILE' writes it, or a hypervisor.")
    private String left;

    @Parameters(index = "1", paramLabel = "B", description = "The other.")
    private String right;

    @Option(
            names = "--tags",
            paramLabel = "EXPR",
            defaultValue = "",
            description = "Against which cases hypervisors are judged, as a tag expression. All when left out.")
    private String tags;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many scenarios run at a time. Default: the processors of this machine.")
    private int parallel = Math.max(1, Runtime.getRuntime().availableProcessors());

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (parallel < 1) {
            throw new UsageException("--parallel needs a number of at least 1, not " + parallel);
        }
        PrintWriter out = spec.commandLine().getOut();
        Comparison comparison = Comparison.of(statement(left), statement(right));
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

    private Statement statement(String named) {
        try {
            Path file = Path.of(named);
            return named.endsWith(".json") || Files.isRegularFile(file) && !named.matches(".*\\.ya?ml")
                    ? Statement.read(file)
                    : judged(named);
        } catch (ReportException e) {
            throw new UsageException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + named + "' is no file, and as a hypervisor: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException("the statement of " + named + " cannot be kept: " + e.getMessage(), e);
        }
    }

    /** Judges a hypervisor now. Its statement goes the way of any other, through a file. */
    private Statement judged(String hypervisor) throws IOException, ReportException {
        RunResult result;
        try (Progress progress = Progress.to(System.console() != null, hypervisor, "scenarios")) {
            result = SuiteRun.of(HypervisorChoice.of(hypervisor, List.of()))
                    .tags(tags)
                    .threads(parallel)
                    .listener(progress.ofScenarios())
                    .run();
        }
        Path file = Files.createTempFile("ringone", ".json");
        try {
            result.writeJson(file);
            return Statement.read(file);
        } finally {
            Files.deleteIfExists(file);
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
            side(out, "A", one.left(), one.leftStep(), one.leftSeen());
            side(out, "B", one.right(), one.rightStep(), one.rightSeen());
        }
    }

    private static void side(PrintWriter out, String name, String verdict, String step, String seen) {
        out.println(Printable.line(
                "    " + name + "  " + words(verdict) + (step.isEmpty() ? "" : ", at the step \"" + step + "\"")));
        seen.lines().limit(MOST_LINES_SEEN).forEach(line -> out.println(Printable.line("         " + line.strip())));
    }

    private static String words(String verdict) {
        return verdict.replace('-', ' ');
    }
}
