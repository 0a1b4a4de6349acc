package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CR0_CD;
import static org.ringone.emulator.CpuState.CR0_ET;
import static org.ringone.emulator.CpuState.CR0_NW;
import static org.ringone.emulator.CpuState.CR0_PE;
import static org.ringone.emulator.CpuState.CR0_PG;
import static org.ringone.emulator.CpuState.CR0_WP;
import static org.ringone.emulator.CpuState.CR4_PAE;

/**
 * Control, debug and model specific registers: what changing them does, and, in the methods named {@code load}, what the processor
 * refuses. Privilege is the caller's affair.
 */
public final class ControlRegisters {
    public static final int MSR_TSC = 0x10;
    public static final int MSR_SYSENTER_CS = 0x174;
    public static final int MSR_SYSENTER_ESP = 0x175;
    public static final int MSR_SYSENTER_EIP = 0x176;
    public static final int MSR_PAT = 0x277;
    public static final int MSR_EFER = Efer.MSR;

    private static final int CR0_DEFINED = CR0_PE
            | CpuState.CR0_MP
            | CpuState.CR0_EM
            | CpuState.CR0_TS
            | CR0_ET
            | CpuState.CR0_NE
            | CR0_WP
            | CpuState.CR0_AM
            | CR0_NW
            | CR0_CD
            | CR0_PG;
    /** By bit of CR4: the feature of CPUID that it needs, 0 for none (RDPMC is older than its feature bit). */
    private static final int[] CR4_FEATURES = {
        CpuidTable.VME,
        CpuidTable.VME,
        CpuidTable.TSC,
        CpuidTable.DE,
        CpuidTable.PSE,
        CpuidTable.PAE,
        CpuidTable.MCE,
        CpuidTable.PGE,
        0,
        CpuidTable.FXSR,
        CpuidTable.SSE
    };

    /** Changes of these bits of CR0 load the PAE pointers anew. */
    private static final int CR0_POINTERS = CR0_PG | CR0_NW | CR0_CD;

    private static final int CR4_TRANSLATION = CpuState.CR4_PSE | CR4_PAE | CpuState.CR4_PGE;
    private static final int DR6_WRITABLE = 0xE00F;
    private static final int DR7_WRITABLE = 0xFFFF_23FF;

    private final Cpu cpu;
    private final CpuState s;

    ControlRegisters(Cpu cpu) {
        this.cpu = cpu;
        this.s = cpu.s;
    }

    // ---- without checks

    /** Sets CR0; translations are flushed when paging or protection is switched. */
    public void cr0(int value) {
        int changed = s.cr0 ^ value;
        s.cr0 = value & CR0_DEFINED | CR0_ET;
        if ((changed & (CR0_PG | CR0_PE)) != 0) {
            cpu.mmu().flushAll();
        } else if ((changed & CR0_WP) != 0) {
            cpu.mmu().writeProtectChanged();
        }
        cpu.modeChanged();
    }

    /**
     * Sets CR3, reads the four PAE pointers and flushes what is not global.
     *
     * @return false, with nothing changed, when PAE paging is on and a pointer has reserved bits set
     */
    public boolean cr3(int value) {
        if (walksPointers(s.cr0, s.cr4) && !cpu.mmu().loadPointers(value)) {
            return false;
        }
        s.cr3 = value;
        cpu.mmu().flushNonGlobal();
        cpu.codeChanged();
        return true;
    }

    /** Sets CR4; translations are flushed when one of PSE, PAE, PGE changes. */
    public void cr4(int value) {
        int changed = s.cr4 ^ value;
        s.cr4 = value;
        if ((changed & CR4_TRANSLATION) != 0) {
            cpu.mmu().flushAll();
        }
        cpu.modeChanged();
    }

    /** Sets EFER; translations are flushed when NXE changes. */
    public void efer(long value) {
        if (((s.efer ^ value) & Efer.NXE) != 0) {
            cpu.mmu().flushAll();
        }
        s.efer = value;
        cpu.codeChanged();
    }

