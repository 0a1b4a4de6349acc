package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hypervisors compared, as somebody at a terminal has it. */
class CompareCommandTest {

    @TempDir
    private Path folder;

    private record Said(int code, String out, String err) {}

    private static Said ringone(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Ringone.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private static Said compare(String a, String b, String tags, String... more) {
        List<String> arguments = new ArrayList<>(List.of("compare", a, b, "--tags", tags));
        arguments.addAll(List.of(more));
        return ringone(arguments.toArray(new String[0]));
    }

    private JsonNode json(String a, String b, String tags, String... more) throws Exception {
        Path file = folder.resolve("comparison.json");
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--json", file.toString()));
        compare(a, b, tags, arguments.toArray(new String[0]));
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void theStepInWhichTheyPartStandsSideBySide() {
        Said said = compare("reference", "faulty:PT-11", "@PT-11");
        assertThat(said.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(said.out())
                .contains("Rules: 0 the same, 1 differ, 137 not asked of both")
                .contains("Cases: 6 the same, 4 differ")
                .containsPattern("PT-11 +conforms +violates +4 of 10 +Without the assist")
                .contains("after 2 steps that were the same, \"When the guest runs in ring 1")
                .contains("here: mov [esi], eax")
                .containsPattern("A  ended by the last of\\s+#PF\\(0x3\\)")
                .containsPattern("B  completed, mask 1, eax 0")
                .contains("    A  conforms")
                .containsPattern("    B  violates, at the step \"Then it faults with #PF\\(3\\) at \"here\"\"");
        assertThat(said.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        Said wide = compare("reference", "faulty:PT-11", "@PT-11.a", "--width", "150");
        assertThat(wide.out()).containsPattern("A  ended by the last of +\\| B  completed, mask 1");
    }

    @Test
    void scriptsGetItAllAndPeopleALimit() throws Exception {
        Said said = compare("reference", "faulty:PT-11", "@PT-11", "--limit", "1");
        assertThat(said.out())
                .contains("PT-11.a  with")
                .contains("... and 3 more")
                .doesNotContain("PT-11.b  with");
        assertThat(said.out()).containsPattern("PT-11\\.b,\\s+PT-11\\.c,\\s+PT-11\\.i");
        JsonNode all = json("reference", "faulty:PT-11", "@PT-11", "--limit", "1");
        assertThat(all.get("format").asText()).isEqualTo("ringone-comparison");
        assertThat(all.get("same").asBoolean()).isFalse();
        assertThat(all.get("asked").asInt()).isEqualTo(10);
        assertThat(all.get("rules")).singleElement().satisfies(rule -> {
            assertThat(rule.get("id").asText()).isEqualTo("PT-11");
            assertThat(rule.get("differing").asInt()).isEqualTo(4);
        });
        assertThat(all.get("cases")).hasSize(4).allSatisfy(one -> {
            assertThat(one.get("b").get("verdict").asText()).isEqualTo("violates");
            assertThat(one.get("parting").get("a").get("answered").asText()).contains("#PF(0x3)");
            assertThat(one.get("parting").get("b").get("answered").asText()).startsWith("completed");
        });
    }

    @Test
    void theSameFindingsGiveTheSameBytes() throws Exception {
        Path file = folder.resolve("comparison.json");
        json("reference", "faulty:MC-04", "@MC", "--parallel", "1");
        byte[] once = Files.readAllBytes(file);
        json("reference", "faulty:MC-04", "@MC", "--parallel", "2");
        assertThat(Files.readAllBytes(file)).isEqualTo(once);
    }

    @Test
    void statementsKnowTheStepButNotWhatWasSeen() throws Exception {
        Path good = folder.resolve("good.json");
        ringone("run", "--no-report", "--tags", "@PT-11", "--json", good.toString());
        Said said = compare(good.toString(), "faulty:PT-11", "@PT-11");
        assertThat(said.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(said.out())
                .contains("A  reference 0", "4 cases differ", "B  violates, at the step \"Then it faults")
                .doesNotContain("steps that were the same", "--values");
    }

    @Test
    void whatOnlyOneIsAskedIsNoDifference() {
        Said said = compare("reference", "reference-initial", "@EVT-11.jb or @EVT-11.jf or @MC-01");
        assertThat(said.code()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(said.out())
                .contains("Both found the same")
                .contains("2 asked of one only, which is no difference")
                .contains("not applicable on A: EVT-11.jf")
                .contains("not applicable on B: EVT-11.jb");
        Said nothing = compare("reference", "reference-initial", "@EVT-11.jb");
        assertThat(nothing.code()).isEqualTo(ExitCode.TOO_LITTLE);
        assertThat(nothing.out()).contains("There is no case that both were asked");
    }

    /** The guests see the very same, hidden values and all. */
    @Test
    void theReferenceIsItselfThroughAProcess() throws Exception {
        String served = "server:'" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -Xss2m -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path") + "' "
                + Ringone.class.getName() + " serve";
        JsonNode found = json("reference", served, "@PT-02 or @SEG-05 or @EVT-04");
        assertThat(found.get("same").asBoolean()).isTrue();
        assertThat(found.get("asked").asInt()).isGreaterThan(60);
        assertThat(found.get("values")).isEmpty();
    }

    @Test
    void differentValuesBehindTheSameVerdictAreToldApart() throws Exception {
        JsonNode found = json("reference", "reference-initial", "@MC-07");
        assertThat(found.get("same").asBoolean()).isTrue();
        assertThat(found.get("values")).isNotEmpty();
        Said brief = compare("reference", "reference-initial", "@MC-07");
        assertThat(brief.code()).isEqualTo(ExitCode.OK);
        assertThat(brief.out())
                .contains("came to the same verdict although the guests saw different values")
                .contains("--values shows what they saw")
                .doesNotContain("differing: ");
        assertThat(compare("reference", "reference-initial", "@MC-07", "--values", "--limit", "2")
                        .out())
                .contains("differing: eax ")
                .containsPattern("\\.\\.\\. and \\d+ more");
    }

    @Test
    void aHypervisorThatDiesHasFailedAndIsComparedAllTheSame() {
        Said said = compare("reference", "command:sh -c 'exit 3' {image}", "@PT-02.a");
        assertThat(said.code()).isEqualTo(ExitCode.HYPERVISOR_FAILED);
        assertThat(said.out())
                .containsPattern("PT-02 +conforms +hypervisor failed +1 of 1")
                .contains("ended with status 3");
    }

    @Test
    void whatIsWrongOnTheLineIsSaid() {
        assertThat(compare("reference", "faulty:PT-02.99", "@PT-02").err()).contains("of PT-02 there are");
        assertThat(compare("reference", "command:", "@PT-02").code()).isEqualTo(ExitCode.USAGE);
        assertThat(compare("reference", "plug-in:/no/such", "@PT-02").code()).isEqualTo(ExitCode.USAGE);
        assertThat(compare("reference", "xen-qemu:/no/such/xen", "@PT-02").err())
                .contains("there is no Xen at");
        assertThat(compare("reference", "reference", "@PT-02", "--limit", "-1").err())
                .contains("at least 0");
        assertThat(compare(
                        "reference",
                        "reference",
                        "@MC-01",
                        "--json",
                        folder.resolve("no/x").toString()))
                .satisfies(said -> {
                    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
                    assertThat(said.err()).contains("there is no such file or folder");
                });
    }
}
