package org.ringone.suite.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.api.Profile.Host;
import org.ringone.api.Profile.Privilege;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;

class DeviationsTest {

    private static final String REST = ", reason: 64-bit host, since: 2026-11-01, review: 2027-11-01}\n";
    private static final CaseIndex INDEX = CaseIndex.of(List.of(
            new Case("SEG-06.a", "one", List.of("SEG-06"), List.of(), "f", 1),
            new Case("SEG-06.b", "two", List.of("SEG-06", "SEG-07"), List.of(), "f", 2)));

    private static Deviations list(String yaml) throws IOException {
        return Deviations.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "list.yaml");
    }

    private static void refused(String yaml, String... saying) {
        assertThatThrownBy(() -> list(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("list.yaml is no list of deviations")
                .hasMessageContainingAll(saying);
    }

    @Test
    void anEntryIsRead() throws IOException {
        Deviation entry =
                list("- {case: SEG-06.a, seen: fffff" + REST).entries().get(0);
        assertThat(entry)
                .isEqualTo(new Deviation(
                        "SEG-06.a", "fffff", "64-bit host", LocalDate.of(2026, 11, 1), LocalDate.of(2027, 11, 1)));
        assertThat(list("")).satisfies(none -> assertThat(none.entries()).isEmpty());
    }

    @Test
    void anEntrySaysEverythingAboutItself() {
        refused("- {case: SEG-06, seen: x" + REST, "'SEG-06' is no case id");
        refused("- {rule: SEG-06.a, seen: x" + REST, "'SEG-06.a' is no rule id");
        refused("- {case: seg.6, seen: x" + REST, "seg.6");
        refused("- {seen: x" + REST, "either a 'case' or a 'rule'");
        refused("- {case: SEG-06.a, rule: SEG-06, seen: x" + REST, "one has both");
        refused("- {case: SEG-06.a" + REST, "SEG-06.a has no 'seen'");
        refused("- {case: SEG-06.a, seen: ''" + REST, "SEG-06.a has no 'seen'");
        refused("- {case: SEG-06.a, seen: x, since: 2026-11-01, review: 2027-11-01}", "has no reason");
        refused("- {case: SEG-06.a, seen: x, reason: y, review: 2027-11-01}", "has no 'since'");
        refused("- {case: SEG-06.a, seen: x, reason: y, since: 2026-11-01}", "has no 'review'");
        refused("- {case: SEG-06.a, seen: x, reason: y, since: May, review: 2027-11-01}", "'May'", "2026-12-31");
        refused("- {case: SEG-06.a, seen: x, reason: y, since: 2027-11-01, review: 2027-11-01}", "not after");
    }

    @Test
    void whatIsNoListIsRefusedWithItsPlace() {
        refused("- {case: SEG-06.a, sen: y, seen: x" + REST, "sen", "line 1");
        refused("{case: SEG-06.a}", "line 1");
        refused("- [1, 2", "line");
        refused("- null\n", "entry 1 is empty");
        refused("- {case: SEG-06.a, seen: x" + REST + "- {case: SEG-06.a, seen: y" + REST, "listed twice");
    }

    @Test
    void aUsersFileIsReadOrNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "- {rule: SEG-06, seen: x" + REST);
        assertThat(Deviations.read(file).entries()).hasSize(1);
        assertThatThrownBy(() -> Deviations.read(folder.resolve("no.yaml"))).hasMessageContaining("no.yaml");
        Path huge = Files.write(folder.resolve("huge.yaml"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> Deviations.read(huge)).hasMessageContaining("longer than");
    }

    @Test
    void spacesDoNotCountInWhatIsSeen() throws IOException {
        Deviation entry =
                list("- {case: SEG-06.a, seen: 'a  b'" + REST).entries().get(0);
        assertThat(entry.explains("x a\n    b y")).isTrue();
        assertThat(entry.explains("ab")).isFalse();
    }

    @Test
    void aCasesOwnEntryGoesBeforeItsRules() throws IOException {
        Deviations list = list("- {rule: SEG-07, seen: x" + REST + "- {case: SEG-06.b, seen: y" + REST);
        assertThat(list.of(INDEX.of("SEG-06.b").orElseThrow()))
                .extracting(Deviation::seen)
                .containsExactly("y");
        assertThat(list("- {rule: SEG-07, seen: x" + REST)
                        .of(INDEX.of("SEG-06.b").orElseThrow()))
                .hasSize(1);
        assertThat(list.of(INDEX.of("SEG-06.a").orElseThrow())).isEmpty();
    }

    private static List<String> problems(String yaml, Map<String, Verdict> verdicts, Deviation... found)
            throws IOException {
        List<ScenarioResult> results = verdicts.entrySet().stream()
                .map(e -> new ScenarioResult(
                        e.getKey(),
                        "t",
                        List.of("SEG-06"),
                        List.of(),
                        "f",
                        1,
                        e.getValue(),
                        0,
                        "",
                        "",
                        "",
                        Duration.ZERO))
                .toList();
        return list(yaml).problems(INDEX, results, Set.copyOf(Arrays.asList(found))).stream()
                .map(Problem::text)
                .toList();
    }

    @Test
    void anEntryThatNamesNothingThereIsAProblem() throws IOException {
        assertThat(problems("- {case: PT-77.a, seen: x" + REST, Map.of()))
                .singleElement()
                .asString()
                .contains("PT-77.a");
        assertThat(problems("- {rule: PT-77, seen: x" + REST, Map.of()))
                .singleElement()
                .asString()
                .contains("PT-77");
    }

    @Test
    void anEntryOfWhatIsNeverJudgedHereIsAProblem() throws IOException {
        assertThat(problems("- {case: SEG-06.a, seen: x" + REST, Map.of("SEG-06.a", Verdict.NOT_APPLICABLE)))
                .singleElement()
                .asString()
                .contains("is not judged on this hypervisor");
    }

    @Test
    void aRulesEntryThatNoCaseShowsIsAProblem() throws IOException {
        String yaml = "- {rule: SEG-06, seen: x" + REST;
        Map<String, Verdict> conforming =
                Map.of("SEG-06.a", Verdict.CONFORMS, "SEG-06.b", Verdict.CONFORMS_BY_ALTERNATIVE);
        assertThat(problems(yaml, conforming)).singleElement().asString().contains("none of its cases shows that");
        assertThat(problems(yaml, conforming, list(yaml).entries().get(0))).isEmpty();
    }

    @Test
    void aRunThatDidNotLookCannotComplain() throws IOException {
        String rule = "- {rule: SEG-06, seen: x" + REST;
        assertThat(problems(rule, Map.of("SEG-06.a", Verdict.CONFORMS))).isEmpty();
        assertThat(problems(rule, Map.of("SEG-06.a", Verdict.BLOCKED, "SEG-06.b", Verdict.CONFORMS)))
                .isEmpty();
        assertThat(problems("- {case: SEG-06.a, seen: x" + REST, Map.of("SEG-06.a", Verdict.UNEXPECTED_PASS)))
                .isEmpty();
    }

    @Test
    void aProfilesListHasItsName() {
        assertThat(Deviations.profileName(new Profile(Era.XEN_4_17, Host.X86_64, Privilege.INITIAL)))
                .isEqualTo("xen-4.17-64-bit-initial");
    }

    @Test
    void everyEntryOfTheProductsListsMatchesSomething() {
        assertThat(Deviations.lists()).containsKey("xen-4.17-64-bit-initial.yaml");
        Deviations.lists()
                .forEach((name, list) ->
                        assertThat(list.unknownAmong(CaseIndex.load())).as(name).isEmpty());
    }

    @Test
    void anEntryThatMatchesNothingIsFoundByThatCheck() throws IOException {
        assertThat(list("- {case: SEG-06.z, seen: x" + REST + "- {rule: PT-01, seen: x" + REST)
                        .unknownAmong(INDEX))
                .containsExactly("SEG-06.z", "PT-01");
    }
}
