package org.ringone.emulator.sse;

import org.ringone.emulator.Binder;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.Vector;
import org.ringone.emulator.fpu.FpuGate;
import org.ringone.emulator.op.Operands;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** What comes before an instruction on vectors, and how it gets and gives its operands. */
final class VectorGate {
    /** What an instruction makes of the operands in {@link Sse#a0} to {@link Sse#b1}. */
    interface Compute {
        /** @return false when it raised an exception and there is no result */
        boolean apply(Cpu cpu, Sse v, Instruction i);
    }

    private VectorGate() {}

    /** #UD when the processor or the system does not have it, #NM when the task does not, #MF when x87 exceptions wait. */
    static Binder gated(Operation operation) {
        return i -> {
            boolean mmx = usesMmx(i);
            boolean xmm = usesXmm(i.form);
            String extension = i.form.extension();
            return (cpu, m, x) -> {
                int cr0 = cpu.s.cr0();
                boolean system = !xmm || (cpu.s.cr4() & CpuState.CR4_OSFXSR) != 0;
                if ((cr0 & CpuState.CR0_EM) != 0 || !system || !cpu.sse().has(extension)) {
                    cpu.fault(Vector.UD);
                } else if ((cr0 & CpuState.CR0_TS) != 0) {
                    cpu.fault(Vector.NM);
                } else if (!mmx) {
                    operation.execute(cpu, m, x);
                } else if (FpuGate.noneWaiting(cpu)) {
                    operation.execute(cpu, m, x);
                    if (!cpu.faulted()) {
                        cpu.fpu().useAsMmx();
                    }
                }
            };
        };
    }

    private static boolean usesMmx(Instruction i) {
        for (int k = 0; k < i.form.operands(); k++) {
            if (i.form.operand(k).bank() == Operand.Bank.MMX && !Operands.inMemory(i, k)) {
                return true;
            }
        }
        return i.form.mnemonic().equals("EMMS");
    }

    private static boolean usesXmm(Form form) {
        for (int k = 0; k < form.operands(); k++) {
            if (form.operand(k).bank() == Operand.Bank.XMM) {
                return true;
            }
        }
        return form.mnemonic().endsWith("MXCSR");
    }

    /** Takes the destination and the source, computes, and gives the destination, a register. */
    static Binder binary(Compute compute) {
        return gated((cpu, m, i) -> {
            Sse v = cpu.sse();
            if (source(cpu, m, i)) {
                destination(cpu, v, i);
                if (compute.apply(cpu, v, i)) {
                    give(cpu, v, i);
                }
            }
        });
    }

    /** Gets the second operand. */
    static boolean source(Cpu cpu, MemoryPort m, Instruction i) {
        Sse v = cpu.sse();
        Operand operand = i.form.operand(1);
        if (!Operands.inMemory(i, 1)) {
            register(cpu, v, operand.bank(), Operands.number(i, 1));
            return true;
        }
        int at = Operands.address(cpu.s, i);
        v.b1 = 0;
        switch (operand.memoryWidth()) {
            case W -> v.b0 = m.read16(i.segment, at);
            case D -> v.b0 = m.read32(i.segment, at) & 0xFFFF_FFFFL;
            case Q -> v.b0 = m.read64(i.segment, at);
            default -> {
                if (aligned(cpu, i, at) && m.probeRead(i.segment, at, 16)) {
                    v.b0 = m.read64(i.segment, at);
                    v.b1 = m.read64(i.segment, FpuGate.offset(i, at, 8));
                }
            }
        }
        return !cpu.faulted();
    }

    private static void register(Cpu cpu, Sse v, Operand.Bank bank, int n) {
        v.b1 = 0;
        switch (bank) {
            case XMM -> {
                v.b0 = v.half(2 * n);
                v.b1 = v.half(2 * n + 1);
            }
            case MMX -> v.b0 = cpu.fpu().mmx(n);
            default -> v.b0 = cpu.s.r[n] & 0xFFFF_FFFFL;
        }
    }

    /** Whether a 16-byte operand is aligned, or need not be; else #GP. */
    static boolean aligned(Cpu cpu, Instruction i, int at) {
        String name = i.form.mnemonic();
        boolean any = name.startsWith("MOVU") || name.equals("MOVDQU");
        if (!any && (cpu.s.base(i.segment) + at & 15) != 0) {
            cpu.fault(Vector.GP, 0);
            return false;
        }
        return true;
    }

    /** Gets the first operand, a register. */
    static void destination(Cpu cpu, Sse v, Instruction i) {
        int n = Operands.number(i, 0);
        if (i.form.operand(0).bank() == Operand.Bank.XMM) {
            v.a0 = v.half(2 * n);
            v.a1 = v.half(2 * n + 1);
        } else if (i.form.operand(0).bank() == Operand.Bank.MMX) {
            v.a0 = cpu.fpu().mmx(n);
            v.a1 = 0;
        }
    }

    /** Sets the first operand, a register. */
    static void give(Cpu cpu, Sse v, Instruction i) {
        int n = Operands.number(i, 0);
        switch (i.form.operand(0).bank()) {
            case XMM -> {
                v.half(2 * n, v.a0);
                v.half(2 * n + 1, v.a1);
            }
            case MMX -> cpu.fpu().mmx(n, v.a0);
            default -> cpu.s.r[n] = (int) v.a0;
        }
    }
}
