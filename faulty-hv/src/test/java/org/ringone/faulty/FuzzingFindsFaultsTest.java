package org.ringone.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.ringone.properties.Effort;
import org.ringone.properties.descriptors.DescriptorProperties;
import org.ringone.properties.events.EventProperties;
import org.ringone.properties.tables.PageTableProperties;

/** The properties find faults, too, shrink them, and print what they found as a scenario. */
class FuzzingFindsFaultsTest {

    /** Every fault here is found in so many operations, of the same seed as in the build. */
    private static final long ENOUGH = 20_000;

    /** The fault that the properties below are tried on. */
    private static Fault fault;

    /** Run by the tests below only. */
    static final class Tables extends PageTableProperties {
        Tables() {
            super(fault.hypervisor());
        }
    }

    /** Run by the tests below only. */
    static final class Descriptors extends DescriptorProperties {
        Descriptors() {
            super(fault.hypervisor());
        }
    }

    /** Run by the tests below only. */
    static final class Events extends EventProperties {
        Events() {
            super(fault.hypervisor());
        }
    }

    /** A property that must find a fault. */
    record Hunt(Class<?> property, Fault fault) {
        @Override
        public String toString() {
            return property.getSimpleName() + " find " + fault;
        }
    }

    /** The faults of each property's own rules, but for those that no operation of its area can meet. */
    static List<Hunt> hunts() {
        List<Hunt> hunts = new ArrayList<>();
        hunts.addAll(
                hunts(Tables.class, Set.of("PT-01", "PT-02", "PT-03", "PT-04", "PT-05", "PT-06", "PT-07", "PT-08")));
        hunts.addAll(hunts(Tables.class, Set.of("PT-11", "PT-12", "PT-13", "PT-14", "MC-01", "MC-02")));
        hunts.addAll(
                hunts(Descriptors.class, Set.of("SEG-01", "SEG-02", "SEG-03", "SEG-04", "SEG-05", "SEG-06", "SEG-08")));
        hunts.addAll(hunts(Events.class, Set.of("EVT-02", "EVT-03", "EVT-04", "EVT-07", "EVT-08")));
        return hunts;
    }

    private static List<Hunt> hunts(Class<?> property, Set<String> rules) {
        return Faults.all().stream()
                .filter(candidate -> rules.contains(candidate.rule()))
                .map(found -> new Hunt(property, found))
                .toList();
    }

    @BeforeEach
    void lookNoFurtherThanNeeded() {
        System.setProperty(Effort.OPERATIONS, Long.toString(ENOUGH));
    }

    @AfterEach
    void lookAsFarAsEver() {
        System.clearProperty(Effort.OPERATIONS);
    }

    @ParameterizedTest
    @MethodSource("hunts")
    void aFaultOfItsOwnRulesIsFound(Hunt hunt) {
        fault = hunt.fault();
        assertThat(failureOf(hunt.property())).contains("  Scenario: ".strip()).contains("  When ");
    }

    private static String failureOf(Class<?> property) {
        // Results of this inner run are no results of the build: no listener but our own.
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(property))
                        .configurationParameter("jqwik.shrinking.bounded.seconds", "1")
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        StringWriter text = new StringWriter();
        summary.printFailuresTo(new PrintWriter(text), 1);
        return text.toString();
    }
}
