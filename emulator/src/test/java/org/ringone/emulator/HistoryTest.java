package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringone.x86.Disassembler;

/** Which instructions came before the present one; see also the laws of execution, which compare it between ways to run a program. */
class HistoryTest {
    private final FlatMachine machine = new FlatMachine(0x40);

    private List<String> last(int most) {
        return machine.cpu.history(most).stream()
                .map(past -> String.format("%x %s", past.eip(), Disassembler.text(past.instruction(), past.eip())))
                .toList();
    }

    @Test
    void nobodyRemembersUnasked() {
        machine.execute(3, "inc eax\n inc eax\n ud2");
        assertThat(last(10)).isEmpty();
    }

    @Test
    void wayThroughBranchesToAFault() {
        machine.cpu.remember();
        machine.execute(100, """
                mov ecx, 2
                again: inc eax
                dec ecx
                jnz again
                jmp there
                inc ebx
                there: mov edx, 7
                ud2
                """);
        assertThat(machine.vector).isEqualTo(Vector.UD);
        assertThat(last(7))
                .containsExactly(
                        "20007 jne short 0x20005",
                        "20005 inc eax",
                        "20006 dec ecx",
                        "20007 jne short 0x20005",
                        "20009 jmp short 0x2000c",
                        "2000c mov edx, 7",
                        "20011 ud2");
        assertThat(last(100)).hasSize(10).first().isEqualTo("20000 mov ecx, 2");
    }

    @Test
    void wayThroughAHotLoop() {
        machine.cpu.remember();
        machine.execute(4 * TraceRecorder.HOT, """
                mov esi, 0x10000
                again: inc eax
                mov edx, [esi]
                jmp again
                """);
        assertThat(machine.memory.code(FlatMachine.CODE >> 12).get(true, 5).trace)
                .isNotNull();
        machine.segment(CpuState.DS, 0, 0xFFFF, true);
        machine.run(100);
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(last(4))
                .endsWith("20006 mov edx, dword [esi]")
                .containsSubsequence("20008 jmp short 0x20005", "20005 inc eax");
    }

    @Test
    void codeThatCannotBeFetchedIsNotInTheWay() {
        machine.cpu.remember();
        machine.segment(CpuState.CS, 0, FlatMachine.CODE + 0x10, true);
        machine.execute(10, "inc eax\n jmp 0x30000");
        assertThat(machine.vector).isEqualTo(Vector.GP);
        assertThat(last(5)).endsWith("20000 inc eax", "20001 jmp 0x30000");
    }

    @Test
    void forkHasTheWayOfItsOriginal() {
        machine.cpu.remember();
        machine.execute(2, "inc eax\n inc ecx\n inc edx\n ud2");
        FlatMachine fork = machine.fork();
        machine.run(1);
        assertThat(fork.cpu.history(5)).hasSize(2);
        assertThat(last(5)).hasSize(3);
    }
}
