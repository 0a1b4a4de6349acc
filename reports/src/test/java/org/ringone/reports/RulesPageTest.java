package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesPageTest {

    private static final RunRecord.Judged JUDGED =
            new RunRecord.Judged("mine", "1.2", "3.1", "32-bit PAE", "ordinary domain");

    private static RunRecord run(RunRecord.Rule... rules) {
        RunRecord.Scenario scenario = new RunRecord.Scenario(
                "a:1", "A scenario", "F", "PT", List.of("PT-02"), List.of("PT-02.a"), "violates", "", 1.5);
        return new RunRecord(
                "0.1.0", JUDGED, List.of(scenario), List.of(rules), "violates", Map.of("violates", 1, "conforms", 0));
    }

    private static RunRecord.Rule rule(String id, String text, List<String> scenarios, String reason) {
        return new RunRecord.Rule(
                id,
                "PT",
                "Title",
                text,
                "H",
                "PAGETABLE SETUP",
                scenarios.isEmpty() ? "not-covered" : "violates",
                reason,
                scenarios,
                null);
    }

    @Test
    void everyRuleHasItsAnchorItsVerdictAndItsScenarios() throws Exception {
        String html = new RulesPage(List.of(run(rule("PT-02", "Refused.", List.of("a:1"), null)))).html();
        assertThat(html)
                .contains("id='PT-02'")
                .contains("class='pill violates'")
                .contains("A scenario")
                .contains("PT-02.a")
                .contains("1 of 1 rules have scenarios");
    }

    @Test
    void anUncoveredRuleShowsItsReason() throws Exception {
        String html = new RulesPage(List.of(run(rule("PT-09", "x", List.of(), "Needs two domains.")))).html();
        assertThat(html).contains("Needs two domains.").contains("class='pill not-covered'");
    }

    @Test
    void whatAHypervisorCallsItselfIsTextAndNotMarkup() throws Exception {
        String html =
                new RulesPage(List.of(run(rule("PT-02", "<script>alert('x')</script>", List.of("a:1"), null)))).html();
        assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void aRecordIsReadBackAndAnythingElseIsRefusedWithItsName(@TempDir Path folder) throws Exception {
        Path good = folder.resolve("good.json");
        Files.writeString(
                good,
                "{\"ringone\":\"1\",\"hypervisor\":{\"name\":\"n\",\"era\":\"3.1\"},\"later\":1,"
                        + "\"rules\":[{\"id\":\"PT-01\",\"area\":\"PT\",\"who\":\"H\",\"scenarios\":[]}]}");
        assertThat(RunRecord.read(good).rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.id()).isEqualTo("PT-01"));
        Path bad = folder.resolve("bad.json");
        Files.writeString(bad, "[1,2");
        assertThatThrownBy(() -> RunRecord.read(bad))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("bad.json");
        assertThatThrownBy(() -> RunRecord.read(folder.resolve("absent.json")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("absent.json");
    }
}
