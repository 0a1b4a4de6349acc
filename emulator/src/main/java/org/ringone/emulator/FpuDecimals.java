package org.ringone.emulator;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** Packed decimal numbers of 18 digits: FBLD and FBSTP. */
final class FpuDecimals {

    private static final int DIGITS = 18;
    private static final long LIMIT = 1_000_000_000_000_000_000L;
    private static final long INDEFINITE_LOW = 0xC000_0000_0000_0000L;

    private FpuDecimals() {}

    static void bind(OperationTable t) {
        t.bind("FBLD", FpuInstructions.computing(FpuDecimals::load));
        t.bind("FBSTP", FpuInstructions.computing(FpuDecimals::store));
    }

    private static int offset(Instruction i, int at) {
        return i.addressSize == 4 ? at + 8 : at + 8 & 0xFFFF;
    }

    private static void load(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        long low = m.read64(i.segment, at);
        int high = m.read16(i.segment, offset(i, at));
        if (cpu.faulted()) {
            return;
        }
        long value = 0;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            int four = (int) (digit >= 16 ? high >> 4 * (digit - 16) : low >>> 4 * digit) & 0xF;
            value = value * 10 + four; // digits above 9 are undefined; this is what processors do with them
        }
        ExtendedReal real = cpu.fpu().real();
        real.fromInteger(value);
        cpu.fpu().push(real.significand(), real.exponent() | high & 0x8000);
    }

    private static void store(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        int at = Operands.address(cpu.s, i);
        if (!m.probeWrite(i.segment, at, 10)) {
            return;
        }
        long low = INDEFINITE_LOW;
        int high = 0xFFFF;
        if (fpu.isEmpty(0)) {
            if (!fpu.underflow()) {
                return;
            }
        } else {
            ExtendedReal real = fpu.real();
            long value = real.toDecimal(fpu.significand(0), fpu.exponent(0), LIMIT);
            if (real.prevented()) {
                return;
            }
            if (value >= 0) {
                low = 0;
                for (int digit = 0; digit < 16; digit++) {
                    low |= value % 10 << 4 * digit;
                    value /= 10;
                }
                high = (int) (value % 10 | value / 10 << 4) | fpu.exponent(0) & 0x8000;
            }
        }
        m.write64(i.segment, at, low);
        m.write16(i.segment, offset(i, at), high);
        fpu.pop();
    }
}
