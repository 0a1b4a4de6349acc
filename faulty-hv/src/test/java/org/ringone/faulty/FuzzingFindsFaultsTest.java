package org.ringone.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
import org.ringone.properties.LockstepProperties;
import org.ringone.properties.descriptors.DescriptorProperties;
import org.ringone.properties.events.EventArea;
import org.ringone.properties.events.EventOperation;
import org.ringone.properties.events.EventProperties;
import org.ringone.properties.tables.PageTableProperties;
import org.ringone.reference.ReferenceHypervisor;

/** The properties find faults, too, shrink them, and print what they found as a scenario. */
class FuzzingFindsFaultsTest {

    /** Every fault here is found in so many operations, of the same seed as in the build. */
    private static final long ENOUGH = 10_000;

    /** No fault needs more steps to be shown. */
    private static final int SHORT = 8;

    private static final String DECIDED = "everyOperationIsDecidedAsTheRulesSay";
    private static final String BATCHED = "batchesEqualSingleCalls";
    private static final String LOCKSTEP = "bothDoTheSame";
    private static final String REFUSED = "whatIsRefusedChangesNothing";

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

    /** Run by the tests below only. */
    static final class EventsInLockstep extends LockstepProperties<EventOperation> {
        EventsInLockstep() {
            super(new EventArea(), new ReferenceHypervisor(), fault.hypervisor());
        }
    }

    /** A property that must find a fault. */
    record Hunt(Class<?> area, String property, Fault fault) {
        @Override
        public String toString() {
            return property + " of " + area.getSimpleName() + " finds " + fault;
        }
    }

    /** The faults of each area's own rules, but for those that none of its operations can meet. */
    static Stream<Hunt> hunts() {
        return Stream.of(
                        hunts(
                                Tables.class,
                                DECIDED,
                                "PT-02 PT-03 PT-04 PT-05 PT-06 PT-07 PT-08 PT-11 PT-12 PT-13 PT-14"),
                        hunts(Tables.class, BATCHED, "PT-08 MC-01 MC-02"),
                        hunts(Descriptors.class, DECIDED, "SEG-01 SEG-02 SEG-03 SEG-04 SEG-05 SEG-06 SEG-08"),
                        hunts(Descriptors.class, REFUSED, "SEG-02"),
                        hunts(EventsInLockstep.class, LOCKSTEP, "EVT-04 EVT-08"),
                        hunts(Events.class, DECIDED, "EVT-02 EVT-03 EVT-04 EVT-07 EVT-08"))
                .flatMap(found -> found);
    }

    private static Stream<Hunt> hunts(Class<?> area, String property, String rules) {
        return Arrays.stream(rules.split(" "))
                .flatMap(rule -> Faults.of(rule).stream())
                .map(found -> new Hunt(area, property, found));
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
        String found = failureOf(hunt);
        assertThat(found).contains("Scenario: ");
        assertThat(found.lines().filter(line -> line.contains("  When "))).hasSizeBetween(1, SHORT);
    }

    private static String failureOf(Hunt hunt) {
        // Results of this inner run are no results of the build: no listener but our own.
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectMethod(hunt.area(), hunt.property(), List.class.getName()))
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsFailedCount()).as("failed properties").isEqualTo(1);
        StringWriter text = new StringWriter();
        summary.printFailuresTo(new PrintWriter(text), 1);
        return text.toString();
    }
}
