package org.ringone.suite.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClasspathResourceSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.verdict.RunResult;

/** One run of the features through the JUnit Platform, started from Java. */
public final class LauncherRun {

    /** The package of the steps. */
    public static final String GLUE = "org.ringone.suite.steps";

    private static final String ALLURE_PLUGIN = "io.qameta.allure.cucumber7jvm.AllureCucumber7Jvm";
    private static final String ALLURE_DIRECTORY = "allure.results.directory";
    private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBER = new AtomicLong();

    private LauncherRun() {}

    /** The session of a run that is going on. */
    static Optional<Session> session(String token) {
        return Optional.ofNullable(SESSIONS.get(token));
    }

    /** Runs what is asked for. */
    public static RunResult execute(SuiteRun run) {
        Session session = new Session(run);
        String token = "run-" + NUMBER.incrementAndGet();
        SESSIONS.put(token, session);
        String before = System.getProperty(ALLURE_DIRECTORY);
        run.allureResults().ifPresent(folder -> System.setProperty(ALLURE_DIRECTORY, folder.toString()));
        try (LauncherSession launcherSession = LauncherFactory.openSession(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build())) {
            Launcher launcher = launcherSession.getLauncher();
            TestPlan plan = launcher.discover(request(run, token));
            long scenarios = plan.countTestIdentifiers(TestIdentifier::isTest);
            if (scenarios == 0) {
                throw new IllegalArgumentException(
                        run.tags().isEmpty()
                                ? "there are no features on the class path: is the features module missing?"
                                : "the tags '" + run.tags() + "' select no scenario");
            }
            run.listener().runStarts((int) scenarios);
            launcher.execute(plan, new EngineFailures());
            return session.result();
        } finally {
            SESSIONS.remove(token);
            if (run.allureResults().isPresent()) {
                restore(before);
            }
        }
    }

    private static void restore(String allureDirectory) {
        if (allureDirectory == null) {
            System.clearProperty(ALLURE_DIRECTORY);
        } else {
            System.setProperty(ALLURE_DIRECTORY, allureDirectory);
        }
    }

    private static LauncherDiscoveryRequest request(SuiteRun run, String token) {
        String plugin = VerdictPlugin.class.getName() + ":" + token;
        String plugins = run.allureResults().isPresent() ? plugin + "," + ALLURE_PLUGIN : plugin;
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .enableImplicitConfigurationParameters(false)
                .selectors(selectPackage(CaseIndex.PACKAGE))
                .filters(EngineFilter.includeEngines("cucumber"))
                .configurationParameter("cucumber.glue", GLUE)
                .configurationParameter("cucumber.plugin", plugins)
                .configurationParameter("cucumber.publish.quiet", "true")
                .configurationParameter("cucumber.execution.parallel.enabled", String.valueOf(run.threads() > 1))
                .configurationParameter("cucumber.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                        "cucumber.execution.parallel.config.fixed.parallelism", String.valueOf(run.threads()))
                .configurationParameter(
                        "cucumber.execution.parallel.config.fixed.max-pool-size", String.valueOf(run.threads()));
        if (!run.tags().isEmpty()) {
            request.filters(tagFilter(run.tags()));
        }
        return request.build();
    }

    /** Cucumber's own tag filter would list what it leaves out as skipped. */
    private static PostDiscoveryFilter tagFilter(String expression) {
        io.cucumber.tagexpressions.Expression parsed;
        try {
            parsed = TagExpressionParser.parse(expression);
        } catch (TagExpressionException e) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is no tag expression: " + e.getMessage()
                            + "\nExamples: \"@PT-02\", \"@PT or @SEG\", \"@EVT and not @EVT-08\"",
                    e);
        }
        return descriptor -> {
            if (!descriptor.isTest()) {
                return org.junit.platform.engine.FilterResult.included("a container");
            }
            List<String> tags = new ArrayList<>();
            descriptor.getTags().forEach(tag -> tags.add("@" + tag.getName()));
            caseOf(descriptor).ifPresent(id -> tags.add("@" + id));
            boolean selected = parsed.evaluate(tags);
            return org.junit.platform.engine.FilterResult.includedIf(selected);
        };
    }

    /** The id of the case that a test is; it counts as a tag of its own. */
    private static Optional<String> caseOf(TestDescriptor descriptor) {
        return descriptor
                .getSource()
                .filter(ClasspathResourceSource.class::isInstance)
                .map(ClasspathResourceSource.class::cast)
                .flatMap(source -> source.getPosition()
                        .flatMap(
                                position -> CaseIndex.load().at(source.getClasspathResourceName(), position.getLine())))
                .map(Case::id);
    }

    /** A failure of the engine itself, outside of any scenario, must not pass for silence. */
    private static final class EngineFailures implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            if (!identifier.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
                throw new IllegalStateException(
                        "the features could not be run: "
                                + result.getThrowable().map(Throwable::toString).orElse("no reason given"),
                        result.getThrowable().orElse(null));
            }
        }
    }
}
