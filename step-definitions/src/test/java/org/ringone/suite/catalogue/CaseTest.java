package org.ringone.suite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTest {

    @Test
    void idsAreSortedByRuleAndThenAToZBeforeAa() {
        assertThat(List.of("PT-10.a", "PT-02.aa", "PT-02.z", "EVT-01.a", "PT-02.b", "none").stream()
                        .sorted(Case.BY_ID))
                .containsExactly("EVT-01.a", "PT-02.b", "PT-02.z", "PT-02.aa", "PT-10.a", "none");
    }
}
