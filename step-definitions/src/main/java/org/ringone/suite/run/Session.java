package org.ringone.suite.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;
import org.ringone.guest.BootReport;
import org.ringone.guest.GuestKernel;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.verdict.Deviation;
import org.ringone.suite.verdict.Deviations;
import org.ringone.suite.verdict.Problem;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioListener;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/** What all scenarios of one run share. */
public final class Session {

    private static final int FEWEST_JUDGED_PERCENT = 50;

    private final Hypervisor hypervisor;
    private final Deviations deviations;
    private final String selection;
    private final Duration patience;
    private final ScenarioListener listener;
    private final BootedMachines machines;
    private final GuestKernel kernel;
    private final Instant started = Instant.now();
    private final Queue<ScenarioResult> results = new ConcurrentLinkedQueue<>();
    private final Set<Deviation> found = ConcurrentHashMap.newKeySet();

    Session(SuiteRun run) {
        this.hypervisor = run.hypervisor();
        this.deviations = run.deviations();
        this.selection = run.tags();
        this.patience = run.patience();
        this.listener = run.listener();
        this.machines = BootedMachines.of(hypervisor, patience);
        this.kernel = run.kernel();
    }

    Deviations deviations() {
        return deviations;
    }

    ScenarioListener listener() {
        return listener;
    }

    Duration patience() {
        return patience;
    }

    public Hypervisor hypervisor() {
        return hypervisor;
    }

    public Profile profile() {
        return hypervisor.profile();
    }

    public BootedMachines machines() {
        return machines;
    }

    /** The guest kernel of the scenarios about guest kernels. */
    public GuestKernel kernel() {
        return kernel;
    }

    /** A case has failed as this entry of the list says. */
    void deviates(Deviation entry) {
        found.add(entry);
    }

    void finished(ScenarioResult result) {
        results.add(result);
        listener.scenarioFinished(result);
    }

    /** What was found. */
    RunResult result() {
        List<ScenarioResult> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparing(ScenarioResult::caseId, Case.BY_ID));
        CaseIndex index = CaseIndex.load();
        List<Problem> problems = new ArrayList<>(deviations.problems(index, sorted, found));
        machines.cameUp()
                .filter(report -> !report.complete())
                .map(Session::cameUp)
                .ifPresent(problems::add);
        machines.refusal().map(Session::refused).ifPresent(problems::add);
        if (sorted.size() >= index.cases().size()) {
            tooLittle(sorted).ifPresent(problems::add);
        }
        return new RunResult(
                hypervisor.name(),
                hypervisor.version(),
                hypervisor.profile(),
                started,
                Duration.between(started, Instant.now()),
                selection,
                sorted,
                problems);
    }

    private static Problem cameUp(BootReport report) {
        return new Problem(
                Problem.Kind.TOO_LITTLE,
                "the probe came up to " + report + ": cases that need more of it were not judged."
                        + " The next step is to make that one work; docs/probe.md lists them all");
    }

    private static Problem refused(String why) {
        return new Problem(
                Problem.Kind.TOO_LITTLE,
                "the domain builder refuses the probe: cases that need it were not judged. " + why);
    }

    private static Optional<Problem> tooLittle(List<ScenarioResult> all) {
        long judged = all.stream().filter(r -> r.verdict().judged()).count();
        long applicable =
                all.stream().filter(r -> r.verdict() != Verdict.NOT_APPLICABLE).count();
        return applicable > 0 && judged * 100 >= applicable * FEWEST_JUDGED_PERCENT
                ? Optional.empty()
                : Optional.of(new Problem(
                        Problem.Kind.TOO_LITTLE,
                        "too little was judged: " + judged + " of " + applicable + " applicable cases"));
    }
}
