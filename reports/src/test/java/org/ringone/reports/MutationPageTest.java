package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationPageTest {

    private static String mutation(String status, String method, int line) {
        return "<mutation detected='" + status.equals("KILLED") + "' status='" + status
                + "'><mutatedClass>org.x.Checks</mutatedClass><mutatedMethod>" + method + "</mutatedMethod><lineNumber>"
                + line
                + "</lineNumber><mutator>org.pitest.mutators.MathMutator</mutator><indexes><index>5</index></indexes>"
                + "<description>swapped &lt;&lt;</description></mutation>";
    }

    @TempDir
    Path folder;

    private Mutants read(String reasons, String... mutations) throws Exception {
        Path xml = Files.writeString(
                folder.resolve("mutations.xml"), "<mutations>" + String.join("\n", mutations) + "</mutations>");
        return Mutants.read(xml, Files.writeString(folder.resolve("reasons.txt"), reasons));
    }

    @Test
    void theScoreAndEachSurvivorWithItsReasonAreShown() throws Exception {
        Mutants mutants = read(
                "# reasons\n\nChecks.check Math 1: the same either way\n",
                mutation("KILLED", "check", 3),
                mutation("SURVIVED", "check", 4));
        assertThat(mutants.problems()).isEmpty();
        assertThat(new MutationPage(mutants).html())
                .contains("<b>1</b> of <b>2</b>")
                .contains("50 %")
                .contains("swapped &lt;&lt;")
                .contains("the same either way");
    }

    @Test
    void aSurvivorWithoutAReasonIsAProblem() throws Exception {
        Mutants mutants = read(
                "Checks.check Math 1: the same\n",
                mutation("SURVIVED", "check", 4),
                mutation("NO_COVERAGE", "check", 9),
                mutation("SURVIVED", "other", 20));
        assertThat(mutants.problems())
                .containsExactly(
                        "Checks.check Math: 2 survive, 1 are explained (lines [4, 9])",
                        "Checks.other Math: 1 survive, 0 are explained (lines [20])");
        assertThat(new MutationPage(mutants).html()).contains("not explained");
    }

    @Test
    void aReasonThatExplainsNothingIsAProblem() throws Exception {
        assertThat(read("Checks.check Math 1: the same\n", mutation("KILLED", "check", 4))
                        .problems())
                .containsExactly("Checks.check Math: 1 are explained, and only 0 survive");
    }

    @Test
    void whatIsNoReasonIsNamedByItsLine() {
        assertThatThrownBy(() -> read("Checks.check: why\n")).hasMessageContaining("reasons.txt:1");
        assertThatThrownBy(() -> read("A.a Math 1: x\nA.a Math 2: y\n")).hasMessageContaining("reasons.txt:2");
        assertThatThrownBy(() -> read("", "<mutation")).isInstanceOf(ReportException.class);
    }

    @Test
    void aRunOfPitEndsWellOnlyWhenEverySurvivorIsExplained() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said);
        assertThat(SurvivorsCheck.run(folder, out)).isEqualTo(2);
        Path xml = Files.createDirectories(folder.resolve("target/mutation")).resolve("mutations.xml");
        Files.writeString(xml, "<mutations>" + mutation("SURVIVED", "check", 4) + "</mutations>");
        Path reasons = Files.createDirectories(folder.resolve("reference-hv/src/test/mutation"))
                .resolve("survivors.txt");
        Files.writeString(reasons, "");
        assertThat(SurvivorsCheck.run(folder, out)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("0 are explained");
        Files.writeString(reasons, "Checks.check Math 1: the same\n");
        assertThat(SurvivorsCheck.run(folder, out)).isZero();
        assertThat(folder.resolve("target/mutation/mutation.html")).isNotEmptyFile();
    }
}
