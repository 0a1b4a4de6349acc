package org.ringone.emulator;

import org.ringone.x86.Instruction;

/** MOV to and from the debug registers. */
final class DebugInstructions {
    private DebugInstructions() {}

    static void bind(OperationTable t) {
        t.bindUnguarded("MOV_FROM_DR", (cpu, m, i) -> {
            if (allowed(cpu, i)) {
                cpu.s.r[i.rm] = cpu.s.dr[number(i)];
            }
        });
        t.bindUnguarded("MOV_TO_DR", (cpu, m, i) -> {
            if (allowed(cpu, i)) {
                cpu.control().dr(number(i), cpu.s.r[i.rm]);
            }
        });
    }

    /** DR4 and DR5 are other names of DR6 and DR7, unless CR4.DE makes them undefined. */
    private static int number(Instruction i) {
        return (i.reg & 6) == 4 ? i.reg + 2 : i.reg;
    }

    /** An undefined register comes before the privilege; general detect after it. */
    private static boolean allowed(Cpu cpu, Instruction i) {
        CpuState s = cpu.s;
        if ((i.reg & 6) == 4 && (s.cr4 & CpuState.CR4_DE) != 0) {
            cpu.fault(Vector.UD);
        } else if (s.cpl != 0) {
            cpu.fault(Vector.GP, 0);
        } else if ((s.dr[7] & DebugRegisters.GD) != 0) {
            s.dr[6] |= DebugRegisters.BD;
            cpu.fault(Vector.DB);
        }
        return !cpu.faulted();
    }
}
