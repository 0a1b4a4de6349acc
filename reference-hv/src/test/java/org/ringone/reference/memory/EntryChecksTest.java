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

    @Test
    void anL3BeyondFourGigabytesNeedsTheExtendedFormOfCr3() {
        TypeRules rules = new TypeRules();
        assertThat(rules.baseReachable(0xFFFFF, false)).isTrue();
        assertThat(rules.baseReachable(0x100000, false)).isFalse();
        assertThat(rules.baseReachable(0x100000, true)).isTrue();
    }

    @Test
    void onlyAChangeOfTypeMakesTranslationsStaleAndOnlyTablesAreWalked() {
        TypeRules rules = new TypeRules();
        assertThat(rules.staleTranslationsMatter(PageType.WRITABLE, PageType.L1))
                .isTrue();
        assertThat(rules.staleTranslationsMatter(PageType.L1, PageType.L1)).isFalse();
        assertThat(rules.flushAfterDemotion(PageType.L2)).isTrue();
        assertThat(rules.flushAfterDemotion(PageType.LDT)).isFalse();
    }
}
