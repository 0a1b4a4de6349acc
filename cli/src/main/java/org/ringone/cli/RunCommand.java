package org.ringone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.ringone.reports.AllureReport;
import org.ringone.reports.Pages;
import org.ringone.reports.Records;
import org.ringone.reports.ReportException;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.matrix.Defect;
import org.ringone.suite.verdict.Deviations;
import org.ringone.suite.verdict.Problem;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges a hypervisor and writes the report. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges a hypervisor, prints the verdicts by area and writes a report.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private HypervisorOptions judged;

    @Option(
            names = "--guest",
            paramLabel = "wrong:RULE",
            defaultValue = "",
            description =
                    "Run the rules for guests with a guest kernel that breaks this one: wrong:EVT-05, or wrong:EVT-05.2"
                            + " for the second of several. Its own scenarios must fail.")
    private String guest;

    @Option(
            names = "--tags",
            paramLabel = "EXPR",
            defaultValue = "",
            description = "Which scenarios, as a tag expression: '@PT-02', '@EVT and not @EVT-08'. All when left out.")
    private String tags;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many scenarios run at a time. Default: the processors of this machine.")
    private int parallel = Math.max(1, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where the report goes. Default: " + ReportFolder.USUAL + ".")
    private Path report = ReportFolder.usual();

    @Option(names = "--no-report", description = "Judge only: write no report.")
    private boolean noReport;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the conformance statement there.")
    private Path json;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the verdicts there as JUnit XML, for build servers.")
    private Path junit;

    @Option(
            names = "--beside",
            paramLabel = "FILE",
            description = "Show that conformance statement on the page of rules, too; may be given again.")
    private List<Path> beside = List.of();

    @Option(
            names = "--deviations",
            paramLabel = "FILE",
            description = "What this hypervisor is known to do otherwise (YAML), instead of the list that comes along.")
    private Path deviations;

    @Option(
            names = "--prove",
            description =
                    "Hold every injected fault against its own rule's cases, too, and show on the page of rules which are"
                            + " caught. Takes a minute or two; kept until the program changes.")
    private boolean prove;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (parallel < 1) {
            throw new UsageException("--parallel needs a number of at least 1, not " + parallel);
        }
        PrintWriter out = spec.commandLine().getOut();
        Path results = report.resolve("allure-results");
        clear(results);
        RunResult result = judge(results);
        new Summary(Catalogue.load(), result).print(out);
        Path record = json != null ? json : report.resolve("run.json");
        write("the conformance statement", record, result::writeJson);
        if (junit != null) {
            write("the JUnit XML", junit, result::writeJUnit);
        }
        if (!noReport) {
            makeReport(results, record, out);
        }
        return exitCode(result);
    }

    private RunResult judge(Path results) {
        try (Progress progress = Progress.to(System.console() != null, "Judging", "scenarios")) {
            SuiteRun run = SuiteRun.of(judged.hypervisor())
                    .kernel(GuestChoice.of(guest))
                    .tags(tags)
                    .threads(parallel)
                    .listener(progress.ofScenarios());
            if (deviations != null) {
                run = run.deviations(Deviations.read(deviations));
            }
            return (noReport ? run : run.allureResults(results)).run();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private void makeReport(Path results, Path record, PrintWriter out) {
        String home = System.getProperty("ringone.allure.home");
        if (home == null) {
            out.println("No report: Allure's generator is not known here (-Dringone.allure.home=DIR).");
            return;
        }
        try {
            List<Path> files = new ArrayList<>(List.of(record));
            files.addAll(beside);
            Optional<Path> proofs = proofs();
            proofs.ifPresent(files::add);
            Path pages = report.resolve("report");
            Records records = Records.of(files).withMutants(Path.of(System.getProperty("ringone.home", ".")));
            Path rules = new Pages(new AllureReport(Path.of(home))).write(results, records, pages);
            if (proofs.isEmpty()) {
                out.println("Whether the cases can fail was not tried with this build: --prove tries it.");
            }
            out.println("Rules:  " + rules);
            out.println("Report: " + pages.resolve("index.html"));
        } catch (ReportException | IOException e) {
            out.println("No report: " + e.getMessage());
        }
    }

    /** What shows that the cases can fail: what is known of this build, or tried now. */
    private Optional<Path> proofs() throws IOException {
        ProofStore store = new ProofStore(report);
        if (!prove || store.known().isPresent()) {
            return store.known();
        }
        List<Defect> defects = Defects.all();
        try (Progress progress = Progress.to(System.console() != null, "Faults", "faults and wrong guests")) {
            progress.started(defects.size());
            return Optional.of(store.tryFaults(
                    defects,
                    parallel,
                    finding -> progress.finished(
                            finding.rule() + ": " + finding.wrong(), "not caught", !finding.caughtByItsOwn())));
        }
    }

    @FunctionalInterface
    private interface Writer {
        void write(Path file) throws IOException;
    }

    private static void write(String what, Path file, Writer writer) {
        try {
            writer.write(file);
        } catch (IOException e) {
            throw UsageException.of(what + " cannot be written to " + file, e);
        }
    }

    private static int exitCode(RunResult result) {
        Verdict worst = result.worst();
        return switch (worst) {
            case ERROR -> ExitCode.ERROR;
            case HYPERVISOR_FAILED -> ExitCode.HYPERVISOR_FAILED;
            case VIOLATES -> ExitCode.VIOLATES;
            case UNEXPECTED_PASS -> ExitCode.UNEXPECTED_PASS;
            default ->
                result.problems().stream()
                        .map(Problem::kind)
                        .min(Comparator.naturalOrder())
                        .map(RunCommand::exitCode)
                        .orElse(ExitCode.OK);
        };
    }

    private static int exitCode(Problem.Kind kind) {
        return switch (kind) {
            case WRONG_DEVIATION -> ExitCode.UNEXPECTED_PASS;
            case TOO_LITTLE -> ExitCode.TOO_LITTLE;
        };
    }

    private static void clear(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UsageException("earlier results in " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
