package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.ESP;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.FlatMachine;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.Vector;

class BranchesTest {
    private static final int STACK = 0x1_0100;
    private static final int LIMIT = FlatMachine.CODE + 0xFFF;

    private final FlatMachine machine = new FlatMachine(0x40);
    private final CpuState s = machine.s;
    private final int[] r = s.r;

    BranchesTest() {
        r[ESP] = STACK;
        machine.segment(CS, 0, LIMIT, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jmp 0x30000",
                "jmp near 0x21000",
                "jc 0x30000",
                "call 0x30000",
                "call eax",
                "jmp eax",
                "jmp [0x10000]",
                "call [0x10000]",
                "ret",
                "ret 8"
            })
    void targetBeyondTheLimitFaultsAtTheBranch(String branch) {
        s.eflags(StatusFlags.CF);
        r[EAX] = LIMIT + 1;
        machine.memory.write32(0x1_0000, LIMIT + 1);
        machine.memory.write32(STACK, LIMIT + 1);
        machine.memory.write32(STACK - 4, 0x7777);
        machine.execute(1, branch);
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(machine.error).isZero();
        assertThat(s.eip).isEqualTo(FlatMachine.CODE);
        assertThat(r[ESP]).isEqualTo(STACK);
        assertThat(machine.memory.read32(STACK - 4)).as("nothing pushed").isEqualTo(0x7777);
    }

    @Test
    void lastByteOfTheSegmentIsAGoodTarget() {
        r[EAX] = LIMIT;
        machine.execute(1, "jmp eax");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        assertThat(s.eip).isEqualTo(LIMIT);
    }

    @Test
    void branchNotTakenIsNotChecked() {
        s.eflags(0);
        machine.execute(1, "jc 0x30000");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
    }

    @Test
    void loopThatCannotJumpDoesNotCount() {
        machine.segment(CS, 0, FlatMachine.CODE + 1, true);
        r[ECX] = 5;
        machine.execute(1, "loop $+20");
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(r[ECX]).isEqualTo(5);
        r[ECX] = 1;
        machine.execute(1, "loop $+20");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        assertThat(r[ECX]).isZero();
    }

    @Test
    void addressSizeChoosesTheCounter() {
        r[ECX] = 0x5_0001;
        machine.execute(1, "a16 loop $+20");
        assertThat(s.eip).as("CX became 0").isEqualTo(FlatMachine.CODE + 3);
        assertThat(r[ECX]).isEqualTo(0x5_0000);
        machine.execute(1, "jcxz $+20");
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 20);
        machine.execute(1, "jecxz $+20");
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 2);
    }

    @Test
    void sixteenBitBranchesCutTheTarget() {
        machine.segment(CS, 0, -1, true);
        machine.execute(1, "o16 call $+0x1234");
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 0x1234 & 0xFFFF);
        assertThat(r[ESP]).isEqualTo(STACK - 2);
        assertThat(machine.memory.read16(STACK - 2)).isEqualTo(FlatMachine.CODE + 4 & 0xFFFF);
    }

    @Test
    void callThroughTheStackPointerReadsBeforeItPushes() {
        machine.memory.write32(STACK, FlatMachine.CODE + 0x40);
        machine.execute(1, "call [esp]");
        assertThat(s.eip).isEqualTo(FlatMachine.CODE + 0x40);
        assertThat(machine.memory.read32(STACK - 4)).isEqualTo(FlatMachine.CODE + 3);
    }

    @Test
    void returnDropsItsArguments() {
        machine.memory.write32(STACK, FlatMachine.CODE + 0x40);
        machine.execute(1, "ret 0xFFFC");
        assertThat(r[ESP]).isEqualTo(STACK + 4 + 0xFFFC);
    }
}
