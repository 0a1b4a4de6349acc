package org.ringone.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ringone.guest.WrongGuests;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Traceability;
import org.ringone.suite.catalogue.Who;
import org.ringone.suite.matrix.Defect;
import org.ringone.suite.matrix.Finding;
import org.ringone.suite.matrix.Matrix;
import org.ringone.suite.run.VerdictPlugin;

/**
 * Each fault and each wrong guest is caught by the cases of the rule that it breaks, and every rule has one. What was found
 * is left where the build's report looks for it.
 */
class FaultsAreCaughtTest {

    /** Beside the statements of the runs, in a file that is known by its first field. */
    private static final String RECORD = "faults.json";

    private final List<Defect> faults = Stream.concat(
                    Faults.all().stream()
                            .map(fault -> new Defect(
                                    fault.rule(), Who.H, fault.wrong(), patient(SuiteRun.of(fault.hypervisor())))),
                    WrongGuests.all().stream()
                            .map(guest -> new Defect(
                                    guest.rule(),
                                    Who.G,
                                    guest.wrong(),
                                    patient(SuiteRun.of(new ReferenceHypervisor()))
                                            .kernel(guest.kernel()))))
            .toList();

    private static SuiteRun patient(SuiteRun run) {
        return run.patience(Duration.ofSeconds(30));
    }

    @TestFactory
    Stream<DynamicTest> itsRulesOwnCasesCatchIt() {
        ConcurrentMap<String, Finding> findings = new ConcurrentHashMap<>();
        Matrix matrix =
                Matrix.ofOwnRules(faults, 2, finding -> findings.put(finding.rule() + finding.wrong(), finding));
        Stream<DynamicTest> each = faults.stream()
                .map(fault -> dynamicTest(fault.toString(), () -> caught(findings.get(fault.rule() + fault.wrong()))));
        return Stream.concat(
                each,
                Stream.of(
                        dynamicTest(
                                "every rule that binds the hypervisor has a fault",
                                () -> everyRuleIsProved(Who.H, matrix)),
                        dynamicTest(
                                "every rule that binds guests has a wrong guest",
                                () -> everyRuleIsProved(Who.G, matrix)),
                        dynamicTest("what was found is left for the report", () -> leave(matrix))));
    }

    private static void caught(Finding finding) {
        assertThat(finding.caughtByItsOwn())
                .as("caught by one of the %d cases of %s", finding.judged() + finding.blocked(), finding.rule())
                .isTrue();
        assertThat(finding.errors())
                .as("cases that end in a fault of the suite")
                .isZero();
    }

    private static void everyRuleIsProved(Who who, Matrix matrix) {
        assertThat(Traceability.unproved(Catalogue.load(), CaseIndex.load(), who, matrix.proofs()))
                .isEmpty();
    }

    private static void leave(Matrix matrix) throws IOException {
        String folder = System.getProperty(VerdictPlugin.RUNS_PROPERTY, "");
        if (!folder.isEmpty()) {
            matrix.writeJson(Path.of(folder, RECORD));
        }
    }
}
