package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDX;

import org.junit.jupiter.api.Test;

/** Decoded code must follow the bytes, whoever writes them and through whichever mapping. */
class CodeCacheTest {
    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    @Test
    void storeToTheNextInstructionOfTheSameBlockTakesEffect() {
        machine.code("mov byte [next + 1], 7\n next: mov eax, 1\n hlt");
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(7);
    }

    @Test
    void loopThatPatchesItself() {
        machine.code(
                "mov ecx, 5\n again: add byte [patch + 1], 1\n patch: mov eax, 10\n add ebx, eax\n dec ecx\n jnz again\n hlt");
        machine.run();
        assertThat(s.r[EBX]).isEqualTo(11 + 12 + 13 + 14 + 15);
    }

    @Test
    void repeatedStoreOverTheCodeAhead() {
        machine.code("mov edi, tail\n mov ecx, 4\n mov al, 0x42\n rep stosb\n tail: hlt\n hlt\n hlt\n hlt\n hlt");
        machine.run();
        assertThat(s.r[EDX]).as("four times INC EDX").isEqualTo(4);
    }

    @Test
    void storeThroughAnotherMapping() {
        machine.map(0x2F_0000, TestMachine.CODE | 7);
        machine.code(
                "mov ecx, 2\n again: call f\n mov byte [f - 0x10000 + 0x2F0000 + 1], 9\n dec ecx\n jnz again\n hlt\n f: mov eax, 1\n add ebx, eax\n ret");
        machine.run();
        assertThat(s.r[EBX]).isEqualTo(10);
    }

    @Test
    void ownersWriteBetweenRuns() {
        machine.code("again: mov eax, 1\n jmp again");
        machine.cpu.run(3);
        machine.memory.write8(TestMachine.CODE + 1, 4);
        machine.cpu.run(2);
        assertThat(s.r[EAX]).isEqualTo(4);
        machine.memory.write(TestMachine.CODE + 1, new byte[] {5}, 0, 1);
        machine.cpu.run(2);
        assertThat(s.r[EAX]).isEqualTo(5);
    }

    @Test
    void dataBesideCodeIsWrittenWithoutDroppingIt() {
        machine.code("again: inc dword [0x10800]\n jmp again");
        machine.cpu.run(100);
        assertThat(machine.memory.read32(0x1_0800)).isEqualTo(50);
        assertThat(machine.memory.code(0x10)).isNotNull();
    }

    @Test
    void instructionAcrossTwoFramesDependsOnBoth() {
        int start = 0x1_0FFD;
        machine.code(start, "mov eax, 0x11223344\n inc ebx\n jmp " + TestMachine.CODE);
        machine.code("dec ecx\n jz end\n mov eax, 0\n jmp " + start + "\n end: hlt");
        s.r[ECX] = 3;
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(0x11223344);
        machine.memory.write8(0x1_1001, 0x55); // the immediate's last byte, on the second page
        s.r[ECX] = 2;
        s.eip = TestMachine.CODE;
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(0x55223344);
        machine.memory.write8(start + 1, 0x66);
        s.r[ECX] = 2;
        s.eip = TestMachine.CODE;
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(0x55223366);
    }

    @Test
    void instructionAcrossTwoFramesFollowsTheSecondMapping() {
        machine.code(0x1_0FFD, "mov eax, 0x11223344\n hlt");
        s.eip = 0x1_0FFD;
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(0x11223344);
        machine.memory.copyFrame(0x11, 0x300);
        machine.memory.write8(0x30_0000, 0x77);
        machine.map(0x1_1000, 0x30_0000 | 7);
        machine.cpu.mmu().flushPage(0x1_1000);
        s.eip = 0x1_0FFD;
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(0x11773344);
    }

