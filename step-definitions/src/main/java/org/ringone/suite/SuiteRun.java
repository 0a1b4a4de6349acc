package org.ringone.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.ringone.api.Hypervisor;
import org.ringone.guest.GuestKernel;
import org.ringone.suite.run.Hypervisors;
import org.ringone.suite.run.LauncherRun;
import org.ringone.suite.verdict.Deviations;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioListener;

/**
 * A run of the suite, from Java: what the command line uses.
 *
 * <pre>{@code RunResult result = SuiteRun.of(hypervisor).tags("@PT-02").threads(2).run();}</pre>
 *
 * Each method but {@link #run()} gives a changed copy.
 *
 * @param hypervisor what is judged
 * @param tags a tag expression that selects scenarios; empty for all
 * @param threads how many scenarios run at a time, at least 1
 * @param allureResults where Allure results are written; none are when empty
 * @param listener hears of each scenario
 * @param deviations what the hypervisor is known to do otherwise
 * @param patience how long one step may keep silent, in real time, before the hypervisor counts as hung
 * @param kernel the guest kernel that the scenarios about guest kernels run
 */
public record SuiteRun(
        Hypervisor hypervisor,
        String tags,
        int threads,
        Optional<Path> allureResults,
        ScenarioListener listener,
        Deviations deviations,
        Duration patience,
        GuestKernel kernel) {

    /** How long a step may take before the hypervisor counts as hung, unless said otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    public SuiteRun {
        Objects.requireNonNull(hypervisor, "hypervisor");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(deviations, "deviations");
        Objects.requireNonNull(kernel, "kernel");
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, not " + threads);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be positive, not " + patience);
        }
    }

    /** A run of everything against one hypervisor, with the deviations that are known of it. */
    public static SuiteRun of(Hypervisor hypervisor) {
        return new SuiteRun(
                hypervisor,
                "",
                1,
                Optional.empty(),
                result -> {},
                Deviations.of(hypervisor),
                PATIENCE,
                GuestKernel.right());
    }

    /**
     * The same for a hypervisor on the class path.
     *
     * @throws IllegalArgumentException when none has that name; the message lists those there are
     */
    public static SuiteRun of(String hypervisorName) {
        return of(Hypervisors.named(hypervisorName));
    }

    /** The version of the suite, {@code development} when it was not packaged. */
    public static String version() {
        String packaged = SuiteRun.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }

    public SuiteRun tags(String expression) {
        return new SuiteRun(hypervisor, expression, threads, allureResults, listener, deviations, patience, kernel);
    }

    public SuiteRun threads(int number) {
        return new SuiteRun(hypervisor, tags, number, allureResults, listener, deviations, patience, kernel);
    }

    public SuiteRun allureResults(Path directory) {
        return new SuiteRun(hypervisor, tags, threads, Optional.of(directory), listener, deviations, patience, kernel);
    }

    public SuiteRun listener(ScenarioListener heard) {
        return new SuiteRun(hypervisor, tags, threads, allureResults, heard, deviations, patience, kernel);
    }

    public SuiteRun deviations(Deviations known) {
        return new SuiteRun(hypervisor, tags, threads, allureResults, listener, known, patience, kernel);
    }

    public SuiteRun patience(Duration silence) {
        return new SuiteRun(hypervisor, tags, threads, allureResults, listener, deviations, silence, kernel);
    }

    /** The same with another guest kernel: a wrong one, to see that the scenarios of the rule it breaks catch it. */
    public SuiteRun kernel(GuestKernel other) {
        return new SuiteRun(hypervisor, tags, threads, allureResults, listener, deviations, patience, other);
    }

    /**
     * Runs the selected scenarios.
     *
     * @throws IllegalArgumentException when the tag expression is not well formed or selects nothing; the message says so
     */
    public RunResult run() {
        return LauncherRun.execute(this);
    }
}
