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
        assertThat(Catalogue.load().rules()).hasSize(138);
        assertThat(Catalogue.load().areas())
                .extracting(Area::id)
                .containsExactly("BOOT", "PT", "PRIV", "SEG", "TRAP", "EVT", "UPC", "MC", "TLB", "SAFE", "GNT", "XS");
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

    private static List<String> unproved(String catalogue, Who who, Proof... proofs) throws IOException {
        return Traceability.unproved(read(catalogue), index(FEATURE), who, List.of(proofs));
    }

    @Test
    void aRuleOfTheHypervisorWithoutAFaultIsAProblem() throws IOException {
        assertThat(unproved(RULE, Who.H))
                .containsExactly("PT-01 has cases, but no injected fault shows that they can fail");
        assertThat(unproved(RULE, Who.H, new Proof("PT-01", Who.H, "errs", true)))
                .isEmpty();
        assertThat(unproved(RULE, Who.H, new Proof("PT-01", Who.G, "errs", true)))
                .hasSize(1);
    }

    @Test
    void aFaultThatItsRulesOwnCasesDoNotCatchIsAProblem() throws IOException {
        assertThat(unproved(
                        RULE,
                        Who.H,
                        new Proof("PT-01", Who.H, "errs", true),
                        new Proof("PT-01", Who.H, "errs unseen", false)))
                .containsExactly("no case of PT-01 catches the injected fault that errs unseen");
    }

    @Test
    void aRuleOfGuestsWithoutAWrongGuestThatIsCaughtIsAProblem() throws IOException {
        String guests = RULE.replace("who: H", "who: G");
        assertThat(unproved(guests, Who.H)).isEmpty();
        assertThat(unproved(guests, Who.G))
                .containsExactly("PT-01 has cases, but no wrong guest shows that they can fail");
        assertThat(unproved(guests, Who.G, new Proof("PT-01", Who.G, "does not look", false)))
                .containsExactly("no case of PT-01 catches the wrong guest that does not look");
        assertThat(unproved(guests, Who.G, new Proof("PT-01", Who.G, "does not look", true)))
                .isEmpty();
    }

    @Test
    void aFaultOfNoRuleOrOfTheWrongSideIsAProblem() throws IOException {
        Proof good = new Proof("PT-01", Who.H, "errs", true);
        assertThat(unproved(RULE, Who.H, good, new Proof("PT-77", Who.H, "errs", true)))
                .containsExactly("the injected fault that errs breaks PT-77, which is no rule of the hypervisor");
        assertThat(unproved(RULE, Who.G, new Proof("PT-01", Who.G, "errs", true)))
                .containsExactly("the wrong guest that errs breaks PT-01, which is no rule of the guest kernel");
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
