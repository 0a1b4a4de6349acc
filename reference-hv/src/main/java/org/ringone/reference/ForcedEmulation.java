package org.ringone.reference;

import static org.ringone.reference.Vcpu.EAX;
import static org.ringone.reference.Vcpu.EBX;
import static org.ringone.reference.Vcpu.ECX;
import static org.ringone.reference.Vcpu.EDX;

import org.ringone.emulator.CpuidTable;

/** The forced-emulation prefix, UD2 followed by the letters "xen": before CPUID it gives the hypervisor's view (PRIV-10). */
public class ForcedEmulation {

    private static final int[] SIGNATURE = {0x0F, 0x0B, 'x', 'e', 'n'};
    private static final int[] CPUID = {0x0F, 0xA2};
    private static final int HYPERVISOR_LEAVES = 0x40000000;
    private static final int VERSION = 3 << 16;
    private static final int VME = 1 << 1;
    private static final int MTRR = 1 << 12;
    private static final int RDTSCP = 1 << 27;

    /**
     * Emulates a prefixed CPUID at the guest's EIP, which the era takes for a linear address.
     *
     * @return false when the guest gets its #UD; true when it is done, or when the guest gets a page fault because the
     *     instruction is not all there
     */
    public boolean emulate(Vcpu v) {
        int eip = v.state.eip;
        Found found = find(v, eip, SIGNATURE);
        if (found == Found.SAME) {
            found = find(v, eip + SIGNATURE.length, CPUID);
        }
        if (found != Found.SAME) {
            return found == Found.PAGE_FAULT;
        }
        cpuid(v);
        v.state.eip = eip + SIGNATURE.length + CPUID.length;
        return true;
    }

    private enum Found {
        SAME,
        DIFFERENT,
        PAGE_FAULT
    }

    /** Whether those bytes are there; or a page fault waits instead. */
    private static Found find(Vcpu v, int linear, int[] expected) {
        GuestCopy copy = v.parts().guestCopy;
        boolean same = true;
        for (int i = 0; i < expected.length; i++) {
            long physical = copy.inGuestRange(linear + i, 1) ? copy.readable(v, linear + i) : -1;
            if (physical < 0) {
                v.parts().trapDelivery.pageFault(v, linear + i, 0);
                return Found.PAGE_FAULT;
            }
            same &= v.domain.machine.memory.read8(physical) == expected[i];
        }
        return same ? Found.SAME : Found.DIFFERENT;
    }

    /** PRIV-11: the processor's own answer without what a guest cannot use, and leaves of the hypervisor's. */
    protected void cpuid(Vcpu v) {
        int[] r = v.state.r;
        int leaf = r[EAX];
        CpuidTable.Leaf answer = v.cpu.config().cpuid().leaf(leaf);
        r[EAX] = answer.eax();
        r[EBX] = answer.ebx();
        r[ECX] = answer.ecx();
        r[EDX] = answer.edx();
        switch (leaf) {
            case 1 -> r[EDX] &= ~hidden(v);
            case 0x80000001 -> r[EDX] &= ~RDTSCP;
            case HYPERVISOR_LEAVES -> {
                r[EAX] = HYPERVISOR_LEAVES + 2;
                r[EBX] = 0x566E6558; // "XenV"
                r[ECX] = 0x65584D4D; // "MMXe"
                r[EDX] = 0x4D4D566E; // "nVMM"
            }
            case HYPERVISOR_LEAVES + 1 -> answer(r, VERSION, 0);
            case HYPERVISOR_LEAVES + 2 -> answer(r, 1, HYPERVISOR_LEAVES);
            default -> {
                // the processor's own answer
            }
        }
    }

    private static void answer(int[] r, int eax, int ebx) {
        r[EAX] = eax;
        r[EBX] = ebx;
        r[ECX] = 0;
        r[EDX] = 0;
    }

    /** The features of leaf 1, EDX, that guests do not see. */
    protected int hidden(Vcpu v) {
        int hidden = VME | CpuidTable.DE | CpuidTable.PSE | CpuidTable.PGE | CpuidTable.SEP;
        return v.domain.privileged() ? hidden : hidden | MTRR;
    }
}