    /** Sets a debug register, 0 to 3, 6 or 7; bits that are fixed stay so. */
    public void dr(int n, int value) {
        s.dr[n] = switch (n) {
            case 6 -> value & DR6_WRITABLE | DebugRegisters.DR6_FIXED;
            case 7 -> value & DR7_WRITABLE | DebugRegisters.DR7_FIXED;
            default -> value;
        };
        cpu.modeChanged();
    }

    private static boolean walksPointers(int cr0, int cr4) {
        return (cr0 & CR0_PG) != 0 && (cr4 & CR4_PAE) != 0;
    }

    // ---- as MOV to CR does; false: #GP(0) has been recorded

    boolean loadCr0(int value) {
        boolean inconsistent =
                (value & CR0_PG) != 0 && (value & CR0_PE) == 0 || (value & CR0_NW) != 0 && (value & CR0_CD) == 0;
        boolean pointers = walksPointers(value, s.cr4) && ((s.cr0 ^ value) & CR0_POINTERS) != 0;
        if (inconsistent || pointers && !cpu.mmu().loadPointers(s.cr3)) {
            return refuse();
        }
        cr0(value);
        return true;
    }

    boolean loadCr3(int value) {
        return cr3(value) || refuse();
    }

    boolean loadCr4(int value) {
        boolean pointers = ((s.cr4 ^ value) & CR4_TRANSLATION) != 0 && walksPointers(s.cr0, value);
        if ((value & ~defined()) != 0 || pointers && !cpu.mmu().loadPointers(s.cr3)) {
            return refuse();
        }
        cr4(value);
        return true;
    }

    private int defined() {
        int defined = 0;
        for (int bit = 0; bit < CR4_FEATURES.length; bit++) {
            if (cpu.config.cpuid().has(CR4_FEATURES[bit])) {
                defined |= 1 << bit;
            }
        }
        return defined;
    }

    private boolean refuse() {
        cpu.fault(Vector.GP, 0);
        return false;
    }

    // ---- model specific registers

    /**
     * Reads a model specific register, without any fault.
     *
     * @param value its element 0 gets the value
     * @return false when there is none of that number
     */
    public boolean readMsr(int index, long[] value) {
        switch (index) {
            case MSR_TSC -> value[0] = cpu.timeStamp();
            case MSR_SYSENTER_CS -> value[0] = s.sysenterCs & 0xFFFF_FFFFL;
            case MSR_SYSENTER_ESP -> value[0] = s.sysenterEsp & 0xFFFF_FFFFL;
            case MSR_SYSENTER_EIP -> value[0] = s.sysenterEip & 0xFFFF_FFFFL;
            case MSR_EFER -> value[0] = s.efer;
            case MSR_PAT -> {
                value[0] = s.pat;
                return cpu.config.cpuid().has(CpuidTable.PAT);
            }
            default -> {
                return cpu.config.msrs().read(cpu, index, value);
            }
        }
        return true;
    }

    /** Writes a model specific register; false when there is none, or it refuses the value. */
    public boolean writeMsr(int index, long value) {
        switch (index) {
            case MSR_TSC -> cpu.timeStamp(value);
            case MSR_SYSENTER_CS -> s.sysenterCs = (int) value;
            case MSR_SYSENTER_ESP -> s.sysenterEsp = (int) value;
            case MSR_SYSENTER_EIP -> s.sysenterEip = (int) value;
            case MSR_EFER -> {
                boolean offered = (cpu.config.cpuid().leaf(0x8000_0001).edx() & CpuidTable.NX) != 0;
                if ((value & ~(offered ? (long) Efer.NXE : 0)) != 0) {
                    return false;
                }
                efer(value);
            }
            case MSR_PAT -> {
                if (!cpu.config.cpuid().has(CpuidTable.PAT) || !memoryTypes(value)) {
                    return false;
                }
                s.pat = value;
            }
            default -> {
                return cpu.config.msrs().write(cpu, index, value);
            }
        }
        return true;
    }

    /** Whether each byte is a memory type: 0, 1 or 4 to 7. */
    private static boolean memoryTypes(long value) {
        for (int n = 0; n < 64; n += 8) {
            int type = (int) (value >>> n) & 0xFF;
            if (type > 7 || (type & 6) == 2) {
                return false;
            }
        }
        return true;
    }
}
