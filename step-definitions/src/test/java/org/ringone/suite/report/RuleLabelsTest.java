package org.ringone.suite.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RuleLabelsTest {

    private static TestResult tagged(String... tags) {
        return new TestResult()
                .setStatus(Status.PASSED)
                .setLabels(List.of(tags).stream()
                        .map(tag -> new Label().setName("tag").setValue(tag))
                        .toList());
    }

    @Test
    void aScenarioStandsUnderItsAreaAndItsRules() {
        TestResult result = tagged("PT", "PT-02", "PT-08");
        new RuleLabels().beforeTestWrite(result);
        assertThat(result.getLabels())
                .extracting(Label::getName, Label::getValue)
                .contains(
                        tuple("epic", "PT  Page tables"),
                        tuple("story", "PT-02  No writable mapping of a table"),
                        tuple("story", "PT-08  mmu_update stops at the first refusal"));
        assertThat(result.getLinks())
                .extracting(Link::getName, Link::getUrl)
                .containsExactly(tuple("PT-02", "rules.html#PT-02"), tuple("PT-08", "rules.html#PT-08"));
        assertThat(result.getStatus()).isEqualTo(Status.PASSED);
    }

    @Test
    void aScenarioWithoutStatusIsBroken() {
        TestResult result = tagged("PT-02").setStatus(null);
        new RuleLabels().beforeTestWrite(result);
        assertThat(result.getStatus()).isEqualTo(Status.BROKEN);
    }

    @Test
    void otherTestsAreLeftAlone() {
        TestResult result = tagged("slow", "PT-77");
        new RuleLabels().beforeTestWrite(result);
        assertThat(result.getLabels()).hasSize(2);
        assertThat(result.getLinks()).isEmpty();
    }

    @Test
    void itIsFoundByAllure() {
        assertThat(ServiceLoader.load(TestLifecycleListener.class)).anyMatch(RuleLabels.class::isInstance);
    }

    @Test
    void aResultOutsideOfAnyScenarioKeepsItsHistory() {
        TestResult result = tagged("PT-02").setHistoryId("h");
        new RuleLabels().beforeTestSchedule(result);
        assertThat(result.getHistoryId()).isEqualTo("h");
        assertThat(result.getParameters()).isEmpty();
    }
}
