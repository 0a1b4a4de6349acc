package org.ringone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ringone.reports.Pages;
import org.ringone.reports.Records;
import org.ringone.reports.ReportException;
import org.ringone.suite.matrix.Defect;
import org.ringone.suite.matrix.Finding;
import org.ringone.suite.matrix.Matrix;
import org.ringone.suite.verdict.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds every injected fault and every wrong guest against the whole suite. */
@Command(
        name = "matrix",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Holds every injected fault and every wrong guest against the whole suite: which rules catch it, and how sharp"
                    + " each rule is.",
        },
        footer = {
            "",
            "Exit codes: 0 every fault is caught by the cases of the rule that it breaks, 1 one is not,",
            "4 a case ended in a fault of the suite, 64 the command line or a file is wrong."
        })
final class MatrixCommand implements Callable<Integer> {

    @Option(
            names = "--tags",
            paramLabel = "EXPR",
            defaultValue = "",
            description = "Against which cases, as a tag expression. All when left out.")
    private String tags;

    @Option(
            names = "--faults",
            paramLabel = "RULE",
            split = ",",
            description = "Only what breaks these rules: PT-02, or a whole area: PT. Everything when left out.")
    private List<String> rules = List.of();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many faults are judged at a time. Default: the processors of this machine.")
    private int parallel = Math.max(1, Runtime.getRuntime().availableProcessors());

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the matrix there as JSON. Default: matrix.json in the report's folder.")
    private Path output;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where the report goes. Default: " + ReportFolder.USUAL + ".")
    private Path report = ReportFolder.usual();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (parallel < 1) {
            throw new UsageException("--parallel needs a number of at least 1, not " + parallel);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Defect> defects = defects();
        long start = System.nanoTime();
        RunResult sound = sound();
        Matrix matrix = judge(sound, defects);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        print(out, sound, matrix, taken);
        write(out, sound, matrix);
        if (matrix.findings().stream().anyMatch(finding -> finding.errors() > 0)) {
            return ExitCode.ERROR;
        }
        return matrix.findings().stream().allMatch(Finding::caughtByItsOwn) ? ExitCode.OK : ExitCode.VIOLATES;
    }

    private List<Defect> defects() {
        List<String> wanted =
                rules.stream().map(rule -> rule.toUpperCase(Locale.ROOT)).toList();
        List<Defect> all = Defects.all();
        for (String rule : wanted) {
            if (all.stream().noneMatch(defect -> breaks(defect, rule))) {
                throw new UsageException("nothing breaks a rule '" + rule + "'. There are "
                        + String.join(
                                ", ", all.stream().map(Defect::rule).distinct().toList()) + ".");
            }
        }
        return all.stream()
                .filter(defect -> wanted.isEmpty() || wanted.stream().anyMatch(rule -> breaks(defect, rule)))
                .toList();
    }

    private static boolean breaks(Defect defect, String ruleOrArea) {
        return defect.rule().equals(ruleOrArea) || defect.rule().startsWith(ruleOrArea + "-");
    }

    private RunResult sound() {
        try {
            return Defects.sound().tags(tags).threads(parallel).run();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private Matrix judge(RunResult sound, List<Defect> defects) {
        try (Progress progress = Progress.to(System.console() != null, "Matrix", "faults and wrong guests")) {
            progress.started(defects.size());
            return Matrix.of(
                    sound,
                    defects,
                    parallel,
                    finding -> progress.finished(
                            finding.rule() + ", " + finding.wrong(), "not caught", !finding.caughtByItsOwn()));
        }
    }

    private static void print(PrintWriter out, RunResult sound, Matrix matrix, Duration taken) {
        List<Finding> findings = matrix.findings();
        out.println();
        out.println(findings.size() + " faults and wrong guests, each against "
                + sound.scenarios().size() + " cases, in " + taken.toSeconds() + " s");
        long own = findings.stream().filter(Finding::caughtByItsOwn).count();
        long others =
                findings.stream().filter(finding -> !finding.others().isEmpty()).count();
        long alone =
                findings.stream().filter(finding -> finding.rules().size() == 1).count();
        out.println(own + " are caught by the cases of the rule that they break, " + others
                + " by other rules, too, and " + alone + " by one rule alone");
        for (Finding finding : findings) {
            if (!finding.caughtByItsOwn()) {
                out.println("not caught by " + finding.rule() + ": " + finding.wrong()
                        + (finding.others().isEmpty()
                                ? ", nor by any other"
                                : "; by " + String.join(", ", finding.others())));
            }
            if (finding.errors() > 0) {
                out.println(finding.errors() + " cases ended in a fault of the suite: " + finding.rule() + ", "
                        + finding.wrong());
            }
        }
    }

    private void write(PrintWriter out, RunResult sound, Matrix matrix) {
        Path file = output == null ? report.resolve("matrix.json") : output;
        Path statement = report.resolve("matrix-run.json");
        try {
            matrix.writeJson(file);
            sound.writeJson(statement);
            if (rules.isEmpty() && tags.isEmpty()) {
                new ProofStore(report).keep(matrix);
            }
            Path pages = report.resolve("report");
            Pages.write(Records.of(List.of(statement, file)), pages);
            out.println("Matrix: " + file);
            out.println("Page:   " + pages.resolve("matrix.html"));
        } catch (IOException | ReportException e) {
            throw new UsageException("the matrix cannot be written: " + e.getMessage(), e);
        }
    }
}
