package org.ringone.reference;

import org.ringone.xen.AddressSpace;
import org.ringone.xen.Errno;

/** set_debugreg, get_debugreg, and the same through MOV (PRIV-09, TRAP-11). */
public class DebugRegisters {

    private static final int DR6_ZERO = 0x1000;
    private static final int DR6_ONE = 0xFFFF0FF0;
    private static final int DR7_ZERO = 0xD800;
    private static final int DR7_ONE = 0x400;
    private static final int DR7_GENERAL_DETECT = 1 << 13;

    /** Sets a debug register. No breakpoint may lie in the hypervisor's range, none may be on I/O or 8 bytes long. */
    public int set(Vcpu v, int number, int value) {
        int changed;
        switch (number) {
            case 0, 1, 2, 3 -> {
                if (!breakpointAllowed(v, value)) {
                    return Errno.EPERM.result();
                }
                changed = value;
            }
            case 6 -> changed = value & ~DR6_ZERO | DR6_ONE;
            case 7 -> {
                changed = value == 0 ? 0 : value & ~DR7_ZERO | DR7_ONE;
                if (!controlAllowed(changed)) {
                    return Errno.EPERM.result();
                }
            }
            default -> {
                return Errno.EINVAL.result();
            }
        }
        v.debugRegisters[number] = changed;
        v.cpu.control().dr(number, changed);
        return 0;
    }

    protected boolean breakpointAllowed(Vcpu v, int address) {
        return v.parts().guestCopy.inGuestRange(address, Integer.BYTES)
                && Integer.compareUnsigned(address, AddressSpace.VIRT_START) < 0;
    }

    private static boolean controlAllowed(int control) {
        if ((control & DR7_GENERAL_DETECT) != 0) {
            return false;
        }
        for (int field = 16; field < 32; field += 2) {
            if ((control >>> field & 3) == 2) {
                return false;
            }
        }
        return true;
    }

    /** The value of a debug register, or an errno that no value can be mistaken for. */
    public int get(Vcpu v, int number) {
        return number < 0 || number > 7 ? Errno.EINVAL.result() : v.debugRegisters[number];
    }
}
