package org.ringone.reference;

import static org.ringone.reference.Vcpu.CS;
import static org.ringone.reference.Vcpu.DS;
import static org.ringone.reference.Vcpu.ES;
import static org.ringone.reference.Vcpu.FS;
import static org.ringone.reference.Vcpu.GS;
import static org.ringone.reference.Vcpu.SS;

/**
 * Privileged instructions of the guest's kernel that the hypervisor carries out in its place (PRIV-03), and those that it
 * leaves to fault (PRIV-02, PRIV-04). Only what is decoded here is touched: no other register, no flag (PRIV-14).
 */
public class PrivilegedInstructions {

    private static final int MOST_PREFIXES = 8;
    private static final int CR0_TS = 1 << 3;
    private static final int CR4_HIDDEN = 1 << 7 | 1 << 4;

    /**
     * Emulates the instruction at the guest's EIP, which has raised #GP(0).
     *
     * @return false when it is none to emulate: the guest gets its #GP(0). True when it is done, or when the guest gets a page
     *     fault instead because the instruction or its operand is not there.
     */
    public boolean emulate(Vcpu v) {
        ReferenceMachine machine = v.domain.machine;
        GuestCode code = machine.code;
        if (!code.start(v, machine.scratch1)) {
            return false;
        }
        int operandSize = code.big() ? 4 : 2;
        int addressSize = operandSize;
        int segment = DS;
        boolean lock = false;
        boolean repeat = false;
        int opcode = code.next();
        for (int prefixes = 0; isPrefix(opcode); prefixes++) {
            if (prefixes == MOST_PREFIXES - 1) {
                return false;
            }
            switch (opcode) {
                case 0x66 -> operandSize = code.big() ? 2 : 4;
                case 0x67 -> addressSize = code.big() ? 2 : 4;
                case 0x26 -> segment = ES;
                case 0x2E -> segment = CS;
                case 0x36 -> segment = SS;
                case 0x3E -> segment = DS;
                case 0x64 -> segment = FS;
                case 0x65 -> segment = GS;
                case 0xF0 -> lock = true;
                default -> repeat = true;
            }
            opcode = code.next();
        }
        if (opcode < 0) {
            return opcode == GuestCode.PAGE_FAULT;
        }
        if (opcode == 0x0F) {
            return emulateSystem(v, code, lock);
        }
        if (ignored(v, opcode)) {
            return complete(v, code);
        }
        if (lock) {
            return false;
        }
        return v.parts().ioInstructions.emulate(v, code, opcode, operandSize, addressSize, segment, repeat);
    }

    /** PRIV-02: one-byte privileged instructions to skip; none. */
    protected boolean ignored(Vcpu v, int opcode) {
        return false;
    }

    private static boolean isPrefix(int opcode) {
        return switch (opcode) {
            case 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3 -> true;
            default -> false;
        };
    }

    /** PRIV-05: whether the running ring's two-byte privileged instructions are emulated: the guest kernel's alone. */
    protected boolean mayEmulate(Vcpu v) {
        return v.inGuestKernel();
    }

    /** Two-byte opcodes. */
    private boolean emulateSystem(Vcpu v, GuestCode code, boolean lock) {
        if (!mayEmulate(v)) {
            return false;
        }
        int opcode = code.next();
        if (opcode < 0) {
            return opcode == GuestCode.PAGE_FAULT;
        }
        if (opcode >= 0x20 && opcode <= 0x23) {
            int modrm = code.next();
            if (modrm < 0) {
                return modrm == GuestCode.PAGE_FAULT;
            }
            // with LOCK, some processors mean the registers from 8 on: none of the guest's
            return !lock && move(v, opcode, modrm >>> 3 & 7, modrm & 7) && complete(v, code);
        }
        if (lock) {
            return false;
        }
        boolean done =
                switch (opcode) {
                    case 0x06 -> clearTaskSwitched(v);
                    case 0x09 -> true; // WBINVD: nothing to write back that anybody could see
                    case 0x30 -> v.parts().modelSpecificRegisters.write(v);
                    case 0x32 -> v.parts().modelSpecificRegisters.read(v);
                    default -> false;
                };
        return done && complete(v, code);
    }

    private static boolean complete(Vcpu v, GuestCode code) {
        v.state.eip = code.eip();
        return true;
    }

    private boolean move(Vcpu v, int opcode, int special, int general) {
        int[] r = v.state.r;
        switch (opcode) {
            case 0x20 -> {
                if (special == 1 || special > 4) {
                    return false;
                }
                r[general] = readControl(v, special);
                return true;
            }
            case 0x21 -> {
                r[general] = v.parts().debugRegisters.get(v, special);
                return true;
            }
            case 0x22 -> {
                return writeControl(v, special, r[general]);
            }
            default -> {
                return v.parts().debugRegisters.set(v, special, r[general]) == 0;
            }
        }
    }

    /** MOV from CR0, CR2, CR3, CR4 (PRIV-03): CR3 in the guest's form (PT-17), CR4 without what guests cannot use. */
    protected int readControl(Vcpu v, int register) {
        return switch (register) {
            case 0 -> v.taskSwitched ? v.state.cr0() | CR0_TS : v.state.cr0() & ~CR0_TS;
            case 2 -> v.cr2;
            case 3 -> v.baseMfn << 12 | v.baseMfn >>> 20;
            default -> v.state.cr4() & ~CR4_HIDDEN;
        };
    }

    /** MOV to a control register: TS alone can change in CR0, nothing in CR4 (PRIV-04); CR3 takes a good L3 (PT-16). */
    protected boolean writeControl(Vcpu v, int register, int value) {
        switch (register) {
            case 0 -> {
                if (((value ^ v.state.cr0()) & ~CR0_TS) != 0) {
                    return false;
                }
                v.parts().fpuSwitch.set(v, (value & CR0_TS) != 0);
                return true;
            }
            case 2 -> {
                v.cr2 = value;
                v.domain.shared.setCr2(v.id, value);
                return true;
            }
            case 3 -> {
                return v.machine().newBase(v, value >>> 12 | value << 20);
            }
            case 4 -> {
                return value == (v.state.cr4() & ~CR4_HIDDEN);
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean clearTaskSwitched(Vcpu v) {
        v.parts().fpuSwitch.set(v, false);
        return true;
    }
}
