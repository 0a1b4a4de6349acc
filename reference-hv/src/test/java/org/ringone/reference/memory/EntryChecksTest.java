package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.xen.AddressSpace;

class EntryChecksTest {

    private final EntryChecks checks = new EntryChecks();

    @Test
    void aGuestHasItsSayBelowTheHypervisorsAddressesOnly() {
        assertThat(checks.guestAddress(0)).isTrue();
        assertThat(checks.guestAddress(AddressSpace.VIRT_START - 1)).isTrue();
        assertThat(checks.guestAddress(AddressSpace.VIRT_START)).isFalse();
        assertThat(checks.guestAddress(-1)).isFalse();
    }
}
