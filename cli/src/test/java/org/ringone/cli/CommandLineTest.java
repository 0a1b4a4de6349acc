package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.reports.MatrixRecord;
import org.ringone.reports.Statement;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;
import org.ringone.suite.verdict.Verdict;

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
        assertThat(said.err())
                .contains("compare")
                .contains("matrix")
                .contains("rules")
                .contains("--help");
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
    void oneHypervisorIsJudgedAtATime() {
        assertThat(run("--hypervisor-command", "sh {image}", "--hypervisor", "reference"))
                .satisfies(said -> {
                    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
                    assertThat(said.err())
                            .contains("--hypervisor reference and --hypervisor-command", "give one of them");
                });
        assertThat(run("--hypervisor-command", "sh --kernel")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("no {image} in 'sh --kernel'");
        });
    }

    @Test
    void aXenThatCannotBeHadIsSaidAtOnce() {
        assertThat(run("--hypervisor", "xen-qemu")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("xen-qemu needs a Xen: --xen PATH, or xen-qemu:PATH");
        });
        assertThat(run("--hypervisor", "xen-bochs", "--xen", "/no/such/xen.gz")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("there is no Xen at /no/such/xen.gz");
        });
        assertThat(run("--hypervisor", "reference", "--xen", "/xen")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("--xen goes with --hypervisor xen-qemu", "not with reference");
        });
    }

    /** A shell variable that is not set must not judge the reference instead. */
    @Test
    void anEmptyCommandIsNoHypervisor() {
        for (String option : new String[] {"--hypervisor-command", "--server"}) {
            assertThat(run(option, "", "--tags", "@PT-02.a")).satisfies(said -> {
                assertThat(said.code()).isEqualTo(ExitCode.USAGE);
                assertThat(said.err()).contains("empty", "it looks like");
            });
        }
    }

    @Test
    void aProgramThatBootsNothingIsToldHowFarTheProbeCame() {
        Said said = run("--tags", "@PT-02.a or @BOOT-02.a", "--hypervisor-command", "sh -c 'exit 3' {image}");
        assertThat(said.code()).isEqualTo(ExitCode.HYPERVISOR_FAILED);
        assertThat(said.out())
                .contains("sh unknown: Xen 3.1, 32-bit PAE host, ordinary domain")
                .contains("ended with status 3")
                .contains("the probe came up to stage 0 of 4");
    }

    @Test
    void theCatalogueIsListedWithItsCoverage() {
        Said said = ringone("rules");
        assertThat(said.code()).isEqualTo(ExitCode.OK);
        assertThat(said.out())
                .contains("PT-02")
                .contains("SAFE-04")
                .containsPattern("\\d+ of 138 rules have scenarios");
    }

    @Test
    void oneRuleIsTold() {
        assertThat(ringone("rules", "pt-02").out()).contains("the hypervisor").contains("PT-02.a");
    }

    @Test
    void everyRuleShowsItsScenariosOrSaysWhyItHasNone() {
        for (Rule rule : Catalogue.load().rules()) {
            String told = ringone("rules", rule.id()).out();
            if (rule.reasonForNoScenario().isPresent()) {
                assertThat(told).contains("Scenarios: none.").doesNotContain("No reason is given");
            } else {
                assertThat(told).contains(rule.id() + ".");
            }
        }
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
        Statement record = Statement.read(json);
        assertThat(record.hypervisor().name()).isEqualTo("reference");
        assertThat(record.cases()).isNotEmpty().allSatisfy(scenario -> {
            assertThat(scenario.rules()).contains("BOOT-07");
            assertThat(scenario.verdict()).isEqualTo("conforms");
        });
        assertThat(record.rules()).hasSizeGreaterThanOrEqualTo(125);
    }

    @Test
    void aViolationEndsWithOneAndSaysWhatWasSeen() {
        Said said = run("--hypervisor", "faulty:PT-02", "--tags", "@PT-02");
        assertThat(said.code()).isEqualTo(ExitCode.VIOLATES);
        assertThat(said.out()).contains("violates: PT-02.").contains("expected").contains("Worst verdict: violates");
    }

    @Test
    void everyVerdictThatTheSuiteGivesIsKnownToTheReports() {
        assertThat(Statement.VERDICTS)
                .containsExactlyElementsOf(
                        Arrays.stream(Verdict.values()).map(Verdict::word).toList());
    }

    @Test
    void twoRunsThatSawTheSameSayTheSameInParallelToo() throws Exception {
        Path one = folder.resolve("one.json");
        Path other = folder.resolve("other.json");
        run("--tags", "@PT-02 or @MC", "--parallel", "1", "--json", one.toString());
        run("--tags", "@PT-02 or @MC", "--parallel", "2", "--json", other.toString());
        String started = "\"started\" : \"[^\"]*\"";
        assertThat(Files.readString(other).replaceFirst(started, ""))
                .isEqualTo(Files.readString(one).replaceFirst(started, ""));
        Said said = ringone("compare", one.toString(), other.toString());
        assertThat(said.code()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("A  reference").contains("Both found the same");
    }

    @Test
    void statementsThatDifferAreShownRuleByRuleAndCaseByCase() {
        Path good = folder.resolve("good.json");
        Path bad = folder.resolve("bad.json");
        run("--tags", "@PT-02 or @PT-09", "--json", good.toString());
        run("--tags", "@PT-02 or @PT-09", "--json", bad.toString(), "--hypervisor", "faulty:PT-02");
        Said said = ringone("compare", good.toString(), bad.toString());
        assertThat(said.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(said.out())
                .containsPattern("PT-02 +conforms +violates +\\d+ of \\d+ +No writable")
                .containsPattern("PT-02\\.[a-z]+ ")
                .contains("A  conforms")
                .containsPattern("B  violates, at the step \"Then .*\"")
                .doesNotContain("PT-09.");
    }

    @Test
    void hypervisorsAreComparedAsTheyAre() {
        Said same = ringone("compare", "reference", "reference-initial", "--tags", "@MC-01");
        assertThat(same.code()).as(same.out()).isEqualTo(ExitCode.OK);
        assertThat(same.out())
                .contains("A  reference 0")
                .contains("B  reference-initial")
                .contains("selected by @MC-01");
        Said differ = ringone("compare", "reference", "faulty:PT-11", "--tags", "@PT-11");
        assertThat(differ.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(differ.out()).containsPattern("PT-11 +conforms +violates");
        assertThat(ringone("compare", "reference", "nobody", "--tags", "@PT-11"))
                .satisfies(said -> {
                    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
                    assertThat(said.err()).contains("'nobody' is no file").contains("reference-initial");
                });
        assertThat(ringone("compare", "reference", "reference", "--tags", "@NO").err())
                .contains("select no scenario");
    }

    @Test
    void whatIsNoStatementIsRefused() throws Exception {
        Path good = folder.resolve("good.json");
        run("--tags", "@BOOT-07", "--json", good.toString());
        String text = Files.readString(good);
        Path cut = Files.writeString(folder.resolve("cut.json"), text.substring(0, text.length() / 2));
        Path newer = Files.writeString(folder.resolve("new.json"), text.replace("\"schema\" : 1", "\"schema\" : 2"));
        assertThat(ringone("compare", good.toString(), cut.toString())).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("cut.json").contains("cut off");
        });
        assertThat(ringone("compare", newer.toString(), good.toString()).err())
                .contains("new.json")
                .contains("schema 2");
        assertThat(ringone("compare", good.toString(), "/no/such.json").err()).contains("no file /no/such.json");
        assertThat(ringone("compare", good.toString()).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void buildServersGetTheirXml() throws Exception {
        Path xml = folder.resolve("junit.xml");
        run("--hypervisor", "faulty:PT-02", "--tags", "@PT-02", "--junit", xml.toString());
        assertThat(Files.readString(xml))
                .contains("<testsuite name=\"PT-02\"")
                .contains("<failure message=\"violates: ");
    }

    @Test
    void anOwnListOfDeviationsIsObeyed() throws Exception {
        Path json = folder.resolve("run.json");
        run("--hypervisor", "faulty:PT-11", "--tags", "@PT-11", "--json", json.toString());
        String seen = Statement.read(json).cases().stream()
                .filter(one -> one.verdict().equals("violates"))
                .findFirst()
                .orElseThrow()
                .seen()
                .lines()
                .findFirst()
                .orElseThrow();
        String rest = "', reason: ours, since: 2026-11-01, review: 2027-11-01}\n";
        Path list = folder.resolve("mine.yaml");
        Files.writeString(list, "- {rule: PT-11, seen: '" + seen.replace("'", "''") + rest);
        Said listed = run("--hypervisor", "faulty:PT-11", "--tags", "@PT-11", "--deviations", list.toString());
        assertThat(listed.out()).as(listed.out()).contains("Worst verdict: known deviation");
        assertThat(listed.code()).isEqualTo(ExitCode.OK);
        Said pass = run("--tags", "@PT-11", "--deviations", list.toString());
        assertThat(pass.code()).isEqualTo(ExitCode.UNEXPECTED_PASS);
        assertThat(pass.out()).contains("PT-11").contains("matches nothing");
        Files.writeString(list, "- {case: PT-77.a, seen: 'x" + rest);
        assertThat(run("--tags", "@PT-11", "--deviations", list.toString()).code())
                .isEqualTo(ExitCode.UNEXPECTED_PASS);
        Files.writeString(list, "- {case: PT-11.a, seen: 'x" + rest);
        assertThat(run("--tags", "@PT-11", "--deviations", list.toString()).out())
                .contains("unexpected pass: PT-11.a");
        Files.writeString(list, "rules: none");
        assertThat(run("--deviations", list.toString())).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("mine.yaml is no list of deviations");
        });
    }

    private Said matrix(String... more) {
        List<String> arguments = new ArrayList<>(List.of("matrix", "--report", folder.toString()));
        arguments.addAll(List.of(more));
        return ringone(arguments.toArray(new String[0]));
    }

    @Test
    void theMatrixHoldsFaultsAgainstCasesAndLeavesItsPage() throws Exception {
        Path file = folder.resolve("m.json");
        Said said = matrix("--faults", "pt-11,MC", "--tags", "@PT-11 or @MC", "-o", file.toString());
        assertThat(said.code()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("are caught by the cases of the rule that they break");
        MatrixRecord matrix = MatrixRecord.read(file);
        assertThat(matrix.selection()).isEqualTo("@PT-11 or @MC");
        assertThat(matrix.defects()).extracting(MatrixRecord.Defect::rule).contains("PT-11", "MC-01");
        assertThat(folder.resolve("report/matrix.html")).content().contains("PT-11 catches a hypervisor that");
        assertThat(folder.resolve("report/rules.html")).content().contains("matrix.html");
    }

    @Test
    void aFaultThatItsOwnCasesAreNotAskedAboutIsNotCaught() {
        Said said = matrix("--faults", "PT-11", "--tags", "@BOOT-07");
        assertThat(said.code()).isEqualTo(ExitCode.VIOLATES);
        assertThat(said.out()).contains("not caught by PT-11: ").contains("nor by any other");
    }

    @Test
    void aMatrixOfNothingIsRefused() {
        assertThat(matrix("--faults", "PT-99").err()).contains("PT-99").contains("PT-02");
        assertThat(matrix("--faults", "PT-11", "--tags", "@NOPE").code()).isEqualTo(ExitCode.USAGE);
        assertThat(matrix("--parallel", "0").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aScenarioIsExportedAsAnImage() {
        Path image = folder.resolve("image.elf");
        Said said = ringone("export", "PRIV-01.a", "-o", image.toString());
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("PRIV-01.a", "ringone boot " + image, "For a debugger");
        assertThat(image).isNotEmptyFile();
    }

    @Test
    void whatCannotBeExportedSaysWhy() {
        Path image = folder.resolve("image.elf");
        refused("There are PT-02.a", "export", "PT-02.zz", "-o", image.toString());
        refused("ringone rules", "export", "../..", "-o", image.toString());
        refused("it closes its domain", "export", "BOOT-19.as", "-o", image.toString());
        assertThat(image).doesNotExist();
        refused(
                "there is no such file or folder",
                "export",
                "PRIV-01.a",
                "-o",
                folder.resolve("none/image.elf").toString());
    }

    private static void refused(String why, String... arguments) {
        Said said = ringone(arguments);
        assertThat(said.code()).isEqualTo(64);
        assertThat(said.err()).contains(why);
    }
}
