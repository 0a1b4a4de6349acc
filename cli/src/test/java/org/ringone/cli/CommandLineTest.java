package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.reports.RunRecord;

class CommandLineTest {

    @TempDir
    Path folder;

    /** What a command line came to. */
    private record Said(int code, String out, String err) {}

    private static Said ringone(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Ringone.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        Said said = new Said(code, out.toString(), err.toString());
        assertThat(said.out() + said.err()).doesNotContain("\tat ").doesNotContain("Exception");
        return said;
    }

    private Said run(String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "run";
        arguments[1] = "--no-report";
        arguments[2] = "--report";
        arguments[3] = folder.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return ringone(arguments);
    }

    @Test
    void nothingAskedForIsAnsweredByWhatThereIs() {
        Said said = ringone();
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("run or rules").contains("--help");
    }

    @Test
    void anUnknownCommandAndAnUnknownOptionAreNamed() {
        assertThat(ringone("jump")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("jump");
        });
        assertThat(ringone("run", "--sideways")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("--sideways").contains("ringone run --help");
        });
    }

    @Test
    void theCatalogueIsListedWithItsCoverage() {
        Said said = ringone("rules");
        assertThat(said.code()).isEqualTo(ExitCode.OK);
        assertThat(said.out())
                .contains("PT-02")
                .contains("SAFE-04")
                .containsPattern("\\d+ of 125 rules have scenarios");
    }

    @Test
    void oneRuleIsTold() {
        assertThat(ringone("rules", "pt-02").out()).contains("the hypervisor").contains("PT-02.a");
    }

    @Test
    void aRuleWithoutScenariosSaysWhy() {
        assertThat(ringone("rules", "SAFE-04").out())
                .contains("Scenarios: none.")
                .doesNotContain("No reason is given");
    }

    @Test
    void anAreaIsListed() {
        assertThat(ringone("rules", "EVT").out()).contains("EVT-08").doesNotContain("PT-01");
    }

    @Test
    void anUnknownRuleIsAnsweredByThoseThereAre() {
        Said area = ringone("rules", "XX-99");
        assertThat(area.code()).isEqualTo(ExitCode.USAGE);
        assertThat(area.err()).contains("XX-99").contains("BOOT, PT, PRIV");
        assertThat(ringone("rules", "PT-99").err()).contains("from PT-01 to PT-26");
    }

    @Test
    void anUnknownHypervisorIsAnsweredByThoseThereAre() {
        Said said = run("--hypervisor", "nobody");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("nobody").contains("reference, reference-initial");
        assertThat(run("--hypervisor", "faulty:PT-99").err()).contains("PT-99").contains("PT-02");
    }

    @Test
    void aBadTagExpressionIsExplained() {
        Said said = run("--tags", "@PT-02 or (");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("@PT-02 or (").contains("Examples");
        assertThat(run("--tags", "@NOPE-01").err()).contains("select no scenario");
    }

    @Test
    void numbersAndPlacesThatCannotBeAreRefused() throws Exception {
        assertThat(run("--parallel", "0").err()).contains("at least 1");
        assertThat(run("--parallel", "two").code()).isEqualTo(ExitCode.USAGE);
        Path file = Files.writeString(folder.resolve("file"), "");
        Said said = run("--tags", "@BOOT-07", "--json", file.resolve("below").toString());
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("cannot be written");
    }

    @Test
    void aConformingRunEndsWithZeroAndLeavesItsRecord() throws Exception {
        Path json = folder.resolve("run.json");
        Said said = run("--tags", "@BOOT-07", "--json", json.toString());
        assertThat(said.code()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("BOOT").contains("Worst verdict: conforms");
        RunRecord record = RunRecord.read(json);
        assertThat(record.hypervisor().name()).isEqualTo("reference");
        assertThat(record.scenarios()).isNotEmpty().allSatisfy(scenario -> {
            assertThat(scenario.rules()).contains("BOOT-07");
            assertThat(scenario.verdict()).isEqualTo("conforms");
        });
        assertThat(record.rules()).hasSize(125);
    }

    @Test
    void aViolationEndsWithOneAndSaysWhatWasSeen() {
        Said said = run("--hypervisor", "faulty:PT-02", "--tags", "@PT-02");
        assertThat(said.code()).isEqualTo(ExitCode.VIOLATES);
        assertThat(said.out()).contains("violates: PT-02.").contains("expected").contains("Worst verdict: violates");
    }
}
