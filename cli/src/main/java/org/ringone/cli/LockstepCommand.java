package org.ringone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Hypervisor;
import org.ringone.guest.ProbeException;
import org.ringone.properties.Area;
import org.ringone.properties.Divergence;
import org.ringone.properties.Lockstep;
import org.ringone.properties.Lockstep.Compared;
import org.ringone.properties.Lockstep.Side;
import org.ringone.properties.LockstepArea;
import org.ringone.suite.run.HypervisorFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets the guests of two hypervisors perform the same random operations, and shows the shortest that they part in. */
@Command(
        name = "lockstep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets the guests of two hypervisors perform the same random sequences of operations and compares every answer,"
                    + " then how things stand at the end. Shows the first divergence of each area, shortened to what it takes.",
            "What the rules leave open is not tried, nor what they say otherwise of the one's profile than of the other's."
        },
        footer = {
            "",
            "Exit codes: 0 both did the same, 1 they part, 3 a hypervisor does not boot the probe,",
            "64 the command line or a file is wrong."
        })
final class LockstepCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "A hypervisor, as 'ringone compare' takes it: a name, faulty:RULE, xen-qemu:PATH, a profile,"
                    + " 'command:COMMAND', 'server:COMMAND', plug-in:PATH.")
    private String left;

    @Parameters(index = "1", paramLabel = "B", description = "The other.")
    private String right;

    @Option(
            names = "--area",
            paramLabel = "AREA",
            split = ",",
            description = "What is tried: page-tables, descriptors, events, multicalls. All when left out.")
    private List<String> areas = List.of();

    @Option(
            names = "--operations",
            paramLabel = "N",
            description = "How many operations are tried in each area at least. Default: ${DEFAULT-VALUE}.")
    private int operations = 2_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "The seed of the first sequence; each further one has the next number. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--open",
            description = "Try what the rules leave open, too: where they part then, none of the two need be wrong.")
    private boolean open;

    @Option(names = "--scenarios", description = "Print each divergence as a Gherkin scenario, too.")
    private boolean scenarios;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings there as JSON.")
    private Path json;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "How wide the output may be. Default: the terminal's width, or 80; two columns from 120.")
    private int width;

    @Spec
    private CommandSpec spec;

    /** How much is shown of what came after the divergence. */
    private static final int MOST_BEHIND = 3;

    @Override
    public Integer call() {
        if (operations < 1) {
            throw new UsageException("--operations needs a number of at least 1, not " + operations);
        }
        List<LockstepArea> tried = areas();
        Hypervisor one = hypervisor(left);
        try {
            Hypervisor other = hypervisor(right);
            try {
                return compare(one, other, tried);
            } finally {
                HypervisorChoice.release(other);
            }
        } finally {
            HypervisorChoice.release(one);
        }
    }

    private int compare(Hypervisor one, Hypervisor other, List<LockstepArea> tried) {
        PrintWriter out = spec.commandLine().getOut();
        SideBySide page = new SideBySide(Screen.width(width), out::println);
        page.labelled(0, "A", named(one));
        page.labelled(0, "B", named(other));
        out.println();
        List<LockstepFinding> findings = new ArrayList<>();
        try {
            Side a = Side.of(one);
            Side b = Side.of(other);
            for (LockstepArea area : tried) {
                LockstepFinding finding = tried(area, area.operations(), a, b);
                findings.add(finding);
                show(page, finding);
            }
        } catch (HypervisorFailure | DomainBuildException | ProbeException | IllegalStateException e) {
            spec.commandLine().getErr().println(Printable.line("ringone: a hypervisor failed: " + e.getMessage()));
            return ExitCode.HYPERVISOR_FAILED;
        }
        write(one, other, findings);
        return findings.stream().anyMatch(finding -> finding.divergence().isPresent()) ? ExitCode.DIFFERS : ExitCode.OK;
    }

    private List<LockstepArea> areas() {
        if (areas.isEmpty()) {
            return List.of(LockstepArea.values());
        }
        return areas.stream()
                .map(word -> LockstepArea.of(word)
                        .orElseThrow(() -> new UsageException("there is no area '" + word + "': there are "
                                + Arrays.stream(LockstepArea.values())
                                        .map(LockstepArea::word)
                                        .collect(Collectors.joining(", ")))))
                .distinct()
                .toList();
    }

    private static Hypervisor hypervisor(String named) {
        try {
            return HypervisorChoice.of(named, List.of());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private static String named(Hypervisor hypervisor) {
        return hypervisor.name() + " " + hypervisor.version() + ": " + hypervisor.profile();
    }

    private <O> LockstepFinding tried(LockstepArea named, Area<O> area, Side a, Side b)
            throws DomainBuildException, ProbeException {
        Lockstep<O> lockstep = new Lockstep<>(area, a, b, open);
        int done = 0;
        long at = seed;
        try (Progress progress = Progress.to(System.console() != null, named.word(), "operations")) {
            progress.started(operations);
            while (done < operations) {
                Compared compared = lockstep.compare(lockstep.sequence(at));
                for (int i = 0; i < compared.operations() && done + i < operations; i++) {
                    progress.finished("", "", false);
                }
                done += compared.operations();
                if (compared.divergence().isPresent()) {
                    return new LockstepFinding(named.word(), done, seed, at, compared.divergence());
                }
                at++;
            }
        }
        return new LockstepFinding(named.word(), done, seed, at - 1, Optional.empty());
    }

    private void show(SideBySide page, LockstepFinding finding) {
        String tried = String.format(
                Locale.ROOT, "%,d operations, seeds %d to %d", finding.operations(), seed, finding.last());
        if (finding.divergence().isEmpty()) {
            page.text(0, finding.area() + ": both did the same (" + tried + ")");
            return;
        }
        Divergence divergence = finding.divergence().get();
        page.text(0, finding.area() + ": they part (" + tried + "); shortened:");
        boolean single = divergence.rows().stream()
                .limit(divergence.operations().size())
                .map(Divergence.Row::what)
                .toList()
                .equals(divergence.operations());
        if (!single) {
            divergence.operations().forEach(operation -> page.labelled(2, "asked", operation));
        }
        int shown = Math.min(divergence.rows().size(), divergence.at() + 1 + MOST_BEHIND);
        for (int i = 0; i < shown; i++) {
            show(page, divergence, i);
        }
        if (divergence.rows().size() > shown) {
            page.text(6, "... and " + (divergence.rows().size() - shown) + " more after that: --json FILE has all");
        }
        if (!divergence.again()) {
            page.text(2, "They did not part once more in just these operations: one of the two is not steady.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(Printable.line("  Again: ringone lockstep " + quoted(left) + " " + quoted(right) + " --area "
                + finding.area() + (open ? " --open" : "") + " --seed " + finding.last() + " --operations 1"));
        if (scenarios) {
            divergence.scenario().stream()
                    .flatMap(String::lines)
                    .forEach(line -> out.println(Printable.line("    " + line)));
        }
    }

    private static void show(SideBySide page, Divergence divergence, int number) {
        Divergence.Row row = divergence.rows().get(number);
        page.labelled(2, (number == divergence.at() ? "*" : " ") + String.format("%3d", number + 1), row.what());
        if (row.same()) {
            page.labelled(8, "both", row.left());
        } else {
            page.both(8, row.left(), row.right());
        }
        if (number == divergence.at()) {
            row.foretold().ifPresent(rule -> page.labelled(8, "rules", rule));
        }
    }

    private static String quoted(String word) {
        return word.matches("[\\w:./@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private void write(Hypervisor one, Hypervisor other, List<LockstepFinding> findings) {
        if (json == null) {
            return;
        }
        try {
            LockstepJson.write(json, one, other, findings);
        } catch (IOException e) {
            throw UsageException.of("the findings cannot be written to " + json, e);
        }
    }
}
