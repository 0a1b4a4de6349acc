package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EDX;
import static org.ringone.emulator.op.Operands.address;
import static org.ringone.emulator.op.Operands.loadForWrite;
import static org.ringone.emulator.op.Operands.number;
import static org.ringone.emulator.op.Operands.read;
import static org.ringone.emulator.op.Operands.register;
import static org.ringone.emulator.op.Operands.store;
import static org.ringone.emulator.op.Operands.value;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.Vector;
import org.ringone.x86.Instruction;

/** Addition, subtraction, logic, shifts, multiplication, division, decimal adjustment. */
final class Arithmetic {
    private Arithmetic() {}

    static void bind(OperationTable t) {
        t.choose("ADD", Doubleword.ADD);
        t.choose("OR", Doubleword.OR);
        t.choose("ADC", Updates.binary(Alu::adc));
        t.choose("SBB", Updates.binary(Alu::sbb));
        t.choose("AND", Doubleword.AND);
        t.choose("SUB", Doubleword.SUB);
        t.choose("XOR", Doubleword.XOR);
        t.choose("CMP", Doubleword.CMP);
        t.choose("TEST", Doubleword.TEST);
        t.choose("INC", Doubleword.INC);
        t.choose("DEC", Doubleword.DEC);
        t.choose("NEG", Updates.unary((s, a, b, size) -> Alu.sub(s, 0, a, size)));
        t.choose("NOT", Updates.unary((s, a, b, size) -> ~a));

        t.choose("ROL", Updates.binary(Shifter::rol));
        t.choose("ROR", Updates.binary(Shifter::ror));
        t.choose("RCL", Updates.binary(Shifter::rcl));
        t.choose("RCR", Updates.binary(Shifter::rcr));
        t.choose("SHL", Doubleword.SHL);
        t.choose("SHR", Doubleword.SHR);
        t.choose("SAR", Doubleword.SAR);
        t.bind("SHLD", (c, m, i) -> doubleShift(c, m, i, true));
        t.bind("SHRD", (c, m, i) -> doubleShift(c, m, i, false));

        t.bind("MUL", Arithmetic::mul);
        t.bind("IMUL", Arithmetic::imul);
        t.bind("IMUL2", Arithmetic::imulRegister);
        t.bind("IMUL3", Arithmetic::imulRegister);
        t.bind("DIV", Arithmetic::div);
        t.bind("IDIV", Arithmetic::idiv);
        t.bind("CBW", Arithmetic::cbw);
        t.bind("CWD", Arithmetic::cwd);

        t.bind("DAA", (c, m, i) -> register(c.s, EAX, 1, Decimal.daa(c.s, register(c.s, EAX, 1))));
        t.bind("DAS", (c, m, i) -> register(c.s, EAX, 1, Decimal.das(c.s, register(c.s, EAX, 1))));
        t.bind("AAA", (c, m, i) -> register(c.s, EAX, 2, Decimal.aaa(c.s, register(c.s, EAX, 2))));
        t.bind("AAS", (c, m, i) -> register(c.s, EAX, 2, Decimal.aas(c.s, register(c.s, EAX, 2))));
        t.bind("AAM", Arithmetic::aam);
        t.bind("AAD", Arithmetic::aad);
    }

    private static int signed(int value, int size) {
        int shift = 32 - (size << 3);
        return value << shift >> shift;
    }

    /** AX, DX:AX or EDX:EAX. */
    private static void wide(CpuState s, int size, long value) {
        if (size == 1) {
            register(s, EAX, 2, (int) value);
        } else {
            register(s, EAX, size, (int) value);
            register(s, EDX, size, (int) (value >> (size << 3)));
        }
    }

    /** AX, DX:AX or EDX:EAX, the upper bits of the result 0. */
    private static long wide(CpuState s, int size) {
        return switch (size) {
            case 1 -> s.r[EAX] & 0xFFFF;
            case 2 -> (s.r[EDX] << 16 | s.r[EAX] & 0xFFFF) & 0xFFFF_FFFFL;
            default -> (long) s.r[EDX] << 32 | s.r[EAX] & 0xFFFF_FFFFL;
        };
    }

