package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.ringone.xen.AddressSpace;

/** A page of a booted guest's own for frames, with a neighbour on either side that can be taken away. */
final class GuestMemory {

    private static final int UPDATE_VA_MAPPING = 14;
    private static final int INVALIDATE = 2;

    private final BootedGuest guest;
    private final int page;

    GuestMemory(BootedGuest guest) {
        this.guest = guest;
        page = guest.probe.symbol("scratch_pages") + AddressSpace.PAGE_SIZE;
    }

    Vcpu vcpu() {
        return guest.vcpu();
    }

    /** The address of one of the page's 32-bit words. */
    int address(int word) {
        return page + 4 * word;
    }

    /** Where the page ends. */
    int end() {
        return page + AddressSpace.PAGE_SIZE;
    }

    int read(int address) {
        long word = vcpu().parts().guestCopy.read32(vcpu(), address);
        assertThat(word).isNotEqualTo(GuestCopy.FAULT);
        return (int) word;
    }

    void write(int address, int value) {
        assertThat(vcpu().parts().guestCopy.write32(vcpu(), address, value)).isTrue();
    }

    void unmapBefore() {
        unmap(page - AddressSpace.PAGE_SIZE);
    }

    void unmapBehind() {
        unmap(end());
    }

    private void unmap(int address) {
        try {
            assertThat(guest.probe.hypercall(UPDATE_VA_MAPPING, address, 0, 0, INVALIDATE))
                    .isZero();
        } catch (Exception e) {
            throw new AssertionError("the probe does not answer", e);
        }
    }
}
