package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.CpuidTable;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.Vector;
import org.ringone.emulator.op.Operands;
import org.ringone.emulator.sse.Sse;
import org.ringone.x86.Instruction;

/**
 * FXSAVE and FXRSTOR: the state of the unit, and of SSE when the processor has it and CR4.OSFXSR is set. Neither waits for exceptions;
 * the operand must be aligned to 16 bytes.
 */
final class ExtendedState {
    private static final int SIZE = 512;
    private static final int REGISTERS = 32;
    private static final int XMM = 160;
    private static final int MXCSR = 24;

    private ExtendedState() {}

    static void bind(OperationTable t) {
        t.bind("FXSAVE", offered(FpuGate.control(ExtendedState::save)));
        t.bind("FXRSTOR", offered(FpuGate.control(ExtendedState::restore)));
    }

    private static Operation offered(Operation operation) {
        return (cpu, m, i) -> {
            if (cpu.config().cpuid().has(CpuidTable.FXSR)) {
                operation.execute(cpu, m, i);
            } else {
                cpu.fault(Vector.UD);
            }
        };
    }

    private static boolean aligned(Cpu cpu, Instruction i, int at) {
        if ((cpu.s.base(i.segment) + at & 15) != 0) {
            cpu.fault(Vector.GP, 0);
            return false;
        }
        return true;
    }

    private static void save(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (!aligned(cpu, i, at) || !m.probeWrite(i.segment, at, SIZE)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        int s = i.segment;
        m.write16(s, FpuGate.offset(i, at, 0), fpu.control());
        m.write16(s, FpuGate.offset(i, at, 2), fpu.status());
        m.write16(s, FpuGate.offset(i, at, 4), fpu.abridgedTags());
        m.write16(s, FpuGate.offset(i, at, 6), fpu.opcode);
        m.write32(s, FpuGate.offset(i, at, 8), fpu.instructionPointer);
        m.write32(s, FpuGate.offset(i, at, 12), fpu.instructionSelector);
        m.write32(s, FpuGate.offset(i, at, 16), fpu.operandPointer);
        m.write32(s, FpuGate.offset(i, at, 20), fpu.operandSelector);
        for (int n = 0; n < 8; n++) {
            int image = REGISTERS + 16 * n;
            m.write64(s, FpuGate.offset(i, at, image), fpu.significand(n));
            m.write64(s, FpuGate.offset(i, at, image + 8), fpu.exponent(n));
        }
        if (!cpu.sse().present()) {
            return;
        }
        m.write32(s, FpuGate.offset(i, at, MXCSR), cpu.sse().mxcsr());
        m.write32(s, FpuGate.offset(i, at, MXCSR + 4), Sse.MXCSR_MASK);
        if ((cpu.s.cr4() & CpuState.CR4_OSFXSR) != 0) {
            for (int n = 0; n < 16; n++) {
                m.write64(s, FpuGate.offset(i, at, XMM + 8 * n), cpu.sse().half(n));
            }
        }
    }

    private static void restore(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (!aligned(cpu, i, at) || !m.probeRead(i.segment, at, SIZE)) {
            return;
        }
        int s = i.segment;
        boolean sse = cpu.sse().present();
        int mxcsr = m.read32(s, FpuGate.offset(i, at, MXCSR));
        if (sse && (mxcsr & ~Sse.MXCSR_MASK) != 0) {
            cpu.fault(Vector.GP, 0);
            return;
        }
        Fpu fpu = cpu.fpu();
        fpu.control(m.read16(s, FpuGate.offset(i, at, 0)));
        fpu.status(m.read16(s, FpuGate.offset(i, at, 2)));
        fpu.abridgedTags(m.read16(s, FpuGate.offset(i, at, 4)) & 0xFF);
        fpu.opcode = m.read16(s, FpuGate.offset(i, at, 6)) & 0x7FF;
        fpu.instructionPointer = m.read32(s, FpuGate.offset(i, at, 8));
        fpu.instructionSelector = m.read16(s, FpuGate.offset(i, at, 12));
        fpu.operandPointer = m.read32(s, FpuGate.offset(i, at, 16));
        fpu.operandSelector = m.read16(s, FpuGate.offset(i, at, 20));
        for (int n = 0; n < 8; n++) {
            int image = REGISTERS + 16 * n;
            long significand = m.read64(s, FpuGate.offset(i, at, image));
            fpu.restore(n, significand, m.read16(s, FpuGate.offset(i, at, image + 8)));
        }
        if (!sse) {
            return;
        }
        cpu.sse().mxcsr(mxcsr);
        if ((cpu.s.cr4() & CpuState.CR4_OSFXSR) != 0) {
            for (int n = 0; n < 16; n++) {
                cpu.sse().half(n, m.read64(s, FpuGate.offset(i, at, XMM + 8 * n)));
            }
        }
    }
}
