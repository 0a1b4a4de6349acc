package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBP;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

import org.junit.jupiter.api.Test;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.Vector;

class StackTest {
    private static final int STACK = 0x1_0100;

    private final FlatMachine machine = new FlatMachine(0x40);
    private final CpuState s = machine.s;
    private final int[] r = s.r;

    StackTest() {
        r[ESP] = STACK;
    }

    private int word(int address) {
        return machine.memory.read32(address);
    }

    @Test
    void pushOfTheStackPointerStoresItsOldValue() {
        machine.execute(1, "push esp");
        assertThat(word(STACK - 4)).isEqualTo(STACK);
        assertThat(r[ESP]).isEqualTo(STACK - 4);
    }

    @Test
    void popIntoTheStackPointerLoadsIt() {
        machine.memory.write32(STACK, 0x1234_5678);
        machine.execute(1, "pop esp");
        assertThat(r[ESP]).isEqualTo(0x1234_5678);
    }

    @Test
    void popIntoTheLowHalfOfTheStackPointerComesAfterTheIncrement() {
        r[ESP] = 0x1_FFFE;
        machine.memory.write16(0x1_FFFE, 0xABCD);
        machine.execute(1, "pop sp");
        assertThat(r[ESP]).isEqualTo(0x2_ABCD);
    }

    @Test
    void popAddressesWithTheStackPointerAlreadyMoved() {
        machine.memory.write32(STACK, 0xCAFE);
        machine.execute(1, "pop dword [esp+8]");
        assertThat(word(STACK + 12)).isEqualTo(0xCAFE);
        assertThat(r[ESP]).isEqualTo(STACK + 4);
    }

    @Test
    void pushAddressesWithTheStackPointerNotYetMoved() {
        machine.memory.write32(STACK + 8, 0xCAFE);
        machine.execute(1, "push dword [esp+8]");
        assertThat(word(STACK - 4)).isEqualTo(0xCAFE);
    }

    @Test
    void popThatCannotStoreLeavesTheStackPointer() {
        machine.segment(CpuState.ES, 0, 0xFFF, true);
        machine.execute(1, "pop dword [es:esp]");
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(r[ESP]).isEqualTo(STACK);
    }

    @Test
    void sixteenBitPushesMoveTwoBytes() {
        r[EAX] = 0x1111_2222;
        machine.execute(1, "push ax");
        assertThat(r[ESP]).isEqualTo(STACK - 2);
        assertThat(machine.memory.read16(STACK - 2)).isEqualTo(0x2222);
    }

    @Test
    void selectorIsPushedZeroExtended() {
        machine.memory.write32(STACK - 4, -1);
        machine.execute(1, "push ds");
        assertThat(word(STACK - 4)).isEqualTo(s.selector(CpuState.DS));
    }

    @Test
    void sixteenBitStackWrapsAndKeepsTheUpperHalf() {
        machine.segment(SS, 0, 0xFFFF, false);
        r[ESP] = 0xABCD_0000;
        r[EAX] = 0x5566_7788;
        machine.execute(1, "push eax");
        assertThat(r[ESP]).isEqualTo(0xABCD_FFFC);
        assertThat(word(0xFFFC)).isEqualTo(0x5566_7788);
        machine.execute(1, "pop ecx");
        assertThat(r[ESP]).isEqualTo(0xABCD_0000);
        assertThat(r[1]).isEqualTo(0x5566_7788);
    }

    @Test
    void valueThatWouldCrossTheTopOfA16BitStackFaults() {
        machine.segment(SS, 0, 0xFFFF, false);
        r[ESP] = 0x0002;
        machine.execute(1, "push eax");
        assertThat(machine.vector).isEqualTo(Vector.SS);
        assertThat(machine.error).isZero();
        assertThat(r[ESP]).isEqualTo(2);
    }

