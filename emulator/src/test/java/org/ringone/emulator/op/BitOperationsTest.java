package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ECX;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.StatusFlags;

class BitOperationsTest {
    private static final int MIDDLE = 0x1_0000;

    private final FlatMachine machine = new FlatMachine(0x40);
    private final CpuState s = machine.s;
    private final int[] r = s.r;

    /** A bit string of memory, both ways from the operand's address: bit n is bit n mod 8 of byte n div 8. */
    @Test
    void registerCountsBitsFromTheOperandBothWays() {
        Random random = new Random(6);
        for (int n = 0; n < 300; n++) {
            int bit = random.nextInt(0x4_0000) - 0x2_0000;
            int at = MIDDLE + Math.floorDiv(bit, 8);
            machine.memory.write8(at, 0);
            r[EBX] = MIDDLE;
            r[ECX] = bit;
            machine.execute(1, "lock bts [ebx], ecx");
            assertThat(machine.memory.read8(at)).as("bit %d", bit).isEqualTo(1 << Math.floorMod(bit, 8));
            assertThat(StatusFlags.carry(s)).isFalse();
            machine.execute(1, "bt [ebx], ecx");
            assertThat(StatusFlags.carry(s)).isTrue();
            machine.execute(1, "btr [ebx], ecx");
            assertThat(machine.memory.read8(at)).isZero();
        }
    }

    @Test
    void sixteenBitCountIsSigned() {
        r[EBX] = MIDDLE;
        r[ECX] = 0x1234_8000;
        machine.memory.write16(MIDDLE - 0x1000, 0);
        machine.execute(1, "btc [ebx], cx");
        assertThat(machine.memory.read16(MIDDLE - 0x1000)).isEqualTo(1);
    }

    @Test
    void immediateCountStaysInTheOperand() {
        r[EBX] = MIDDLE;
        machine.memory.write32(MIDDLE, 0);
        machine.memory.write32(MIDDLE + 4, 0);
        machine.execute(1, "bts dword [ebx], 33");
        assertThat(machine.memory.read32(MIDDLE)).isEqualTo(2);
        assertThat(machine.memory.read32(MIDDLE + 4)).isZero();
    }

    @Test
    void testsLeaveAllFlagsButCarry() {
        s.eflags(StatusFlags.ALL);
        r[EAX] = 0;
        machine.execute(1, "bt eax, 5");
        assertThat(s.eflags() & StatusFlags.ALL).isEqualTo(StatusFlags.ALL & ~StatusFlags.CF);
    }

    @Test
    void scanOfZeroLeavesTheDestination() {
        r[EAX] = 0x1234;
        r[ECX] = 0;
        machine.execute(1, "bsf eax, ecx");
        assertThat(r[EAX]).isEqualTo(0x1234);
        assertThat(StatusFlags.zero(s)).isTrue();
        r[ECX] = 0x0080_0100;
        machine.execute(1, "bsf eax, ecx");
        assertThat(r[EAX]).isEqualTo(8);
        machine.execute(1, "bsr eax, ecx");
        assertThat(r[EAX]).isEqualTo(23);
        assertThat(StatusFlags.zero(s)).isFalse();
    }

    @Test
    void exchangesWithEqualRegisters() {
        r[EAX] = 5;
        machine.execute(1, "xadd eax, eax");
        assertThat(r[EAX]).isEqualTo(10);
        r[EAX] = 0x1122_3344;
        machine.execute(1, "xchg al, ah");
        assertThat(r[EAX]).isEqualTo(0x1122_4433);
        machine.execute(1, "bswap eax");
        assertThat(r[EAX]).isEqualTo(0x3344_2211);
        r[EAX] = 7;
        machine.execute(1, "cmpxchg eax, eax");
        assertThat(r[EAX]).isEqualTo(7);
        assertThat(StatusFlags.zero(s)).isTrue();
    }
}
