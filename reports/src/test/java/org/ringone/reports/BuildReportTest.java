package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildReportTest {

    @TempDir
    Path root;

    private void surefire(String module, String xml) throws Exception {
        Path folder = Files.createDirectories(root.resolve(module).resolve("target/surefire-reports"));
        Files.writeString(folder.resolve("TEST-a.xml"), xml);
    }

    @Test
    void resultsOfAllModulesAreAddedUp() throws Exception {
        surefire(
                "one",
                "<testsuite><testcase classname='A' name='x'/><testcase classname='A' name='y'><failure/></testcase>"
                        + "</testsuite>");
        surefire(
                "two",
                "<testsuite><testcase classname='B' name='z'><skipped/></testcase>"
                        + "<testcase classname='B' name='w'><error/></testcase></testsuite>");
        assertThat(SurefireResults.of(root)).isEqualTo(new SurefireResults(4, 1, List.of("A: y", "B: w")));
    }

    @Test
    void aReportOfNothingIsRefused() {
        assertThatThrownBy(() -> new AllureReport(root).generate(root.resolve("none"), root.resolve("out"), List.of()))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("no Allure results");
    }

    @Test
    void resultsWithoutTheGeneratorSayWhatToDo() throws Exception {
        Path results = Files.createDirectories(root.resolve("target/allure-results"));
        Files.writeString(results.resolve("a-result.json"), "{}");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = new BuildReport(root, new AllureReport(root.resolve("nowhere")), 1, new PrintStream(said)).run();
        assertThat(code).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("./mvnw package");
    }

    @Test
    void theReportIsMadeEvenWhenTestsFailAndThenTheBuildFails() throws Exception {
        assertThat(run("<testsuite><testcase classname='A' name='y'><failure/></testcase></testsuite>", 1))
                .isEqualTo(1);
        assertThat(root.resolve("target/report/index.html")).isNotEmptyFile();
    }

    @Test
    void tooFewTestsFailTheBuild() throws Exception {
        String one = "<testsuite><testcase classname='A' name='y'/></testsuite>";
        assertThat(run(one, 2)).isEqualTo(1);
        assertThat(run(one, 1)).isZero();
    }

    private int run(String xml, int fewestTests) throws Exception {
        surefire("one", xml);
        Path results = Files.createDirectories(root.resolve("target/allure-results"));
        Files.writeString(
                results.resolve("a-result.json"),
                "{\"uuid\":\"a\",\"name\":\"n\",\"status\":\"passed\",\"stage\":\"finished\",\"start\":1,\"stop\":2}");
        AllureReport allure = new AllureReport(Path.of(System.getProperty("ringone.allure.home")));
        return new BuildReport(root, allure, fewestTests, new PrintStream(new ByteArrayOutputStream())).run();
    }
}
