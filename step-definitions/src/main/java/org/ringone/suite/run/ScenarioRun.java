package org.ringone.suite.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Transcript;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.verdict.Deviation;
import org.ringone.suite.verdict.NotJudged;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.GuestFault;

/** One scenario while it runs: which case it is, how far it came, and the verdict as soon as there is one. */
public final class ScenarioRun {

    private static final ThreadLocal<ScenarioRun> CURRENT = new ThreadLocal<>();

    private final Session session;
    private final Case judged;
    private final long startedAt = System.nanoTime();
    private final Transcript transcript;
    private Phase phase = Phase.SETUP;
    private String step = "";
    private Verdict verdict;
    private String message = "";
    private String seen = "";
    private String wrongAt = "";
    private int alternative;

    ScenarioRun(Session session, Case judged) {
        this.session = session;
        this.judged = judged;
        this.transcript = session.listener().scenarioStarts(judged.id());
    }

    /** The scenario that this thread runs. */
    public static ScenarioRun current() {
        ScenarioRun current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("no scenario runs here: is the plugin " + VerdictPlugin.class.getName()
                    + " among the values of cucumber.plugin?");
        }
        return current;
    }

    /** The scenario that this thread runs, if it runs one. */
    public static Optional<ScenarioRun> here() {
        return Optional.ofNullable(CURRENT.get());
    }

    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }

    public Session session() {
        return session;
    }

    /** The case that is being judged. */
    public Case judged() {
        return judged;
    }

    /** What was asked of the guest and what came back. */
    public Transcript transcript() {
        return transcript;
    }

    void stepStarts(Phase newPhase, String text) {
        phase = newPhase;
        step = text;
        transcript.add("-- " + text);
    }

    /** One of several documented behaviours was seen. */
    public void conformsByAlternative(int number) {
        alternative = number;
    }

    /** Something that may go wrong. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    /**
     * Does something that may never come back, on a thread that can be given up. Whatever goes wrong becomes the verdict.
     */
    public void guarded(Body body) {
        judged(() -> Watchdog.call(
                () -> {
                    body.run();
                    return null;
                },
                session.patience()));
    }

    /** Does something that is known to come back. Whatever goes wrong becomes the verdict. */
    public void judged(Body body) {
        try {
            body.run();
        } catch (GuestFault e) {
            throw decide(e.getCause());
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            throw decide(e);
        }
    }

    /** That the scenario cannot be judged because what it stands on is not there. */
    public NotJudged blocked(String why) {
        return new NotJudged(Verdict.BLOCKED, why);
    }

    /** Whether there is a verdict already. */
    boolean decided() {
        return verdict != null;
    }

    /**
     * Turns whatever a step threw into a verdict.
     *
     * @return what the step must throw, so that the runner reports a failure, or a skip where the run goes on
     */
    RuntimeException decide(Throwable thrown) throws Error {
        if (thrown instanceof TestAbortedException aborted && decided()) {
            return aborted;
        }
        if (thrown instanceof NotJudged reason) {
            return decide(reason.verdict(), reason.getMessage(), "", null);
        }
        if (thrown instanceof Violation violation) {
            return decide(Verdict.VIOLATES, violation.getMessage(), violation.seen(), thrown);
        }
        if (thrown instanceof HypervisorFailure failure) {
            return decide(Verdict.HYPERVISOR_FAILED, failure.getMessage(), failure.getMessage(), thrown);
        }
        if (thrown instanceof ProbeException probe) {
            boolean guestsEnd =
                    switch (probe.kind()) {
                        case DOMAIN_ENDED, TRAPPED -> true;
                        case SILENT, GARBLED, HYPERVISOR_FAILED -> false;
                    };
            Verdict found = guestsEnd ? Verdict.VIOLATES : Verdict.HYPERVISOR_FAILED;
            return decide(found, probe.getMessage(), probe.getMessage(), thrown);
        }
        return decide(Verdict.ERROR, "the suite's own fault: " + thrown, "", thrown);
    }

    /** At the end of a scenario that nothing went wrong in: whether that was to be expected. */
    public void passed() {
        Optional<Deviation> listed = session.deviations().ofCase(judged.id());
        if (listed.isPresent() && !decided()) {
            throw decide(
                    Verdict.UNEXPECTED_PASS,
                    judged.id() + " conforms, but is listed as a known deviation ("
                            + listed.get().reason() + "): take it off the list",
                    "",
                    null);
        }
    }

    private RuntimeException decide(Verdict raw, String what, String instead, Throwable cause) throws Error {
        Verdict decided = raw;
        String said = what;
        if (raw == Verdict.VIOLATES && phase == Phase.SETUP) {
            decided = Verdict.BLOCKED;
            said = "the set-up step \"" + step + "\" did not work, so the case could not be judged\n" + what;
        } else if (raw == Verdict.VIOLATES || raw == Verdict.HYPERVISOR_FAILED) {
            List<Deviation> listed = session.deviations().of(judged);
            Optional<Deviation> known =
                    listed.stream().filter(d -> d.explains(instead)).findFirst();
            if (known.isPresent()) {
                decided = Verdict.KNOWN_DEVIATION;
                said = known.get().reason() + "\n" + what;
                session.deviates(known.get());
            } else if (!listed.isEmpty()) {
                said = "fails in another way than the listed deviation, which has \""
                        + listed.get(0).seen() + "\"\n" + what;
            }
        }
        if (!decided()) {
            seen = instead;
        }
        record(decided, said);
        String text = decided.label() + ": " + judged.id() + ": " + said;
        if (!decided.failsTheRun()) {
            return new TestAbortedException(text, cause);
        }
        if (decided == Verdict.ERROR || decided == Verdict.HYPERVISOR_FAILED) {
            return new HypervisorFailure(text, cause);
        }
        throw new AssertionError(text, cause);
    }

    void record(Verdict found, String why) {
        if (verdict == null) {
            verdict = found;
            message = why;
            wrongAt = found == Verdict.UNEXPECTED_PASS ? "" : step;
        }
    }

    ScenarioResult result() {
        Verdict found = verdict;
        if (found == null) {
            found = alternative > 0 ? Verdict.CONFORMS_BY_ALTERNATIVE : Verdict.CONFORMS;
        }
        return new ScenarioResult(
                judged.id(),
                judged.title(),
                judged.rules(),
                judged.tags(),
                judged.uri(),
                judged.line(),
                found,
                alternative,
                message,
                seen,
                wrongAt,
                Duration.ofNanos(System.nanoTime() - startedAt));
    }

    String step() {
        return step;
    }

    Phase phase() {
        return phase;
    }

    List<String> tags() {
        return judged.tags();
    }
}