    @Test
    void allRegistersWrapAroundA16BitStack() {
        machine.segment(SS, 0, 0xFFFF, false);
        for (int n = 0; n < 8; n++) {
            r[n] = 0x100 + n;
        }
        r[ESP] = 0x7777_0004;
        machine.execute(1, "pusha");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        assertThat(r[ESP]).isEqualTo(0x7777_FFE4);
        assertThat(word(0)).isEqualTo(0x100);
        assertThat(word(0xFFFC)).isEqualTo(0x101);
        assertThat(word(0xFFF0)).as("the old stack pointer").isEqualTo(0x7777_0004);
        assertThat(word(0xFFE4)).isEqualTo(0x107);
        machine.execute(1, "popa");
        assertThat(r).containsExactly(0x100, 0x101, 0x102, 0x103, 0x7777_0004, 0x105, 0x106, 0x107);
    }

    @Test
    void popaSkipsTheStoredStackPointer() {
        r[ESP] = STACK;
        machine.memory.write32(STACK + 12, 0xDEAD);
        machine.execute(1, "popa");
        assertThat(r[ESP]).isEqualTo(STACK + 32);
    }

    @Test
    void enterCopiesTheOuterFramePointers() {
        r[EBP] = 0x1_0200;
        machine.memory.write32(0x1_0200 - 4, 0xAAAA);
        machine.memory.write32(0x1_0200 - 8, 0xBBBB);
        machine.execute(1, "enter 0x20, 3");
        assertThat(word(STACK - 4)).isEqualTo(0x1_0200);
        assertThat(word(STACK - 8)).isEqualTo(0xAAAA);
        assertThat(word(STACK - 12)).isEqualTo(0xBBBB);
        assertThat(word(STACK - 16)).isEqualTo(STACK - 4);
        assertThat(r[EBP]).isEqualTo(STACK - 4);
        assertThat(r[ESP]).isEqualTo(STACK - 16 - 0x20);
    }

    @Test
    void enterReadsWhatItHasJustPushedWhenTheFramesOverlap() {
        r[EBP] = STACK;
        machine.execute(1, "enter 0, 3");
        assertThat(word(STACK - 4)).isEqualTo(STACK);
        assertThat(word(STACK - 8)).isEqualTo(STACK);
        assertThat(word(STACK - 12)).isEqualTo(STACK);
    }

    @Test
    void enterTakesTheLevelModulo32() {
        machine.execute(1, "enter 8, 32");
        assertThat(r[ESP]).isEqualTo(STACK - 4 - 8);
    }

    @Test
    void enterNeedsAWritableByteAtTheFinalStackPointer() {
        machine.segment(SS, 0, STACK - 0x100, true);
        machine.rights(SS, s.rights(SS) | 4); // expand-down: offsets up to the limit are out of bounds
        int ebp = r[EBP];
        machine.execute(1, "enter 0x200, 0");
        assertThat(machine.vector).isEqualTo(Vector.SS);
        assertThat(r[ESP]).isEqualTo(STACK);
        assertThat(r[EBP]).isEqualTo(ebp);
    }

    @Test
    void sixteenBitEnterAndLeaveKeepTheUpperHalves() {
        machine.segment(SS, 0, 0xFFFF, false);
        r[ESP] = 0x7777_8000;
        r[EBP] = 0x6666_9000;
        machine.execute(1, "o16 enter 16, 1");
        assertThat(r[EBP]).isEqualTo(0x6666_7FFE);
        assertThat(r[ESP]).isEqualTo(0x7777_7FEC);
        machine.execute(1, "o16 leave");
        assertThat(r[ESP]).isEqualTo(0x7777_8000);
        assertThat(r[EBP]).isEqualTo(0x6666_9000);
    }

    @Test
    void leaveThatFaultsChangesNothing() {
        machine.segment(SS, 0, 0x1_FFFF, true);
        r[EBP] = 0x1_FFFE;
        machine.execute(1, "leave");
        assertThat(machine.vector).isEqualTo(Vector.SS);
        assertThat(r[ESP]).isEqualTo(STACK);
        assertThat(r[EBP]).isEqualTo(0x1_FFFE);
    }
}
