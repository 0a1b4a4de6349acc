package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

    private static final String GOOD = """
            {"format": "ringone-statement", "schema": 1, "suite": "0.1", "selection": "", "started": "now",
             "hypervisor": {"name": "h", "version": "1", "era": "3.1", "host": "64-bit", "privilege": "p", "features": []},
             "worst": "violates", "successful": false, "totals": {"violates": 1}, "problems": ["a problem"], "later": 1,
             "areas": [{"id": "PT", "title": "Page tables"}],
             "rules": [{"id": "PT-01", "area": "PT", "title": "t", "text": "x", "who": "H", "source": "s",
                        "uncovered": null, "verdict": "violates", "cases": ["PT-01.a"]}],
             "cases": [{"id": "PT-01.a", "title": "c", "feature": "f:1", "rules": ["PT-01"], "verdict": "violates",
                        "alternative": 0, "reason": "expected 1 seen 2", "seen": "2", "step": "Then x"}]}
            """;

    @TempDir
    Path folder;

    private Statement read(String text) throws Exception {
        return Statement.read(Files.writeString(folder.resolve("a.json"), text));
    }

    private void refused(String text, String... saying) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("a.json is no conformance statement")
                .hasMessageContainingAll(saying);
    }

    @Test
    void aStatementIsReadAndWhatIsNewInItIsPassedOver() throws Exception {
        Statement statement = read(GOOD);
        assertThat(statement.hypervisor().profile()).isEqualTo("Xen 3.1, 64-bit host, p");
        assertThat(statement.totals()).isEqualTo(Map.of("violates", 1));
        assertThat(statement.problems()).containsExactly("a problem");
        assertThat(statement.verdictOf("PT-01")).isEqualTo("violates");
        assertThat(statement.verdictOf("PT-77")).isEqualTo("not-covered");
        assertThat(statement.caseOf("PT-01.a").orElseThrow().seen()).isEqualTo("2");
        assertThat(statement.caseOf("PT-01.b")).isEmpty();
    }

    /** A file that was cut off anywhere is refused with a message; it never passes for a shorter statement. */
    @Test
    void aFileCutOffAnywhereIsRefused() {
        String whole = GOOD.strip();
        for (int length = 0; length < whole.length(); length++) {
            refused(whole.substring(0, length), ": ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema\": 1|\"schema\": 7|schema 7",
                "\"schema\": 1|\"schema\": \"1\"|schema must be a whole number",
                "ringone-statement|ringone-matrix|its first field",
                "\"worst\": \"violates\"|\"worst\": \"bad\"|worst must be one of",
                "\"verdict\": \"violates\", \"cases\"|\"verdict\": \"\", \"cases\"|rules[0].verdict must be",
                "\"id\": \"PT-01.a\"|\"id\": 5|cases[0].id must be a text, and is 5",
                "\"rules\": [\"PT-01\"]|\"rules\": [null]|cases[0].rules[0] must be a text",
                "\"totals\": {\"violates\": 1}|\"totals\": {\"violates\": -1}|totals.violates must be a whole number",
                "\"totals\": {\"violates\": 1}|\"totals\": {\"foo\": 1}|totals must be an object",
                "\"era\": \"3.1\",||it lacks hypervisor.era",
                "\"features\": []|\"features\": {}|hypervisor.features must be a list",
                "\"problems\": [\"a problem\"]|\"problems\": \"none\"|problems must be a list",
                "\"later\": 1|\"suite\": \"2\"|no JSON",
            })
    void whatIsNotAsItMustBeIsNamedByItsPlace(String right, String wrong, String saying) {
        assertThat(GOOD).contains(right);
        refused(GOOD.replace(right, wrong == null ? "" : wrong), saying);
    }

    @Test
    void aRuleOrACaseTwiceIsRefused() {
        refused(
                GOOD.replace(
                        "\"rules\": [{",
                        "\"rules\": ["
                                + GOOD.substring(
                                        GOOD.indexOf("{\"id\": \"PT-01\""), GOOD.indexOf("}],\n \"cases\"") + 1)
                                + ", {"),
                "rules[1]",
                "not there already");
    }

    @Test
    void whatIsSomethingElseIsRefused() {
        refused("", "first field");
        refused("[1,2", "no JSON");
        refused("[]", "first field");
        refused(GOOD + "{}", "no JSON");
        refused("[".repeat(100_000), "no JSON");
        refused("\u0000\u0001", "no JSON");
        assertThatThrownBy(() -> Statement.read(folder.resolve("absent.json"))).hasMessageContaining("absent.json");
        assertThatThrownBy(() -> Statement.read(folder)).isInstanceOf(ReportException.class);
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        Path huge = folder.resolve("a.json");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(65L << 20);
        }
        assertThatThrownBy(() -> Statement.read(huge)).hasMessageContaining("longer than 64 MiB");
    }

    @Test
    void equalStatementsAreTheSameWhoeverWasJudgedAndWhenever() throws Exception {
        Statement other = read(GOOD.replace("\"now\"", "\"then\"").replace("\"h\"", "\"other\""));
        assertThat(Comparison.of(read(GOOD), other).same()).isTrue();
    }

    @Test
    void anotherVerdictAndAnotherFindingAreDifferences() throws Exception {
        Statement left = read(GOOD);
        Comparison verdict = Comparison.of(left, read(GOOD.replace("\"violates\",", "\"blocked\",")));
        assertThat(verdict.rules())
                .containsExactly(new Comparison.RuleDifference("PT-01", "t", "violates", "blocked", 1, 1));
        assertThat(verdict.asked()).isEqualTo(1);
        assertThat(verdict.cases())
                .containsExactly(new Comparison.CaseDifference(
                        "PT-01.a", "c", List.of("PT-01"), "violates", "blocked", "2", "2", "Then x", "Then x"));
        Comparison finding = Comparison.of(left, read(GOOD.replace("\"seen\": \"2\"", "\"seen\": \"3\"")));
        assertThat(finding.rules())
                .containsExactly(new Comparison.RuleDifference("PT-01", "t", "violates", "violates", 1, 1));
        assertThat(finding.cases())
                .containsExactly(new Comparison.CaseDifference(
                        "PT-01.a", "c", List.of("PT-01"), "violates", "violates", "2", "3", "Then x", "Then x"));
    }

    @Test
    void anotherAlternativeIsADifferenceAndAnotherProfilesReasonIsNot() throws Exception {
        String alternative = GOOD.replace("\"verdict\": \"violates\",", "\"verdict\": \"conforms-by-alternative\",");
        Comparison comparison = Comparison.of(
                read(alternative.replace("\"alternative\": 0", "\"alternative\": 1")),
                read(alternative.replace("\"alternative\": 0", "\"alternative\": 2")));
        assertThat(comparison.cases())
                .singleElement()
                .satisfies(one -> assertThat(one.left() + " " + one.right())
                        .isEqualTo("conforms-by-alternative-1 conforms-by-alternative-2"));
        String never = GOOD.replace("\"verdict\": \"violates\",", "\"verdict\": \"not-applicable\",");
        assertThat(Comparison.of(read(never), read(never.replace("\"seen\": \"2\"", "\"seen\": \"9\"")))
                        .same())
                .isTrue();
    }

    @Test
    void whatOnlyOneWasAskedIsNoDifference() throws Exception {
        Statement empty = read(GOOD.substring(0, GOOD.indexOf("\"cases\": [{\"id\"")) + "\"cases\": []}");
        Comparison notRun = Comparison.of(empty, read(GOOD));
        assertThat(notRun.same()).isTrue();
        assertThat(notRun.asked()).isZero();
        assertThat(notRun.rulesAlike()).isZero();
        assertThat(notRun.rulesNotAsked()).isEqualTo(1);
        assertThat(notRun.notAsked()).containsExactly(new Comparison.NotAsked("PT-01.a", "not-run", "violates", ""));
        String never = GOOD.replace("\"verdict\": \"violates\",", "\"verdict\": \"no-oracle\",");
        Comparison noOracle = Comparison.of(read(GOOD), read(never));
        assertThat(noOracle.same()).isTrue();
        assertThat(noOracle.notAsked())
                .singleElement()
                .satisfies(one -> assertThat(one.right()).isEqualTo("no-oracle"));
    }
}
