package org.ringone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ringone.api.Hypervisor;
import org.ringone.cli.compare.Courses;
import org.ringone.cli.compare.Parting;
import org.ringone.reports.Comparison;
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
            "Shows where two hypervisors differ, rule by rule and case by case: the first step in which their guests saw something"
                    + " different, side by side.",
            "A and B are conformance statements, as 'ringone run --json FILE' writes them, or hypervisors, which are judged"
                    + " first: a name, faulty:RULE, xen-qemu:PATH, xen-bochs:PATH, a profile in a YAML file,"
                    + " 'command:COMMAND' as for --hypervisor-command, 'server:COMMAND' as for --server, plug-in:PATH.",
            "Statements know the step at which a case went wrong, but not what the guests saw before."
        },
        footer = {
            "",
            "Exit codes: 0 both found the same, 1 they differ, 3 a hypervisor that was judged failed (hung, died, answered"
                    + " nonsense), 4 the suite failed, 5 there is no case that both were asked, 64 there is no such"
                    + " statement or hypervisor."
        })
final class CompareCommand implements Callable<Integer> {

    private static final List<String> FAILURES = List.of("error", "hypervisor-failed");

    @Parameters(index = "0", paramLabel = "A", description = "A statement or a hypervisor.")
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

    @Option(
            names = "--values",
            description = "Show also the cases whose verdicts are the same although the guests saw different values.")
    private boolean values;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many cases are shown in full, 0 for all. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the whole comparison there as JSON.")
    private Path json;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "How wide the output may be. Default: the terminal's width, or 80; two columns from 120.")
    private int width;

    @Spec
    private CommandSpec spec;

    /** One of the two: what was found and, of a hypervisor that was judged now, what its guests saw. */
    private record Side(Statement statement, Optional<Courses> courses) {

        /** Whether it was judged now and went wrong in that way. */
        boolean ended(String verdict) {
            return courses.isPresent()
                    && statement.cases().stream().anyMatch(one -> one.verdict().equals(verdict));
        }
    }

    @Override
    public Integer call() {
        if (parallel < 1) {
            throw new UsageException("--parallel needs a number of at least 1, not " + parallel);
        }
        if (limit < 0) {
            throw new UsageException("--limit needs a number of at least 0, not " + limit);
        }
        Side a = side(left);
        Side b = side(right);
        Comparison comparison = Comparison.of(a.statement, b.statement);
        Optional<Map<String, Parting>> partings =
                a.courses.flatMap(one -> b.courses.map(other -> Courses.partings(one, other)));
        PrintWriter out = spec.commandLine().getOut();
        new ComparisonText(
                        new SideBySide(Screen.width(width), out::println),
                        comparison,
                        partings,
                        limit == 0 ? Integer.MAX_VALUE : limit)
                .print(values);
        write(comparison, partings);
        return exitCode(a, b, comparison);
    }

    private static int exitCode(Side a, Side b, Comparison comparison) {
        if (a.ended(FAILURES.get(0)) || b.ended(FAILURES.get(0))) {
            return ExitCode.ERROR;
        }
        if (a.ended(FAILURES.get(1)) || b.ended(FAILURES.get(1))) {
            return ExitCode.HYPERVISOR_FAILED;
        }
        if (!comparison.same()) {
            return ExitCode.DIFFERS;
        }
        return comparison.asked() == 0 ? ExitCode.TOO_LITTLE : ExitCode.OK;
    }

    private Side side(String named) {
        try {
            return isStatement(named) ? new Side(Statement.read(Path.of(named)), Optional.empty()) : judged(named);
        } catch (ReportException e) {
            throw new UsageException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + named + "' is no file, and as a hypervisor: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException("the statement of " + named + " cannot be kept: " + e.getMessage(), e);
        }
    }

    private static boolean isStatement(String named) {
        return !HypervisorChoice.isCommand(named)
                && (named.endsWith(".json") || !named.matches(".*\\.ya?ml") && Files.isRegularFile(Path.of(named)));
    }

    /** Judges a hypervisor now. Its statement goes the way of any other, through a file. */
    private Side judged(String hypervisor) throws IOException, ReportException {
        RunResult result;
        Courses courses;
        try (Progress progress = Progress.to(System.console() != null, Printable.line(hypervisor), "scenarios")) {
            Hypervisor judged = HypervisorChoice.of(hypervisor, List.of());
            try {
                courses = new Courses(judged, progress.ofScenarios());
                result = SuiteRun.of(judged)
                        .tags(tags)
                        .threads(parallel)
                        .listener(courses)
                        .run();
            } finally {
                HypervisorChoice.release(judged);
            }
        }
        Path file = Files.createTempFile("ringone", ".json");
        try {
            result.writeJson(file);
            return new Side(Statement.read(file), Optional.of(courses));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void write(Comparison comparison, Optional<Map<String, Parting>> partings) {
        if (json == null) {
            return;
        }
        try {
            Files.write(json, ComparisonJson.of(comparison, partings));
        } catch (IOException e) {
            throw UsageException.of("the comparison cannot be written to " + json, e);
        }
    }
}
