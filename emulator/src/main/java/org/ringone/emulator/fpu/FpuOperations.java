package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.fpu.FpuArithmetic.Operator;
import org.ringone.emulator.op.Operands;
import org.ringone.emulator.real.Real;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** The four operations, of registers and of memory. */
final class FpuOperations {
    private FpuOperations() {}

    static void bind(OperationTable t) {
        bind(t, "ADD", Operator.ADD, false);
        bind(t, "MUL", Operator.MULTIPLY, false);
        bind(t, "SUB", Operator.SUBTRACT, false);
        bind(t, "SUBR", Operator.SUBTRACT, true);
        bind(t, "DIV", Operator.DIVIDE, false);
        bind(t, "DIVR", Operator.DIVIDE, true);
    }

    private static void bind(OperationTable t, String name, Operator operator, boolean reverse) {
        t.choose(
                "F" + name,
                i -> FpuGate.computing(i.memory() ? memory(operator, reverse) : registers(operator, reverse, false)));
        t.bind("FI" + name, FpuGate.computing(memory(operator, reverse)));
        t.bind("F" + name + "P", FpuGate.computing(registers(operator, reverse, true)));
    }

    /** The destination is the first operand; of reverse operations the second is what is subtracted from or divided. */
    private static Operation registers(Operator operator, boolean reverse, boolean pop) {
        return (cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            boolean top = i.form.operand(0) == Operand.ST;
            int destination = top ? 0 : i.rm;
            int source = top ? i.rm : 0;
            if (fpu.isEmpty(0) || fpu.isEmpty(i.rm)) {
                if (!fpu.underflow()) {
                    return;
                }
                fpu.set(destination, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            } else {
                FpuArithmetic x = fpu.arithmetic();
                Real first = reverse ? x.b : x.a;
                Real second = reverse ? x.a : x.b;
                first.fromExtended(fpu.significand(destination), fpu.exponent(destination));
                second.fromExtended(fpu.significand(source), fpu.exponent(source));
                if (!x.operate(operator)) {
                    return;
                }
                fpu.set(destination, x.significand, x.exponent);
            }
            if (pop) {
                fpu.pop();
            }
        };
    }

    private static Operation memory(Operator operator, boolean reverse) {
        return (cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            FpuArithmetic x = fpu.arithmetic();
            if (!read(cpu, m, i, reverse ? x.a : x.b)) {
                return;
            }
            if (fpu.isEmpty(0)) {
                if (fpu.underflow()) {
                    fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
                }
                return;
            }
            Real top = reverse ? x.b : x.a;
            top.fromExtended(fpu.significand(0), fpu.exponent(0));
            if (x.operate(operator)) {
                fpu.set(0, x.significand, x.exponent);
            }
        };
    }

    /** Takes the memory operand apart: real, or integer for the mnemonics in FI; false when it faulted. */
    static boolean read(Cpu cpu, MemoryPort m, Instruction i, Real to) {
        int at = Operands.address(cpu.s, i);
        Operand operand = i.form.operand(i.form.memoryOperand());
        boolean integer = i.form.mnemonic().charAt(1) == 'I';
        if (operand == Operand.Mq) {
            long bits = m.read64(i.segment, at);
            to.fromDouble(bits);
        } else if (operand == Operand.Mw) {
            to.fromInteger((short) m.read16(i.segment, at));
        } else if (integer) {
            to.fromInteger(m.read32(i.segment, at));
        } else {
            to.fromSingle(m.read32(i.segment, at));
        }
        return !cpu.faulted();
    }
}
