package org.ringone.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.ringone.properties.descriptors.DescriptorProperties;
import org.ringone.properties.tables.PageTableProperties;

/** The properties find faults, too, shrink them, and print what they found as a scenario. */
class FuzzingFindsFaultsTest {

    /** Run by the test below only. */
    static final class TablesMappedWritable extends PageTableProperties {
        TablesMappedWritable() {
            super(Faults.of("PT-02").get(0).hypervisor());
        }
    }

    /** Run by the test below only. */
    static final class GatesToAnySegment extends DescriptorProperties {
        GatesToAnySegment() {
            super(Faults.of("SEG-05").get(0).hypervisor());
        }
    }

    @Test
    void aTableMappedWritableIsFoundAndShrunkToAShortScenario() {
        String found = failureOf(TablesMappedWritable.class);
        assertThat(found).contains("Scenario: PT-22.new").contains("cannot be mapped writable");
        assertThat(found.lines().filter(line -> line.contains("  When "))).hasSizeLessThan(6);
    }

    @Test
    void aGateIntoTheHypervisorIsFoundAndShrunkToAShortScenario() {
        String found = failureOf(GatesToAnySegment.class);
        assertThat(found).contains("Scenario: SEG-03.new").contains("is refused with EINVAL");
        assertThat(found.lines().filter(line -> line.contains("  When "))).hasSizeLessThan(6);
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
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsFailedCount()).as("failed properties").isEqualTo(1);
        StringWriter text = new StringWriter();
        summary.printFailuresTo(new PrintWriter(text), 1);
        return text.toString();
    }
}
