package org.ringone.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesPageTest {

    private static final Statement.Judged JUDGED =
            new Statement.Judged("mine", "1.2", "3.1", "32-bit PAE", "ordinary domain", List.of());

    private static Statement run(Statement.Rule... rules) {
        Statement.Case one = new Statement.Case(
                "PT-02.a", "A scenario", "f.feature:1", List.of("PT-02"), "violates", 0, "expected x", "y", "Then x");
        return new Statement(
                "0.1.0",
                JUDGED,
                "",
                "2026-11-23T00:00:00Z",
                "violates",
                false,
                Map.of("violates", 1, "conforms", 0),
                List.of(),
                List.of(new Statement.Area("PT", "Page tables")),
                List.of(rules),
                List.of(one));
    }

    private static Statement.Rule rule(String id, String text, List<String> cases, String uncovered) {
        return new Statement.Rule(
                id,
                "PT",
                "Title",
                text,
                "H",
                "PAGETABLE SETUP",
                uncovered,
                cases.isEmpty() ? "not-covered" : "violates",
                cases);
    }

    private static String html(Statement.Rule rule) throws Exception {
        return new RulesPage(new Records(List.of(run(rule)), Optional.empty(), Optional.empty()), ScenarioLinks.none())
                .html();
    }

    @Test
    void everyRuleHasItsAnchorItsVerdictAndItsScenarios() throws Exception {
        String html = html(rule("PT-02", "Refused.", List.of("PT-02.a"), null));
        assertThat(html)
                .contains("id='PT-02'")
                .contains("class='pill violates'")
                .contains("A scenario")
                .contains("PT-02.a")
                .contains("<b>1</b> of 1 rules have cases");
    }

    @Test
    void anUncoveredRuleShowsItsReason() throws Exception {
        String html = html(rule("PT-09", "x", List.of(), "Needs two domains."));
        assertThat(html).contains("Needs two domains.").contains("class='pill not-covered'");
    }

    @Test
    void whatAHypervisorCallsItselfIsTextAndNotMarkup() throws Exception {
        String html = html(rule("PT-02", "<script>alert('x')</script>", List.of("PT-02.a"), null));
        assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    private static MatrixRecord.Defect defect(String rule, Map<String, String> rules, Map<String, String> catching) {
        return new MatrixRecord.Defect(rule, "H", "errs <here>", 3, 0, 0, rules, catching);
    }

    private static String html(MatrixRecord.Defect defect) throws Exception {
        Statement run = run(rule("PT-02", "Refused.", List.of("PT-02.a"), null));
        MatrixRecord matrix = new MatrixRecord("0.1", MatrixRecord.OWN_RULES, List.of(), List.of(defect));
        return new RulesPage(
                        new Records(List.of(run, run), Optional.of(matrix), Optional.empty()), ScenarioLinks.none())
                .html();
    }

    @Test
    void aFaultIsShownWithWhetherItIsCaught() throws Exception {
        assertThat(html(defect("PT-02", Map.of("PT-02", "violates"), Map.of("PT-02.a", "violates"))))
                .contains("<li class=caught>a hypervisor that errs &lt;here&gt; <small>1 case")
                .contains("<b>1</b> of 1 injected faults");
        assertThat(html(defect("PT-02", Map.of("PT-03", "violates"), Map.of("PT-03.a", "violates"))))
                .contains("<li class=missed>")
                .contains("not caught")
                .contains("<b>0</b> of 1 injected faults");
    }

    @Test
    void everyHypervisorHasItsColumnAndWhatItWasSeenToDo() throws Exception {
        String html = html(defect("PT-02", Map.of(), Map.of()));
        assertThat(html.split("<th class=v>mine", -1)).hasSize(3);
        assertThat(html)
                .contains("data-verdicts='violates violates'")
                .contains("where they differ")
                .contains("mine: violates: <span class=seen>y</span>");
    }

    @Test
    void aPageWithoutAnyStatementIsRefused() {
        assertThatThrownBy(() ->
                        new RulesPage(new Records(List.of(), Optional.empty(), Optional.empty()), ScenarioLinks.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRuleWithCasesThatWereNotSelectedWasNotRun() throws Exception {
        Statement.Rule idle =
                new Statement.Rule("PT-03", "PT", "Title", "x", "H", "s", null, "not-covered", List.of("PT-03.a"));
        assertThat(html(idle)).contains("not run</span>").doesNotContain("not covered</span>");
    }
}
