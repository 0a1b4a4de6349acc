package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.Operation;
import org.ringone.emulator.Vector;
import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** What comes before an instruction of the unit: whether the unit is there (#NM), and exceptions that wait (#MF). */
public final class FpuGate {
    private FpuGate() {}

    private static boolean available(Cpu cpu) {
        if ((cpu.s.cr0() & (CpuState.CR0_EM | CpuState.CR0_TS)) != 0) {
            cpu.fault(Vector.NM);
            return false;
        }
        return true;
    }

    /** Whether no unmasked exception waits; else #MF is raised. */
    public static boolean noneWaiting(Cpu cpu) {
        if (cpu.fpu().pending() && (cpu.s.cr0() & CpuState.CR0_NE) != 0) {
            cpu.fault(Vector.MF);
            return false;
        }
        return true;
    }

    /** An instruction that does not wait for exceptions. */
    static Operation control(Operation operation) {
        return (cpu, m, i) -> {
            if (available(cpu)) {
                operation.execute(cpu, m, i);
            }
        };
    }

    static Operation waiting(Operation operation) {
        return (cpu, m, i) -> {
            if (available(cpu) && noneWaiting(cpu)) {
                operation.execute(cpu, m, i);
            }
        };
    }

    /** A waiting instruction that the instruction and operand pointers remember. */
    static Operation computing(Operation operation) {
        return (cpu, m, i) -> {
            if (available(cpu) && noneWaiting(cpu)) {
                operation.execute(cpu, m, i);
                if (!cpu.faulted()) {
                    remember(cpu, i);
                }
            }
        };
    }

    private static void remember(Cpu cpu, Instruction i) {
        Fpu fpu = cpu.fpu();
        fpu.instructionPointer = cpu.s.eip - i.length;
        fpu.instructionSelector = cpu.s.selector(CpuState.CS);
        // the low three bits of the first opcode byte, and the second byte
        fpu.opcode = (i.opcode & 7) << 8 | i.mod << 6 | i.reg << 3 | i.rm;
        if (i.memory()) {
            fpu.operandPointer = Operands.address(cpu.s, i);
            fpu.operandSelector = cpu.s.selector(i.segment);
        }
    }

    /** An offset in the segment of the memory operand, some bytes behind another one. */
    public static int offset(Instruction i, int at, int bytes) {
        return i.addressSize == 4 ? at + bytes : at + bytes & 0xFFFF;
    }
}
