package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.guest.GuestKernel;

class GuestChoiceTest {

    @Test
    void theRightKernelUnlessSaidOtherwise() {
        assertThat(GuestChoice.of("")).isSameAs(GuestKernel.right());
    }

    @Test
    void aWrongOneByItsRule() {
        assertThat(GuestChoice.of("wrong:EVT-05")).isNotSameAs(GuestKernel.right());
        assertThat(GuestChoice.of("wrong:evt-05.2")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong:EVT-77", "wrong:EVT-05.0", "wrong:EVT-05.99"})
    void whatThereIsNotIsAnsweredWithWhatThereIs(String name) {
        assertThatThrownBy(() -> GuestChoice.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("EVT-05 (");
    }

    @Test
    void anotherWordIsAnsweredWithTheForm() {
        assertThatThrownBy(() -> GuestChoice.of("linux"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong:EVT-05");
    }
}
