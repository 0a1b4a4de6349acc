package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/**
 * The images of environment and state in memory: FNSTENV, FLDENV, FNSAVE, FRSTOR, of 16 and of 32 bits, real and protected. They
 * must be aligned as their words are; the registers' images, of ten bytes each, go word by word since they need no more.
 */
final class FpuImages {
    private static final int REGISTERS = 80;

    private FpuImages() {}

    static void bind(OperationTable t) {
        t.bind("FNSTENV", FpuGate.control(FpuImages::storeEnvironment));
        t.bind("FLDENV", FpuGate.waiting(FpuImages::loadEnvironment));
        t.bind("FNSAVE", FpuGate.control(FpuImages::save));
        t.bind("FRSTOR", FpuGate.waiting(FpuImages::restore));
    }

    /** Bytes of a word of the environment. */
    private static int size(Instruction i) {
        return i.operandSize == 2 ? 2 : 4;
    }

    private static int read(MemoryPort m, Instruction i, int at, int n) {
        int offset = FpuGate.offset(i, at, n * size(i));
        return size(i) == 2 ? m.read16(i.segment, offset) : m.read32(i.segment, offset);
    }

    private static void write(MemoryPort m, Instruction i, int at, int n, int value) {
        int offset = FpuGate.offset(i, at, n * size(i));
        if (size(i) == 2) {
            m.write16(i.segment, offset, value);
        } else {
            m.write32(i.segment, offset, value);
        }
    }

    private static void storeEnvironment(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (m.probeWrite(i.segment, at, size(i)) && m.probeWrite(i.segment, at, 7 * size(i))) {
            writeEnvironment(cpu, m, i, at);
            cpu.fpu().maskAll();
        }
    }

    private static void loadEnvironment(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (m.probeRead(i.segment, at, size(i)) && m.probeRead(i.segment, at, 7 * size(i))) {
            readEnvironment(cpu, m, i, at);
        }
    }

    private static void save(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        int environment = 7 * size(i);
        if (!m.probeWrite(i.segment, at, size(i)) || !m.probeWrite(i.segment, at, environment + REGISTERS)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        writeEnvironment(cpu, m, i, at);
        for (int n = 0; n < 8; n++) {
            int image = environment + 10 * n;
            for (int word = 0; word < 4; word++) {
                int offset = FpuGate.offset(i, at, image + 2 * word);
                m.write16(i.segment, offset, (int) (fpu.significand(n) >>> 16 * word));
            }
            m.write16(i.segment, FpuGate.offset(i, at, image + 8), fpu.exponent(n));
        }
        fpu.reset();
    }

    private static void restore(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        int environment = 7 * size(i);
        if (!m.probeRead(i.segment, at, size(i)) || !m.probeRead(i.segment, at, environment + REGISTERS)) {
            return;
        }
        readEnvironment(cpu, m, i, at);
        for (int n = 0; n < 8; n++) {
            int image = environment + 10 * n;
            long significand = 0;
            for (int word = 0; word < 4; word++) {
                long part = m.read16(i.segment, FpuGate.offset(i, at, image + 2 * word)) & 0xFFFFL;
                significand |= part << 16 * word;
            }
            cpu.fpu().restore(n, significand, m.read16(i.segment, FpuGate.offset(i, at, image + 8)));
        }
    }

    private static void writeEnvironment(Cpu cpu, MemoryPort m, Instruction i, int at) {
        Fpu fpu = cpu.fpu();
        int fill = 0xFFFF_0000;
        write(m, i, at, 0, fpu.control() | fill);
        write(m, i, at, 1, fpu.status() | fill);
        write(m, i, at, 2, fpu.tags() | fill);
        if (cpu.segmentation().real()) {
            int code = (fpu.instructionSelector << 4) + fpu.instructionPointer;
            int data = (fpu.operandSelector << 4) + fpu.operandPointer;
            write(m, i, at, 3, code & 0xFFFF | fill);
            write(m, i, at, 4, code >>> 16 << 12 | fpu.opcode);
            write(m, i, at, 5, data & 0xFFFF | fill);
            write(m, i, at, 6, data >>> 16 << 12);
        } else {
            write(m, i, at, 3, fpu.instructionPointer);
            write(m, i, at, 4, fpu.instructionSelector | fpu.opcode << 16);
            write(m, i, at, 5, fpu.operandPointer);
            write(m, i, at, 6, fpu.operandSelector | fill);
        }
    }

    private static void readEnvironment(Cpu cpu, MemoryPort m, Instruction i, int at) {
        Fpu fpu = cpu.fpu();
        fpu.control(read(m, i, at, 0));
        fpu.status(read(m, i, at, 1));
        fpu.tags(read(m, i, at, 2));
        int instruction = read(m, i, at, 3);
        int selector = read(m, i, at, 4);
        int operand = read(m, i, at, 5);
        int operandSelector = read(m, i, at, 6);
        if (cpu.segmentation().real()) {
            fpu.instructionPointer = instruction & 0xFFFF | selector >>> 12 << 16;
            fpu.instructionSelector = 0;
            fpu.opcode = selector & 0x7FF;
            fpu.operandPointer = operand & 0xFFFF | operandSelector >>> 12 << 16;
            fpu.operandSelector = 0;
        } else {
            fpu.instructionPointer = instruction;
            fpu.instructionSelector = selector & 0xFFFF;
            fpu.opcode = size(i) == 4 ? selector >>> 16 & 0x7FF : 0;
            fpu.operandPointer = operand;
            fpu.operandSelector = operandSelector & 0xFFFF;
        }
    }
}
