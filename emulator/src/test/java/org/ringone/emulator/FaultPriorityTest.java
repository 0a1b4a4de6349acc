package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.TestMachine.CODE;
import static org.ringone.emulator.TestMachine.code;
import static org.ringone.emulator.TestMachine.data;
import static org.ringone.emulator.TestMachine.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Instructions with more than one thing wrong, and which is told (SDM volume 3, table "Priority Among Concurrent Events", and
 * each instruction's own order of checks).
 */
class FaultPriorityTest {
    private static final int ABSENT = 0x30_0000;
    private static final int OTHER_ABSENT = 0x31_0000;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    FaultPriorityTest() {
        machine.map(ABSENT, 0);
        machine.map(OTHER_ABSENT, 0);
        machine.cpu.control().cr4(s.cr4() | CpuState.CR4_OSFXSR | CpuState.CR4_OSXMMEXCPT);
    }

    private int outcome() {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        return machine.vector();
    }

    private int outcome(String source) {
        machine.code(source);
        return outcome();
    }

    @ParameterizedTest(name = "ring {0}: {1} raises {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                // what cannot be decoded is not asked for its privilege or its operands
                "3; lock hlt; 6",
                "3; lock mov [0x300000], eax; 6",
                "3; lock add eax, ebx; 6",
                "3; ud2; 6",
                // privilege before operands
                "3; lgdt [0x300000]; 13",
                "1; lidt [0x300000]; 13",
                "3; lldt [0x300000]; 13",
                "3; ltr [0x300000]; 13",
                "3; lmsw [0x300000]; 13",
                "3; mov cr3, eax; 13",
                "3; invlpg [0x300000]; 13",
                // the operand before what is done with it
                "3; div dword [0x300000]; 14",
                "0; lldt [0x300000]; 14",
                "0; mov ds, [0x300000]; 14",
                "3; jmp far [0x300000]; 14",
                "3; cmpxchg8b [0x300000]; 14",
                "3; bound eax, [0x300000]; 14",
            })
    void oneInstruction(int ring, String instruction, int vector) {
        machine.ring(ring);
        assertThat(outcome(instruction)).isEqualTo(vector);
    }

    @Test
    void instructionBreakpointComesBeforeTheFetch() {
        machine.cpu.control().dr(0, ABSENT);
        machine.cpu.control().dr(7, 3);
        assertThat(outcome("jmp " + ABSENT)).isEqualTo(Vector.DB);
        assertThat(machine.stack(0)).isEqualTo(ABSENT);
    }

    @Test
    void codeLimitComesBeforeTheCodesPage() {
        machine.ring(1).map(CODE + 0x1000, 0);
        machine.cpu.segmentation().set(CpuState.CS, code(1), segment(0, CODE + 0xFFF, 0x40BB));
        machine.code(CODE, "jmp " + (CODE + 0xFFF)).code(CODE + 0xFFF, "nop");
        assertThat(outcome()).isEqualTo(Vector.GP);
    }

    @Test
    void sixteenthByteIsNotFetched() {
        machine.map(CODE + 0x1000, 0);
        machine.code(CODE, "jmp " + (CODE + 0x1000 - 15)).code(CODE + 0x1000 - 15, "times 15 db 0x66");
        assertThat(outcome()).isEqualTo(Vector.GP);
    }

    @Test
    void fifteenthByteIsFetched() {
        machine.map(CODE + 0x1000, 0);
        machine.code(CODE, "jmp " + (CODE + 0x1000 - 14)).code(CODE + 0x1000 - 14, "times 14 db 0x66");
        assertThat(outcome()).isEqualTo(Vector.PF);
        assertThat(s.cr2).isEqualTo(CODE + 0x1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"fld dword [0x300000]", "fnstenv [0x300000]", "movq mm0, [0x300000]", "movaps xmm0, [0x300001]"})
    void switchedTaskComesBeforeOperands(String instruction) {
        machine.cpu.control().cr0(s.cr0() | CpuState.CR0_TS);
        assertThat(outcome(instruction)).isEqualTo(Vector.NM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fld dword [0x300000]; 16",
                "movq mm0, [0x300000]; 16",
                "fldenv [0x300000]; 16",
                // these do not wait
                "fnstenv [0x300000]; 14",
                "fxsave [0x300008]; 13",
                "movups xmm0, [0x300000]; 14",
            })
    void pendingExceptionOfTheUnitComesBeforeOperands(String instruction, int vector) {
        machine.memory.write16(TestMachine.DATA, 0x37A);
        assertThat(outcome("fninit\n fldcw [" + TestMachine.DATA + "]\n fld1\n fldz\n fdivp st1, st0\n" + instruction))
                .isEqualTo(vector);
    }

    @Test
    void switchedTaskComesBeforePendingExceptions() {
        machine.memory.write16(TestMachine.DATA, 0x37A);
        assertThat(outcome("fninit\n fldcw [" + TestMachine.DATA
                        + "]\n fld1\n fldz\n fdivp st1, st0\n mov eax, cr0\n or al, 8\n mov cr0, eax\n fld dword ["
                        + ABSENT + "]"))
                .isEqualTo(Vector.NM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mov eax, [es:0x300001]; 13",
                "mov eax, [fs:0x300001]; 13",
                "mov eax, [ss:0x300001]; 17",
                "mov eax, [0x300001]; 17",
                "mov eax, [0x300000]; 14",
                "movaps xmm0, [0x300001]; 13",
            })
    void segmentThenAlignmentThenPage(String instruction, int vector) {
        machine.ring(3);
        machine.cpu.control().cr0(s.cr0() | CpuState.CR0_AM);
        machine.cpu.segmentation().set(CpuState.FS, data(3), segment(0, 0x2FF, 0xC0F3));
        machine.cpu.segmentation().set(CpuState.ES, 0, 0);
        s.flags |= CpuState.AC;
        machine.cpu.modeChanged();
        assertThat(outcome(instruction)).isEqualTo(vector);
    }

    @ParameterizedTest(name = "{0}: the fault is at {1}")
    @CsvSource({
        "movsd, 0x300000",
        "push dword [esi], 0x300000",
        "pop dword [edi], 0x310000",
        "'xchg [edi], eax', 0x310000",
        "call dword [esi], 0x300000"
    })
    void operandsInTheirOrder(String instruction, String address) {
        s.r[CpuState.ESI] = ABSENT;
        s.r[CpuState.EDI] = OTHER_ABSENT;
        assertThat(outcome(instruction)).isEqualTo(Vector.PF);
        assertThat(s.cr2).isEqualTo(Integer.decode(address));
    }

    @ParameterizedTest
    @CsvSource({"insb, 13", "outsb, 13", "rep insd, 13", "rep outsd, 13"})
    void leaveForThePortComesBeforeMemory(String instruction, int vector) {
        machine.ring(3);
        s.r[CpuState.ESI] = ABSENT;
        s.r[CpuState.EDI] = ABSENT;
        s.r[CpuState.ECX] = 1;
        assertThat(outcome(instruction)).isEqualTo(vector);
    }

    @Test
    void levelOfAGateComesBeforeItsPresence() {
        machine.ring(3);
        machine.gate(0x30, code(0), TestMachine.HANDLERS, 0x0E);
        assertThat(outcome("int 0x30")).isEqualTo(Vector.GP);
        machine.ring(3);
        machine.gate(0x30, code(0), TestMachine.HANDLERS, 0x6E);
        assertThat(outcome("int 0x30")).isEqualTo(Vector.NP);
    }

    @ParameterizedTest(name = "rights {0}: {1}")
    @CsvSource({"0xC013, 13", "0xC073, 12", "0xC01B, 13"})
    void kindAndLevelOfAStackSegmentComeBeforeItsPresence(String rights, int vector) {
        machine.ring(3);
        machine.descriptor(0x48, segment(0, 0xFFFFF, Integer.decode(rights)));
        assertThat(outcome("mov ax, 0x4B\n mov ss, ax")).isEqualTo(vector);
    }

    @Test
    void targetOfACallComesBeforeItsStack() {
        machine.map(TestMachine.STACKS[1] - 0x1000, 0);
        machine.ring(1);
        machine.descriptor(0x48, segment(0, 0xFFFFF, 0xC03B));
        assertThat(outcome("call 0x49:0x10000")).isEqualTo(Vector.NP);
    }

    @Test
    void faultLeavesNoSingleStepBehind() {
        s.flags |= CpuState.TF;
        assertThat(outcome("mov eax, [" + ABSENT + "]")).isEqualTo(Vector.PF);
        assertThat(machine.stack(3) & CpuState.TF).as("saved TF").isEqualTo(CpuState.TF);
        assertThat(s.dr(6) & 0x4000).isZero();
    }
}
