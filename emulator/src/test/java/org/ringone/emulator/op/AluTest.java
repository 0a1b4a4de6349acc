package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.StatusFlags;

/** Arithmetic against {@link BitSerial}: every pair of bytes, and words and doublewords at their edges and at random. */
class AluTest {
    /** A two-operand operation of the product. */
    interface Operation {
        int apply(CpuState s, int a, int b, int size);
    }

    /** The same in the model. */
    interface Model {
        void apply(BitSerial m, int a, int b);
    }

    private static final int[] EDGES = {
        0,
        1,
        2,
        7,
        8,
        9,
        15,
        16,
        0x7E,
        0x7F,
        0x80,
        0x81,
        0xFE,
        0xFF,
        0x100,
        0x7FFE,
        0x7FFF,
        0x8000,
        0x8001,
        0xFFFE,
        0xFFFF,
        0x10000,
        0x7FFF_FFFE,
        0x7FFF_FFFF,
        0x8000_0000,
        0x8000_0001,
        0xFFFF_FFFE,
        0xFFFF_FFFF
    };

    private final CpuState state = new CpuState();

    private static int zeroExtended(int value, int size) {
        return (int) (value & (1L << 8 * size) - 1);
    }

    private void compare(String name, Operation operation, Model model, int a, int b, int size, int flags) {
        StatusFlags.unpack(state, flags);
        int result = zeroExtended(operation.apply(state, a, b, size), size);
        BitSerial m = new BitSerial(size, flags);
        model.apply(m, a, b);
        if (result != zeroExtended(m.result, size) || StatusFlags.pack(state) != m.eflags()) {
            assertThat(String.format("%x, flags %x", result, StatusFlags.pack(state)))
                    .as("%s of %x and %x, size %d, flags before %x", name, a, b, size, flags)
                    .isEqualTo(String.format("%x, flags %x", zeroExtended(m.result, size), m.eflags()));
        }
    }

    private void agree(String name, Operation operation, Model model) {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                compare(name, operation, model, a, b, 1, 0);
                compare(name, operation, model, a, b, 1, StatusFlags.ALL);
            }
        }
        Random random = new Random(1);
        for (int size = 2; size <= 4; size += 2) {
            for (int a : EDGES) {
                for (int b : EDGES) {
                    compare(name, operation, model, zeroExtended(a, size), zeroExtended(b, size), size, 0);
                    compare(
                            name,
                            operation,
                            model,
                            zeroExtended(a, size),
                            zeroExtended(b, size),
                            size,
                            StatusFlags.ALL);
                }
            }
            for (int n = 0; n < 20_000; n++) {
                int a = zeroExtended(random.nextInt(), size);
                int b = zeroExtended(random.nextInt(), size);
                compare(name, operation, model, a, b, size, random.nextInt() & StatusFlags.ALL);
            }
        }
    }

    @Test
    void addition() {
        agree("add", Alu::add, (m, a, b) -> m.add(a, b, false));
        agree("adc", Alu::adc, (m, a, b) -> m.add(a, b, m.cf));
    }

    @Test
    void subtraction() {
        agree("sub", Alu::sub, (m, a, b) -> m.sub(a, b, false));
        agree("sbb", Alu::sbb, (m, a, b) -> m.sub(a, b, m.cf));
    }

    @Test
    void incrementAndDecrementLeaveCarry() {
        agree("inc", (s, a, b, size) -> Alu.inc(s, a, size), (m, a, b) -> {
            boolean before = m.cf;
            m.add(a, 1, false);
            m.cf = before;
        });
        agree("dec", (s, a, b, size) -> Alu.dec(s, a, size), (m, a, b) -> {
            boolean before = m.cf;
            m.sub(a, 1, false);
            m.cf = before;
        });
    }

    @Test
    void logic() {
        agree("and", Alu::and, (m, a, b) -> m.logic(a & b));
        agree("or", Alu::or, (m, a, b) -> m.logic(a | b));
        agree("xor", Alu::xor, (m, a, b) -> m.logic(a ^ b));
    }

    @Test
    void upperBitsOfOperandsDoNotMatter() {
        for (Operation operation :
                new Operation[] {Alu::add, Alu::adc, Alu::sub, Alu::sbb, Alu::and, Alu::or, Alu::xor}) {
            StatusFlags.unpack(state, StatusFlags.CF);
            int plain = operation.apply(state, 0x80, 0x7F, 1);
            int flags = StatusFlags.pack(state);
            StatusFlags.unpack(state, StatusFlags.CF);
            assertThat(operation.apply(state, 0xABCD_EF80, 0x1234_567F, 1) & 0xFF)
                    .isEqualTo(plain & 0xFF);
            assertThat(StatusFlags.pack(state)).isEqualTo(flags);
        }
    }

    @Test
    void shiftsAndRotates() {
        agree("shl", Shifter::shl, BitSerial::shl);
        agree("shr", Shifter::shr, BitSerial::shr);
        agree("sar", Shifter::sar, BitSerial::sar);
        agree("rol", Shifter::rol, BitSerial::rol);
        agree("ror", Shifter::ror, BitSerial::ror);
        agree("rcl", Shifter::rcl, (m, a, b) -> m.rcl(a, (b & 31) % (m.bits + 1)));
        agree("rcr", Shifter::rcr, (m, a, b) -> m.rcr(a, (b & 31) % (m.bits + 1)));
    }

    @Test
    void doubleShifts() {
        Random random = new Random(2);
        for (int n = 0; n < 200_000; n++) {
            int size = random.nextBoolean() ? 2 : 4;
            int count = random.nextInt(40);
            int a = zeroExtended(random.nextInt(), size);
            int fill = zeroExtended(random.nextInt(), size);
            int flags = random.nextInt() & StatusFlags.ALL;
            compare(
                    "shld by " + count,
                    (s, x, y, w) -> Shifter.shld(s, x, y, count, w),
                    (m, x, y) -> m.shld(x, y, count),
                    a,
                    fill,
                    size,
                    flags);
            compare(
                    "shrd by " + count,
                    (s, x, y, w) -> Shifter.shrd(s, x, y, count, w),
                    (m, x, y) -> m.shrd(x, y, count),
                    a,
                    fill,
                    size,
                    flags);
        }
    }
}