    /** A double shift of the first operand, filled from the second, by the third. */
    private static void doubleShift(Cpu c, MemoryPort m, Instruction i, boolean left) {
        CpuState s = c.s;
        int size = i.operandSize;
        int offset = address(s, i);
        int a = i.memory() ? loadForWrite(m, i.segment, offset, size) : register(s, i.rm, size);
        if (c.faulted()) {
            return;
        }
        int fill = register(s, i.reg, size);
        int count = value(s, i, 2);
        int r = left ? Shifter.shld(s, a, fill, count, size) : Shifter.shrd(s, a, fill, count, size);
        if (i.memory()) {
            store(m, i.segment, offset, size, r);
        } else {
            register(s, i.rm, size, r);
        }
    }

    private static void mul(Cpu c, MemoryPort m, Instruction i) {
        int size = i.operandSize;
        int b = read(c, m, i, 0);
        if (!c.faulted()) {
            wide(c.s, size, Multiplier.mul(c.s, register(c.s, EAX, size), b, size));
        }
    }

    private static void imul(Cpu c, MemoryPort m, Instruction i) {
        int size = i.operandSize;
        int b = read(c, m, i, 0);
        if (!c.faulted()) {
            int a = register(c.s, EAX, size);
            wide(c.s, size, Multiplier.imul(c.s, signed(a, size), signed(b, size), size));
        }
    }

    /** Two operands: destination by source. Three: source by immediate. */
    private static void imulRegister(Cpu c, MemoryPort m, Instruction i) {
        int size = i.operandSize;
        int a = read(c, m, i, 1);
        int b = read(c, m, i, i.form.operands() == 3 ? 2 : 0);
        if (!c.faulted()) {
            int product = (int) Multiplier.imul(c.s, signed(a, size), signed(b, size), size);
            register(c.s, number(i, 0), size, product);
        }
    }

    private static void div(Cpu c, MemoryPort m, Instruction i) {
        int size = i.operandSize;
        int by = read(c, m, i, 0);
        if (!c.faulted()) {
            divided(c, size, Multiplier.div(wide(c.s, size), by, size), Multiplier.UNSIGNED_ERROR);
        }
    }

    private static void idiv(Cpu c, MemoryPort m, Instruction i) {
        int size = i.operandSize;
        int by = read(c, m, i, 0);
        if (!c.faulted()) {
            int shift = 64 - (size << 4);
            long dividend = wide(c.s, size) << shift >> shift;
            divided(c, size, Multiplier.idiv(dividend, signed(by, size), size), Multiplier.SIGNED_ERROR);
        }
    }

    private static void divided(Cpu c, int size, long remainderAndQuotient, long error) {
        if (remainderAndQuotient == error) {
            c.fault(Vector.DE, Vector.NO_ERROR_CODE);
        } else if (size == 1) {
            int remainder = (int) (remainderAndQuotient >> 32) & 0xFF;
            register(c.s, EAX, 2, remainder << 8 | (int) remainderAndQuotient & 0xFF);
        } else {
            register(c.s, EAX, size, (int) remainderAndQuotient);
            register(c.s, EDX, size, (int) (remainderAndQuotient >> 32));
        }
    }

    /** CBW and CWDE: doubles the width of AL or AX in the accumulator. */
    private static void cbw(Cpu c, MemoryPort m, Instruction i) {
        int half = i.operandSize >> 1;
        register(c.s, EAX, i.operandSize, signed(c.s.r[EAX], half));
    }

    /** CWD and CDQ: spreads the accumulator's sign over DX or EDX. */
    private static void cwd(Cpu c, MemoryPort m, Instruction i) {
        register(c.s, EDX, i.operandSize, signed(c.s.r[EAX], i.operandSize) >> 31);
    }

    private static void aam(Cpu c, MemoryPort m, Instruction i) {
        int base = i.immediate & 0xFF;
        if (base == 0) {
            c.fault(Vector.DE, Vector.NO_ERROR_CODE);
        } else {
            register(c.s, EAX, 2, Decimal.aam(c.s, register(c.s, EAX, 1), base));
        }
    }

    private static void aad(Cpu c, MemoryPort m, Instruction i) {
        register(c.s, EAX, 2, Decimal.aad(c.s, register(c.s, EAX, 2), i.immediate & 0xFF));
    }
}
