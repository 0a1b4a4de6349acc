package org.ringone.xen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VocabularyTest {

    @Test
    void hypercallNumbersAreDistinctAndFoundAgain() {
        for (Hypercall hypercall : Hypercall.values()) {
            assertThat(Hypercall.of(hypercall.number())).isSameAs(hypercall);
        }
    }

    @Test
    void numbersTheInterfaceDoesNotHaveAreNotFound() {
        assertThat(Hypercall.of(11)).isNull();
        assertThat(Hypercall.of(-1)).isNull();
        assertThat(Hypercall.of(64)).isNull();
        assertThat(Hypercall.of(Integer.MIN_VALUE)).isNull();
    }

    @Test
    void anErrorIsFoundByTheResultItGives() {
        for (Errno errno : Errno.values()) {
            assertThat(Errno.ofResult(errno.result())).isSameAs(errno);
        }
        assertThat(Errno.ofResult(0)).isNull();
        assertThat(Errno.ofResult(22)).isNull();
    }
}
