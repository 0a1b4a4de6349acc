package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusFlagsTest {
    private final CpuState state = new CpuState();

    /** All 64 combinations, spread over the bits of an EFLAGS image. */
    private static int combination(int n) {
        return (n & 1)
                | (n >> 1 & 1) << 2
                | (n >> 2 & 1) << 4
                | (n >> 3 & 1) << 6
                | (n >> 4 & 1) << 7
                | (n >> 5 & 1) << 11;
    }

    @Test
    void everyCombinationOfFlagsSurvives() {
        for (int n = 0; n < 64; n++) {
            int flags = combination(n);
            StatusFlags.unpack(state, flags | 0xFFFF_F002 & ~StatusFlags.ALL);
            assertThat(StatusFlags.pack(state)).isEqualTo(flags);
        }
    }

    @Test
    void singleFlagsChangeAlone() {
        for (int n = 0; n < 64; n++) {
            int flags = combination(n);
            for (boolean value : new boolean[] {false, true}) {
                StatusFlags.unpack(state, flags);
                StatusFlags.carry(state, value);
                assertThat(StatusFlags.pack(state)).isEqualTo(flags & ~StatusFlags.CF | (value ? StatusFlags.CF : 0));
                StatusFlags.unpack(state, flags);
                StatusFlags.zero(state, value);
                assertThat(StatusFlags.pack(state)).isEqualTo(flags & ~StatusFlags.ZF | (value ? StatusFlags.ZF : 0));
                StatusFlags.unpack(state, flags);
                StatusFlags.overflow(state, value);
                assertThat(StatusFlags.pack(state)).isEqualTo(flags & ~StatusFlags.OF | (value ? StatusFlags.OF : 0));
            }
        }
    }

    @Test
    void conditionsAreThoseOfTheManual() {
        for (int n = 0; n < 64; n++) {
            int flags = combination(n);
            StatusFlags.unpack(state, flags);
            boolean cf = (flags & StatusFlags.CF) != 0;
            boolean pf = (flags & StatusFlags.PF) != 0;
            boolean zf = (flags & StatusFlags.ZF) != 0;
            boolean sf = (flags & StatusFlags.SF) != 0;
            boolean of = (flags & StatusFlags.OF) != 0;
            boolean[] expected = {of, cf, zf, cf || zf, sf, pf, sf != of, zf || sf != of};
            for (int code = 0; code < 16; code++) {
                assertThat(StatusFlags.condition(state, 0x70 | code))
                        .as("condition %d of flags %x", code, flags)
                        .isEqualTo(expected[code >> 1] ^ (code & 1) != 0);
            }
        }
    }
}
