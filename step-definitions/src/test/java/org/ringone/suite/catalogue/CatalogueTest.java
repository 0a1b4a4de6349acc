package org.ringone.suite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final String RULE = """
            areas:
              - id: PT
                title: Page tables
                source: PAGETABLE SETUP
                rules:
                  - {id: PT-01, title: one, who: H, rule: it holds, compared: bytes}
            """;

    private static Catalogue read(String yaml) throws IOException {
        return Catalogue.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static final String FEATURE = """
            Feature: f
              @PT-01
              Rule: r
                Scenario Outline: <case> does
                  Given x
                  Examples:
                    | case    |
                    | PT-01.a |
                    | PT-01.b |
            """;

    private static CaseIndex index(String feature) {
        return CaseIndex.of(CaseIndex.read("f.feature", feature.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyRuleOfTheProductIsJudgedOrSaysWhyNot() {
        assertThat(Traceability.problems(Catalogue.load(), CaseIndex.load())).isEmpty();
    }

    @Test
    void theCatalogueIsWhole() {
        assertThat(Catalogue.load().rules()).hasSize(125);
        assertThat(Catalogue.load().areas())
                .extracting(Area::id)
                .containsExactly("BOOT", "PT", "PRIV", "SEG", "TRAP", "EVT", "UPC", "MC", "TLB", "SAFE");
    }

    @Test
    void aRuleTakesTheSourceOfItsArea() throws IOException {
        assertThat(read(RULE).rule("PT-01").orElseThrow().source()).isEqualTo("PAGETABLE SETUP");
    }

    @Test
    void anIdTwiceIsRefused() {
        String line = RULE.lines().toList().get(5);
        assertThatThrownBy(() -> read(RULE + line + "\n"))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("PT-01 is there twice");
    }

    @Test
    void anIdOfAnotherAreaIsRefused() {
        assertThatThrownBy(() -> read(RULE.replace("PT-01", "SEG-01")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("'SEG-01' is no rule id of area PT");
    }

    @Test
    void anUnknownFieldIsRefused() {
        assertThatThrownBy(() -> read(RULE.replace("compared:", "compares:")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("compares");
    }

    @Test
    void aRuleWithoutScenarioAndReasonIsAProblem() throws IOException {
        assertThat(Traceability.problems(read(RULE), CaseIndex.of(List.of())))
                .singleElement()
                .asString()
                .contains("PT-01 has no scenario");
    }

    @Test
    void aReasonBesideScenariosIsAProblem() throws IOException {
        String excused = RULE.replace("compared: bytes", "compared: bytes, uncovered: later");
        assertThat(Traceability.problems(read(excused), index(FEATURE)))
                .singleElement()
                .asString()
                .contains("out of date");
        assertThat(Traceability.problems(read(excused), CaseIndex.of(List.of())))
                .isEmpty();
    }

    @Test
    void aScenarioOfAnUnknownRuleIsAProblem() throws IOException {
        assertThat(Traceability.problems(read(RULE), index(FEATURE.replace("@PT-01", "@PT-01 @PT-77"))))
                .hasSize(2)
                .allSatisfy(p -> assertThat(p).contains("names the rule PT-77"));
    }

    @Test
    void rowsOfAnOutlineAreCasesOfTheirOwn() {
        assertThat(index(FEATURE).cases())
                .extracting(Case::id, Case::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("PT-01.a", 8),
                        org.assertj.core.groups.Tuple.tuple("PT-01.b", 9));
    }

    @Test
    void aCaseIdTwiceIsRefusedWithBothPlaces() {
        assertThatThrownBy(() -> index(FEATURE.replace("PT-01.b", "PT-01.a")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("f.feature:8")
                .hasMessageContaining("f.feature:9");
    }

    @Test
    void aScenarioWithoutItsRulesTagIsRefused() {
        assertThatThrownBy(() -> index(FEATURE.replace("@PT-01", "@PT-02")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("must start with its case id");
    }

    @Test
    void aFeatureThatDoesNotParseIsRefusedWithThePlace() {
        assertThatThrownBy(() -> index(FEATURE + "        | PT-01.c | x |\n"))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("f.feature");
    }
}
