package org.ringone.emulator;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** The images of the whole floating-point state in memory: FNSAVE, FRSTOR and FXSAVE, FXRSTOR. */
final class FpuImages {
    private static final int REGISTERS = 80;
    private static final int EXTENDED = 512;

    private FpuImages() {}

    /** Reads and writes words of an image at the operand's address. */
    private record Image(Cpu cpu, MemoryPort m, Instruction i, int at) {
        static Image of(Cpu cpu, MemoryPort m, Instruction i) {
            return new Image(cpu, m, i, Operands.address(cpu.s, i));
        }

        private int offset(int n) {
            return i.addressSize == 4 ? at + n : at + n & 0xFFFF;
        }

        int read(int n, int size) {
            return size == 2 ? m.read16(i.segment, offset(n)) : m.read32(i.segment, offset(n));
        }

        void write(int n, int size, int value) {
            if (size == 2) {
                m.write16(i.segment, offset(n), value);
            } else {
                m.write32(i.segment, offset(n), value);
            }
        }

        void saveRegister(int n, int from) {
            m.write64(i.segment, offset(n), cpu.fpu().significand(from));
            m.write16(i.segment, offset(n + 8), cpu.fpu().exponent(from));
        }

        void restoreRegister(int n, int to) {
            cpu.fpu().restore(to, m.read64(i.segment, offset(n)), m.read16(i.segment, offset(n + 8)));
        }

        boolean writable(int size) {
            return m.probeWrite(i.segment, at, size);
        }

        boolean readable(int size) {
            return m.probeRead(i.segment, at, size);
        }
    }

    static void save(Cpu cpu, MemoryPort m, Instruction i) {
        int size = i.operandSize == 2 ? 2 : 4;
        Image image = Image.of(cpu, m, i);
        if (!image.writable(7 * size + REGISTERS)) {
            return;
        }
        environment(cpu, image, size);
        for (int n = 0; n < 8; n++) {
            image.saveRegister(7 * size + 10 * n, n);
        }
        cpu.fpu().reset();
    }

    /** FNSTENV: exceptions are masked from then on. */
    static void saveEnvironment(Cpu cpu, MemoryPort m, Instruction i) {
        int size = i.operandSize == 2 ? 2 : 4;
        Image image = Image.of(cpu, m, i);
        if (image.writable(7 * size)) {
            environment(cpu, image, size);
            cpu.fpu().control(cpu.fpu().control() | Fpu.EXCEPTIONS);
        }
    }

    private static void environment(Cpu cpu, Image image, int size) {
        Fpu fpu = cpu.fpu();
        int fill = 0xFFFF_0000;
        image.write(0, size, fpu.control() | fill);
        image.write(size, size, fpu.status() | fill);
        image.write(2 * size, size, fpu.tags() | fill);
        if (cpu.segmentation().real()) {
            int code = (fpu.instructionSelector << 4) + fpu.instructionPointer;
            int data = (fpu.operandSelector << 4) + fpu.operandPointer;
            image.write(3 * size, size, code & 0xFFFF);
            image.write(4 * size, size, code >>> 16 << 12 | fpu.opcode);
            image.write(5 * size, size, data & 0xFFFF);
            image.write(6 * size, size, data >>> 16 << 12);
        } else {
            image.write(3 * size, size, fpu.instructionPointer);
            image.write(4 * size, size, fpu.instructionSelector | fpu.opcode << 16);
            image.write(5 * size, size, fpu.operandPointer);
            image.write(6 * size, size, fpu.operandSelector | fill);
        }
    }

    static void restore(Cpu cpu, MemoryPort m, Instruction i) {
        int size = i.operandSize == 2 ? 2 : 4;
        Image image = Image.of(cpu, m, i);
        if (!image.readable(7 * size + REGISTERS)) {
            return;
        }
        takeEnvironment(cpu, image, size);
        for (int n = 0; n < 8; n++) {
            image.restoreRegister(7 * size + 10 * n, n);
        }
    }

    static void restoreEnvironment(Cpu cpu, MemoryPort m, Instruction i) {
        int size = i.operandSize == 2 ? 2 : 4;
        Image image = Image.of(cpu, m, i);
        if (image.readable(7 * size)) {
            takeEnvironment(cpu, image, size);
        }
    }

    private static void takeEnvironment(Cpu cpu, Image image, int size) {
        Fpu fpu = cpu.fpu();
        fpu.control(image.read(0, size));
        fpu.status(image.read(size, size));
        fpu.tags(image.read(2 * size, size));
        int fourth = image.read(4 * size, size);
        if (cpu.segmentation().real()) {
            fpu.instructionPointer = image.read(3 * size, size) & 0xFFFF | fourth >>> 12 << 16;
            fpu.instructionSelector = 0;
            fpu.opcode = fourth & 0x7FF;
            fpu.operandPointer = image.read(5 * size, size) & 0xFFFF | image.read(6 * size, size) >>> 12 << 16;
            fpu.operandSelector = 0;
        } else {
            fpu.instructionPointer = image.read(3 * size, size);
            fpu.instructionSelector = fourth & 0xFFFF;
            fpu.opcode = size == 4 ? fourth >>> 16 & 0x7FF : 0;
            fpu.operandPointer = image.read(5 * size, size);
            fpu.operandSelector = image.read(6 * size, size) & 0xFFFF;
        }
    }

    private static boolean aligned(Cpu cpu, Image image) {
        if ((cpu.s.base[image.i().segment] + image.at() & 15) != 0) {
            cpu.fault(Vector.GP, 0);
            return false;
        }
        return true;
    }

    static void saveExtended(Cpu cpu, MemoryPort m, Instruction i) {
        Image image = Image.of(cpu, m, i);
        if (!image.writable(EXTENDED) || !aligned(cpu, image)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        image.write(0, 2, fpu.control());
        image.write(2, 2, fpu.status());
        image.write(4, 2, fpu.abridgedTags());
        image.write(6, 2, fpu.opcode);
        image.write(8, 4, fpu.instructionPointer);
        image.write(12, 4, fpu.instructionSelector);
        image.write(16, 4, fpu.operandPointer);
        image.write(20, 4, fpu.operandSelector);
        for (int n = 0; n < 8; n++) {
            int at = 32 + 16 * n;
            image.saveRegister(at, n);
            image.write(at + 10, 2, 0);
            image.write(at + 12, 4, 0);
        }
    }

    static void restoreExtended(Cpu cpu, MemoryPort m, Instruction i) {
        Image image = Image.of(cpu, m, i);
        if (!image.readable(EXTENDED) || !aligned(cpu, image)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        fpu.control(image.read(0, 2));
        fpu.status(image.read(2, 2));
        fpu.abridgedTags(image.read(4, 2) & 0xFF);
        fpu.opcode = image.read(6, 2) & 0x7FF;
        fpu.instructionPointer = image.read(8, 4);
        fpu.instructionSelector = image.read(12, 4) & 0xFFFF;
        fpu.operandPointer = image.read(16, 4);
        fpu.operandSelector = image.read(20, 4) & 0xFFFF;
        for (int n = 0; n < 8; n++) {
            image.restoreRegister(32 + 16 * n, n);
        }
    }
}
