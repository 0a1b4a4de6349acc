package org.ringone.suite.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.verdict.Deviations;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioListener;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/** What all scenarios of one run share. */
public final class Session {

    private static final int FEWEST_JUDGED_PERCENT = 50;

    private final Hypervisor hypervisor;
    private final Deviations deviations;
    private final Duration patience;
    private final ScenarioListener listener;
    private final BootedMachines machines;
    private final Instant started = Instant.now();
    private final Queue<ScenarioResult> results = new ConcurrentLinkedQueue<>();

    Session(SuiteRun run) {
        this.hypervisor = run.hypervisor();
        this.deviations = run.deviations();
        this.patience = run.patience();
        this.listener = run.listener();
        this.machines = BootedMachines.of(hypervisor, patience);
    }

    Deviations deviations() {
        return deviations;
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

    void finished(ScenarioResult result) {
        results.add(result);
        listener.scenarioFinished(result);
    }

    /**
     * What was found.
     *
     * @param everything whether all scenarios were selected, so that the deviation list can be held against them
     */
    RunResult result(boolean everything) {
        List<ScenarioResult> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparing(ScenarioResult::uri).thenComparingInt(ScenarioResult::line));
        List<String> problems = new ArrayList<>();
        deviations
                .unknownAmong(CaseIndex.load().cases().stream().map(c -> c.id()).toList())
                .forEach(id -> problems.add("the list of deviations names the case " + id
                        + ", which does not exist: take it off the list"));
        if (everything) {
            long judged = sorted.stream().filter(r -> r.verdict().judged()).count();
            long applicable = sorted.stream()
                    .filter(r -> r.verdict() != Verdict.NOT_APPLICABLE)
                    .count();
            if (applicable == 0 || judged * 100 < applicable * FEWEST_JUDGED_PERCENT) {
                problems.add("too little was judged: " + judged + " of " + applicable + " applicable cases");
            }
        }
        return new RunResult(
                hypervisor.name(),
                hypervisor.version(),
                hypervisor.profile(),
                started,
                Duration.between(started, Instant.now()),
                sorted,
                problems);
    }
}