    /** INC EAX at {@link TestMachine#CODE}, and in the frame that takes its place INC EBX. */
    private void codeInTwoFrames(boolean written) {
        machine.code("again: inc eax\n jmp again");
        machine.cpu.run(20);
        if (written) { // makes the entry anew, as a dirty one
            machine.cpu.mmu().translate(TestMachine.CODE + 0x800, Mmu.WRITE, false);
        }
        machine.memory.copyFrame(TestMachine.CODE >>> 12, 0x300);
        machine.memory.write8(0x30_0000, 0x43);
        assertThat(s.r[EAX]).isEqualTo(10);
        machine.map(TestMachine.CODE, 0x30_0000 | 7);
    }

    @Test
    void invalidatedPageIsFetchedAnew() {
        codeInTwoFrames(true);
        machine.cpu.mmu().flushPage(TestMachine.DATA);
        machine.cpu.run(20);
        assertThat(s.r[EAX]).as("the entry is stale").isEqualTo(20);
        machine.cpu.mmu().flushPage(TestMachine.CODE + 0x123);
        machine.cpu.run(20);
        assertThat(s.r[EAX]).isEqualTo(20);
        assertThat(s.r[EBX]).isEqualTo(10);
    }

    @Test
    void invalidatedPageIsFetchedAnewThoughAnotherHasItsEntry() {
        codeInTwoFrames(true);
        int other = TestMachine.CODE + (Mmu.ENTRIES << 12);
        machine.memory.write64(TestMachine.DIRECTORY + (other >>> 21) * 8L, 0x30_1000 | 7);
        machine.memory.write64(0x30_1000 + (other >>> 12 & 511) * 8L, TestMachine.DATA | 7);
        assertThat(machine.cpu.mmu().translate(other, Mmu.READ, false)).isEqualTo(TestMachine.DATA);
        machine.cpu.mmu().flushPage(TestMachine.CODE);
        machine.cpu.run(20);
        assertThat(s.r[EAX]).isEqualTo(10);
        assertThat(s.r[EBX]).isEqualTo(10);
    }

    @Test
    void faultOfAnAccessForgetsWhatWasFetchedThere() {
        codeInTwoFrames(false);
        machine.map(TestMachine.CODE, 0x30_0000 | 5);
        assertThat(machine.cpu.mmu().translate(TestMachine.CODE, Mmu.WRITE, false))
                .isNegative();
        machine.cpu.run(20);
        assertThat(s.r[EAX]).isEqualTo(10);
        assertThat(s.r[EBX]).isEqualTo(10);
    }

    @Test
    void fetchFaultOnTheSecondPage() {
        machine.code(0x1_0FFD, "mov eax, 0x11223344");
        machine.map(0x1_1000, 0);
        s.eip = 0x1_0FFD;
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(s.cr2).isEqualTo(0x1_1000);
        assertThat(machine.stack(1)).isEqualTo(0x1_0FFD);
        assertThat(s.r[EAX]).isZero();
    }

    @Test
    void codeAtTheVeryEndOfAPageNeedsNoNextPage() {
        machine.code(0x1_0FFF, "hlt");
        machine.map(0x1_1000, 0);
        s.eip = 0x1_0FFF;
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(-1);
    }

    @Test
    void sameBytesDecodeByCodeSize() {
        machine.descriptor(0x60, TestMachine.segment(0, 0xFFFFF, 0x809B));
        machine.code("mov eax, 0x12345678\n inc edx\n hlt"); // with 16 bits: mov ax, 5678; xor al, 12; (34)
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(0x12345678);
        s.r[EAX] = 0;
        machine.cpu.segmentation().loadData(CpuState.ES, 0x18);
        machine.cpu.segmentation().set(CpuState.CS, 0x60, TestMachine.segment(0, 0xFFFFF, 0x809B));
        s.eip = TestMachine.CODE;
        machine.cpu.run(1);
        assertThat(s.r[EAX]).isEqualTo(0x5678);
        assertThat(s.eip).isEqualTo(TestMachine.CODE + 3);
    }

