package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which operand must lie where (SDM volume 3, "Interrupt 17, Alignment Check Exception"). What the manual leaves open is as an
 * AMD EPYC was seen to do: the ten-byte formats have the alignment of their first eight bytes, unaligned moves of 16 bytes want
 * 16, and an operand's alignment is looked at before its page.
 */
class AlignmentCheckTest {
    private static final int OPERAND = 0x3000;

    private final FlatMachine machine = new FlatMachine(64);

    AlignmentCheckTest() {
        machine.s.cr0 |= CpuState.CR0_AM;
        machine.s.cr4 |= CpuState.CR4_OSFXSR;
        machine.privilege(3);
    }

    private int outcome(String instruction, int operand) {
        machine.execute(1, "fninit");
        machine.execute(1, "fld1");
        machine.s.flags |= CpuState.AC;
        machine.s.r[CpuState.EBX] = operand;
        machine.s.r[CpuState.EAX] = 0;
        machine.s.r[CpuState.EDI] = operand;
        machine.s.r[CpuState.ESI] = OPERAND + 0x100;
        machine.s.r[CpuState.ESP] = operand + 32;
        machine.s.r[CpuState.EBP] = operand;
        machine.execute(1, instruction);
        return machine.vector;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "mov al, [ebx]; 1",
                "mov ax, [ebx]; 2",
                "mov [ebx], eax; 4",
                "xchg [ebx], eax; 4",
                "lock add dword [ebx], 1; 4",
                "bt [ebx], eax; 4",
                "push dword [esi]; 4",
                "pop dword [esi]; 4",
                "pushad; 4",
                "popad; 4",
                "leave; 4",
                "les ecx, [ebx]; 4",
                "les cx, [ebx]; 2",
                "bound eax, [ebx]; 4",
                "cmpxchg8b [ebx]; 8",
                "stosd; 4",
                "movsw; 2",
                "movsb; 1",
                "scasd; 4",
                "fldcw [ebx]; 2",
                "fld dword [ebx]; 4",
                "fld qword [ebx]; 8",
                "fild qword [ebx]; 8",
                "fld tword [ebx]; 8",
                "fstp tword [ebx]; 8",
                "fbstp [ebx]; 8",
                "fnstenv [ebx]; 4",
                "fldenv [ebx]; 4",
                "fnsave [ebx]; 4",
                "frstor [ebx]; 4",
                "o16 fnsave [ebx]; 2",
                "o16 fldenv [ebx]; 2",
                "movq mm0, [ebx]; 8",
                "movntq [ebx], mm0; 8",
                "punpcklbw mm0, [ebx]; 4",
                "cvtpi2ps xmm0, [ebx]; 8",
                "movlps xmm0, [ebx]; 8",
                "movss xmm0, [ebx]; 4",
                "stmxcsr [ebx]; 4",
                "movups xmm0, [ebx]; 16",
                "movdqu [ebx], xmm0; 16",
            })
    void operandsOfRing3(String instruction, int alignment) {
        for (int offset = 0; offset <= 16; offset++) {
            assertThat(outcome(instruction, OPERAND + offset))
                    .as("at %d", offset)
                    .isEqualTo(offset % alignment == 0 ? FlatMachine.NONE : Vector.AC);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"movaps xmm0, [ebx]", "addps xmm0, [ebx]", "movntps [ebx], xmm0"})
    void alignedOperandsOfSixteenBytesRaiseGeneralProtection(String instruction) {
        assertThat(outcome(instruction, OPERAND + 4)).isEqualTo(Vector.GP);
        assertThat(outcome(instruction, OPERAND + 16)).isEqualTo(FlatMachine.NONE);
    }

    @Test
    void imageOfTheUnitThatIsMisalignedChangesNothing() {
        int operand = OPERAND + 2;
        assertThat(outcome("fnsave [ebx]", operand)).isEqualTo(Vector.AC);
        assertThat(outcome("fnstsw ax", operand)).isEqualTo(FlatMachine.NONE);
        assertThat(machine.s.r[CpuState.EAX] >>> 11 & 7).as("top of stack").isEqualTo(7);
        for (int at = 0; at < 112; at += 4) {
            assertThat(machine.memory.read32(OPERAND + at)).isZero();
        }
    }

    @Test
    void itNeedsItsFlagItsControlBitAndRing3() {
        machine.s.r[CpuState.EBX] = OPERAND + 1;
        for (int missing = 0; missing < 4; missing++) {
            machine.privilege(missing == 1 ? 1 : 3);
            machine.s.cr0 = missing == 2 ? machine.s.cr0 & ~CpuState.CR0_AM : machine.s.cr0 | CpuState.CR0_AM;
            machine.s.flags = missing == 3 ? machine.s.flags & ~CpuState.AC : machine.s.flags | CpuState.AC;
            machine.execute(1, "mov eax, [ebx]");
            assertThat(machine.vector).isEqualTo(missing == 0 ? Vector.AC : FlatMachine.NONE);
        }
    }
}
