package org.ringone.reference;

/**
 * The bytes of an instruction that the hypervisor looks at on the guest's behalf: fetched through the guest's code segment
 * with its limit, as its processor would. A byte that is not there raises the guest's page fault, for the byte's own address.
 */
final class GuestCode {

    /** No byte: beyond the segment's limit, so the instruction is none that the hypervisor emulates. */
    static final int BEYOND_LIMIT = -1;
    /** No byte: the guest's page fault waits for delivery. */
    static final int PAGE_FAULT = -2;

    private Vcpu vcpu;
    private int base;
    private int limit;
    private boolean big;
    private int eip;

    /** Starts at the guest's EIP; false when the code segment cannot be read. */
    boolean start(Vcpu v, Descriptor d) {
        vcpu = v;
        eip = v.state.eip;
        if (v.vm86()) {
            base = v.selector(Vcpu.CS) << 4;
            limit = 0xFFFF;
            big = false;
            return true;
        }
        if (!v.parts().descriptorTables.read(v, v.selector(Vcpu.CS), d) || !d.code() || !d.present()) {
            return false;
        }
        base = d.base();
        limit = d.byteLimit();
        big = d.big();
        return true;
    }

    /** Whether operands and addresses are 32 bits wide by default. */
    boolean big() {
        return big;
    }

    /** The offset of the byte that comes next. */
    int eip() {
        return eip;
    }

    /** The next byte, or one of the two reasons for there being none. */
    int next() {
        if (Integer.compareUnsigned(eip, limit) > 0) {
            return BEYOND_LIMIT;
        }
        int linear = base + eip;
        GuestCopy copy = vcpu.parts().guestCopy;
        long physical = copy.inGuestRange(linear, 1) ? copy.readable(vcpu, linear) : -1;
        if (physical < 0) {
            vcpu.parts().trapDelivery.pageFault(vcpu, linear, 0);
            return PAGE_FAULT;
        }
        eip++;
        return vcpu.domain.machine.memory.read8(physical);
    }
}
