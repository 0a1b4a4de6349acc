package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.IF;
import static org.ringone.emulator.CpuState.IOPL;
import static org.ringone.emulator.CpuState.TF;
import static org.ringone.emulator.CpuState.VIF;
import static org.ringone.emulator.CpuState.VIP;

/**
 * The virtual interrupt flag: what IOPL-sensitive instructions do below their IOPL in virtual-8086 mode with CR4.VME, and CLI and STI in
 * ring 3 with CR4.PVI (SDM volume 3, "8086 Emulation", sections on class 3 interrupts and on protected-mode virtual interrupts).
 */
public final class VirtualInterrupts {
    /** Where a TSS holds the offset of its I/O permission bitmap, below which the 32 bytes of the redirection bitmap lie. */
    private static final int BITMAP_OFFSET = 0x66;

    private static final int REDIRECTION_BYTES = 32;
    /** What POPF and IRET may change of the lower half besides IF, which goes to VIF. */
    private static final int CHANGEABLE = StatusFlags.ALL | TF | CpuState.DF | CpuState.NT;

    private VirtualInterrupts() {}

    /** Whether the code that runs is in virtual-8086 mode below IOPL 3: its IF is VIF with VME, and #GP without. */
    public static boolean below(CpuState s) {
        return s.virtual8086() && s.iopl() < 3;
    }

    /**
     * Whether PUSHF, POPF or IRET with this operand size is refused in virtual-8086 mode; then #GP(0) is recorded. If not, and
     * {@link #below}, it works on VIF.
     */
    public static boolean refuses(Cpu cpu, int operandSize) {
        CpuState s = cpu.s;
        boolean refused = below(s) && ((s.cr4 & CpuState.CR4_VME) == 0 || operandSize != 2);
        if (refused) {
            cpu.fault(Vector.GP, 0);
        }
        return refused;
    }

    /** The flags that PUSHF and a redirected INT store: IF is VIF, IOPL is 3. */
    public static int image(CpuState s) {
        int flags = s.eflags() & 0xFFFF & ~IF | IOPL;
        return (s.flags & VIF) != 0 ? flags | IF : flags;
    }

    /** Whether POPF and IRET may take these flags; if not, #GP(0) is recorded. */
    public static boolean takes(Cpu cpu, int image) {
        boolean refused = (image & TF) != 0 || (image & IF) != 0 && (cpu.s.flags & VIP) != 0;
        if (refused) {
            cpu.fault(Vector.GP, 0);
        }
        return !refused;
    }

    /** Takes flags of 16 bits: IF goes to VIF, IOPL and IF stay. */
    public static void take(Cpu cpu, int image) {
        CpuState s = cpu.s;
        int virtual = (image & IF) != 0 ? VIF : 0;
        s.eflags(s.eflags() & ~(CHANGEABLE | VIF | CpuState.RF) | image & CHANGEABLE | virtual);
        cpu.modeChanged();
    }

    /** CLI and STI of code that may not change IF; whether they were carried out on VIF, or else #GP(0) is recorded. */
    static void change(Cpu cpu, boolean set) {
        CpuState s = cpu.s;
        int needed = s.virtual8086() ? CpuState.CR4_VME : CpuState.CR4_PVI;
        boolean offered = (s.cr4 & needed) != 0 && s.cpl == 3;
        if (!offered || set && (s.flags & VIP) != 0) {
            cpu.fault(Vector.GP, 0);
        } else if (set) {
            s.flags |= VIF;
        } else {
            s.flags &= ~VIF;
        }
    }

    /**
     * INT n in virtual-8086 mode: with CR4.VME and its bit in the TSS clear it goes through the 8086 vector table at linear address 0.
     *
     * @return whether that has been done, or a fault recorded; if not, it is an interrupt like others
     */
    public static boolean redirected(Cpu cpu, int vector) {
        CpuState s = cpu.s;
        if ((s.cr4 & CpuState.CR4_VME) != 0) {
            boolean mine = reserved(cpu, vector);
            if (cpu.faulted()) {
                return true;
            }
            if (!mine) {
                enter(cpu, vector);
                return true;
            }
        }
        if (below(s)) {
            cpu.fault(Vector.GP, 0);
            return true;
        }
        return false;
    }

    /** Whether the redirection bitmap keeps the vector for protected mode; one that the TSS does not hold keeps all. */
    private static boolean reserved(Cpu cpu, int vector) {
        CpuState s = cpu.s;
        int limit = s.limit[CpuState.TR];
        boolean wide = (Descriptor.type(s.rights[CpuState.TR]) | 2) == Descriptor.TSS32_BUSY;
        if (!wide || !Descriptor.within(0, limit, BITMAP_OFFSET, 2)) {
            return true;
        }
        int at = (int) cpu.port.readSystem(s.base[CpuState.TR] + BITMAP_OFFSET, 2) - REDIRECTION_BYTES + (vector >> 3);
        if (cpu.faulted() || at < 0 || !Descriptor.within(0, limit, at, 1)) {
            return true;
        }
        return (cpu.port.readSystem(s.base[CpuState.TR] + at, 1) >> (vector & 7) & 1) != 0;
    }

    private static void enter(Cpu cpu, int vector) {
        CpuState s = cpu.s;
        int target = (int) cpu.port.readSystem(vector * 4, 4);
        NewStack stack = NewStack.current(cpu);
        if (cpu.faulted() || !stack.probe(3, 2)) {
            return;
        }
        boolean below = below(s);
        stack.push(below ? image(s) : s.eflags(), 2);
        stack.push(s.selector[CS], 2);
        stack.push(s.eip, 2);
        s.r[CpuState.ESP] = stack.pointer();
        s.flags &= ~(TF | CpuState.RF | (below ? VIF : IF));
        s.eip = target & 0xFFFF;
        cpu.segmentation().setReal(CS, target >>> 16);
        cpu.entered();
        cpu.modeChanged();
    }
}
