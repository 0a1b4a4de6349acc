package org.ringone.suite.run;

import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestStepStarted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.verdict.Verdict;

/**
 * Follows the runner: tells the steps which scenario they are in and whether they set up or judge, and gives each
 * scenario its verdict. Its argument names the hypervisor, or is the token of a run that was started from Java.
 */
public final class VerdictPlugin implements ConcurrentEventListener {

    /** The system property that names the folder where the result of a run in a test class is written as JSON. */
    public static final String RUNS_PROPERTY = "ringone.runs";

    private final String argument;
    private final Optional<Session> given;
    private Session session;

    /** For a suite that judges the only hypervisor on the class path, or the one of the system property. */
    public VerdictPlugin() {
        this("");
    }

    /** For a suite that judges one hypervisor among several. */
    public VerdictPlugin(String argument) {
        this.argument = argument;
        this.given = LauncherRun.session(argument);
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestCaseStarted.class, event -> starts(event.getTestCase()));
        publisher.registerHandlerFor(TestStepStarted.class, this::stepStarts);
        publisher.registerHandlerFor(TestCaseFinished.class, event -> finishes(event.getResult()));
        publisher.registerHandlerFor(TestRunFinished.class, event -> runFinishes());
    }

    private synchronized Session session() {
        if (session == null) {
            session = given.orElseGet(() -> new Session(SuiteRun.of(Hypervisors.named(argument))));
        }
        return session;
    }

    private void starts(TestCase testCase) {
        String uri = testCase.getUri().toString();
        int line = testCase.getLocation().getLine();
        Optional<Case> judged = CaseIndex.of(testCase.getName(), testCase.getTags(), uri, line);
        ScenarioRun run = new ScenarioRun(
                session(),
                judged.orElseGet(() ->
                        new Case("NONE-00.a", testCase.getName(), List.of("NONE-00"), testCase.getTags(), uri, line)));
        if (judged.isEmpty()) {
            run.record(Verdict.ERROR, uri + ":" + line + ": the scenario has no case id, or lacks its rule's tag");
        }
        run.enter();
    }

    private void stepStarts(TestStepStarted event) {
        if (event.getTestStep() instanceof PickleStepTestStep step) {
            ScenarioRun run = ScenarioRun.current();
            run.stepStarts(
                    phase(step.getStep().getKeyword(), run),
                    step.getStep().getKeyword() + step.getStep().getText());
        }
    }

    private static Phase phase(String keyword, ScenarioRun run) {
        return switch (keyword.strip().toLowerCase(Locale.ROOT)) {
            case "given" -> Phase.SETUP;
            case "when", "then" -> Phase.JUDGING;
            default -> run.phase();
        };
    }

    private void finishes(Result result) {
        ScenarioRun run = ScenarioRun.current();
        if (!run.decided() && !result.getStatus().is(Status.PASSED)) {
            run.record(Verdict.ERROR, describe(result, run));
        }
        ScenarioRun.leave();
        run.session().finished(run.result());
    }

    private static String describe(Result result, ScenarioRun run) {
        return switch (result.getStatus()) {
            case UNDEFINED -> "a step is not defined, after \"" + run.step() + "\"";
            case AMBIGUOUS -> "a step has several definitions: " + result.getError();
            default -> "the suite's own fault: " + result.getStatus() + " " + result.getError();
        };
    }

    /** A run inside somebody's test class leaves its result where the build collects them. */
    private void runFinishes() {
        String folder = System.getProperty(RUNS_PROPERTY, "");
        if (given.isPresent() || folder.isEmpty() || session == null) {
            return;
        }
        try {
            session.result().writeJson(Path.of(folder, session.hypervisor().name() + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the result of the run to " + folder, e);
        }
    }
}