    @Test
    void undefinedAndOverlongInstructions() {
        machine.code("inc eax\n db 0x0F, 0xFF");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.UD);
        assertThat(machine.stack(0)).isEqualTo(TestMachine.CODE + 1);
        TestMachine other = new TestMachine();
        other.code("times 15 db 0x66\n nop");
        other.run();
        assertThat(other.vector()).isEqualTo(Vector.GP);
        assertThat(other.stack(0)).isZero();
    }

    @Test
    void budgetIsExactToTheInstruction() {
        machine.code("again: inc eax\n inc eax\n inc eax\n jmp again");
        for (int n = 0; n < 20; n++) {
            assertThat(machine.cpu.run(n)).isEqualTo(Stop.BUDGET);
        }
        assertThat(machine.cpu.retired()).isEqualTo(190);
        assertThat(s.r[EAX]).isEqualTo(190 / 4 * 3 + 2);
    }

    @Test
    void faultsUseBudgetSoThatNoLoopOfThemIsFree() {
        machine.gate(Vector.UD, TestMachine.code(0), TestMachine.CODE, 0x8E);
        machine.code("mov esp, 0x32000\n ud2");
        assertThat(machine.cpu.run(1000)).isEqualTo(Stop.BUDGET);
        assertThat(machine.cpu.retired()).isEqualTo(1000);
    }

    @Test
    void timeStampCountsRetiredAndCharged() {
        machine.code("nop\n nop\n rdtsc\n hlt");
        machine.cpu.charge(1000);
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(1002);
    }

    @Test
    void forksShareUntilTheyWrite() {
        machine.code("again: mov eax, 1\n inc dword [0x20000]\n jmp again");
        machine.cpu.run(30);
        PhysicalMemory forked = machine.memory.fork();
        Cpu copy = machine.cpu.fork(forked, new IdtDelivery());
        copy.memory().write8(TestMachine.CODE + 1, 2);
        copy.run(30);
        machine.cpu.run(3);
        assertThat(copy.s.r[EAX]).isEqualTo(2);
        assertThat(s.r[EAX]).isEqualTo(1);
        assertThat(forked.read32(0x2_0000)).isEqualTo(20);
        assertThat(machine.memory.read32(0x2_0000)).isEqualTo(11);
        assertThat(copy.retired()).isEqualTo(60);
    }

    @Test
    void forksKeepStaleTranslations() {
        machine.memory.write32(0x2F_0000, 0x2F);
        machine.code("mov eax, [0x2F0000]\n mov ebx, [0x2F0000]\n hlt");
        machine.cpu.run(1);
        machine.map(0x2F_0000, 0);
        Cpu copy = machine.cpu.fork(machine.memory.fork(), new IdtDelivery());
        copy.run(2);
        assertThat(copy.s.r[EBX]).isEqualTo(0x2F);
    }

    @Test
    void codeDecodedByOneForkDoesNotReachAnotherThatChangedThatFrame() {
        machine.code("inc eax\n hlt");
        machine.run();
        PhysicalMemory forked = machine.memory.fork();
        Cpu copy = machine.cpu.fork(forked, new IdtDelivery());
        forked.write8(TestMachine.CODE + 0x100, 0x42); // INC EDX there, HLT's neighbour untouched
        forked.write8(TestMachine.CODE + 0x101, 0xF4);
        machine.memory.write8(TestMachine.CODE + 0x100, 0x43); // and INC EBX here
        machine.memory.write8(TestMachine.CODE + 0x101, 0xF4);
        s.eip = TestMachine.CODE + 0x100;
        machine.run();
        copy.s.eip = TestMachine.CODE + 0x100;
        copy.run(2);
        assertThat(s.r[EBX]).isEqualTo(1);
        assertThat(copy.s.r[EDX]).isEqualTo(1);
        assertThat(copy.s.r[EBX]).isZero();
    }
}
