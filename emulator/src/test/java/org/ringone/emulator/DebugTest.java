package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ECX;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebugTest {
    /** Remembers each #DB as "EIP DR6" and goes on with TF as it was; stops at everything else. */
    private static final class Recorder implements TrapSink {
        private final List<String> traps = new ArrayList<>();
        private int vector = -1;

        @Override
        public void exception(Cpu cpu, int v, int errorCode) {
            if (v == Vector.DB) {
                traps.add("%x %x".formatted(cpu.s.eip, cpu.s.dr(6) & 0xFFFF));
                cpu.control().dr(6, 0);
                if ((cpu.s.dr(7) & 0xFF) != 0) {
                    cpu.s.flags |= CpuState.RF; // as a handler returns from an instruction breakpoint
                }
            } else {
                vector = v;
                cpu.requestStop();
            }
        }

        @Override
        public void interrupt(Cpu cpu, int v, InterruptKind kind, int start) {
            vector = v;
            cpu.requestStop();
        }
    }

    private final Recorder recorder = new Recorder();
    private final TestMachine machine = new TestMachine(CpuConfig.standard(), recorder).ring(1);
    private final CpuState s = machine.s;

    private List<String> traps() {
        machine.run();
        return recorder.traps;
    }

    private String at(String symbol, String dr6) {
        return "%x %s".formatted(machine.symbols.get(symbol), dr6);
    }

    @Test
    void singleStepTrapsAfterEachInstructionOnceSet() {
        machine.code("pushfd\n or dword [esp], 0x100\n popfd\n nop\n a: inc eax\n b: jmp c\n nop\n c: int3");
        assertThat(traps()).containsExactly(at("a", "4ff0"), at("b", "4ff0"), at("c", "4ff0"));
        assertThat(recorder.vector).isEqualTo(Vector.BP);
    }

    @Test
    void softwareInterruptsAreNotFollowedByASingleStep() {
        machine.code("int 0x20\n nop");
        s.flags |= CpuState.TF;
        assertThat(traps()).isEmpty();
        assertThat(recorder.vector).isEqualTo(0x20);
    }

    @Test
    void singleStepTrapsAfterEachIterationOfAStringInstruction() {
        machine.code("a: rep stosb\n b: int3");
        s.r[ECX] = 3;
        s.r[CpuState.EDI] = 0x20000;
        s.flags |= CpuState.TF;
        assertThat(traps()).containsExactly(at("a", "4ff0"), at("a", "4ff0"), at("b", "4ff0"));
    }

    @Test
    void noTrapBetweenALoadOfTheStackSegmentAndTheNextInstruction() {
        machine.code("mov eax, ss\n a: mov ss, ax\n b: nop\n c: int3");
        s.flags |= CpuState.TF;
        assertThat(traps()).containsExactly(at("a", "4ff0"), at("c", "4ff0"));
    }

    @Test
    void dataBreakpointOfALoadOfTheStackSegmentWaitsForTheNextInstruction() {
        machine.memory.write16(0x2_0000, TestMachine.data(1));
        machine.code("mov ss, [0x20000]\n nop\n a: inc eax\n int3");
        machine.cpu.control().dr(0, 0x2_0000);
        machine.cpu.control().dr(7, 1 | 3 << 16);
        assertThat(traps()).containsExactly(at("a", "ff1"));
        assertThat(recorder.vector).isEqualTo(Vector.BP);
    }

    @Test
    void faultLeftBehindByTheSinksOwnChecksIsForgotten() {
        TestMachine other = new TestMachine(CpuConfig.standard(), new TrapSink() {
            @Override
            public void exception(Cpu cpu, int vector, int errorCode) {
                cpu.s.eip += 2; // past UD2
                cpu.segmentation().loadData(CpuState.ES, 0xFFF8);
            }

            @Override
            public void interrupt(Cpu cpu, int vector, InterruptKind kind, int start) {
                cpu.requestStop();
            }
        });
        other.code("ud2\n mov eax, 5\n int 0x20");
        assertThat(other.run()).isEqualTo(Stop.REQUESTED);
        assertThat(other.s.r[EAX]).isEqualTo(5);
    }

    @Test
    void instructionBreakpointFaultsBeforeTheInstruction() {
        machine.code("inc eax\n a: inc eax\n int3");
        machine.cpu.control().dr(1, machine.symbols.get("a"));
        machine.cpu.control().dr(7, 1 << 2);
        s.flags &= ~CpuState.RF;
        assertThat(traps()).containsExactly(at("a", "ff2"));
        assertThat(s.r[EAX]).isEqualTo(2);
        assertThat(s.flags & CpuState.RF).as("RF lasts one instruction").isZero();
    }

    @ParameterizedTest(name = "breakpoint kind {0} length field {1} at {2}: {3} -> {4}")
    @CsvSource({
        "1, 3, 0x20000, mov [0x20000], true",
        "1, 3, 0x20000, mov [0x20003], true",
        "1, 3, 0x20000, mov [0x20004], false",
        "1, 3, 0x20000, mov [0x1FFFD], true",
        "1, 0, 0x20001, mov [0x20002], false",
        "1, 1, 0x20002, mov [0x1FFFF], true",
        "3, 0, 0x20000, add ecx; [0x20000], true",
        "1, 0, 0x20000, add ecx; [0x20000], false"
    })
    void dataBreakpointTrapsAfterTheAccess(int kind, int length, String address, String access, boolean hit) {
        String instruction = access.contains(";") ? access.replace(';', ',') : access + ", ecx";
        machine.code(instruction + "\n a: int3");
        machine.cpu.control().dr(2, Integer.decode(address));
        machine.cpu.control().dr(7, 1 << 4 | kind << 24 | length << 26);
        if (hit) {
            assertThat(traps()).containsExactly(at("a", "ff4"));
        } else {
            assertThat(traps()).isEmpty();
        }
    }

    @Test
    void everyDebugExceptionEndsGeneralDetect() {
        machine.ring(0).code("nop\n int3");
        s.flags |= CpuState.TF;
        machine.cpu.control().dr(7, 1 << 13);
        machine.cpu.run(1);
        assertThat(recorder.traps).hasSize(1);
        assertThat(s.dr(7) & 1 << 13).isZero();
    }

    /** The value of RF that an exception saves: 1 for all faults but those of instruction breakpoints, 0 for traps. */
    @ParameterizedTest(name = "{0} with DR7 {1}: vector {2}, RF saved {3}")
    @CsvSource({
        "'mov eax, dr1', 0x2000, 1, true",
        "'nop', 0x1, 1, false",
        "'mov [0x20000], eax', 0x10004, 1, false",
        "'ud2', 0, 6, true",
        "'hlt', 0, 13, true",
        "'int3', 0, 3, false"
    })
    void resumeFlagThatIsSaved(String instruction, String control, int vector, boolean saved) {
        TestMachine m =
                new TestMachine().ring(instruction.equals("hlt") ? 1 : 0).code(instruction);
        m.cpu.control().dr(0, TestMachine.CODE);
        m.cpu.control().dr(1, 0x2_0000);
        m.cpu.control().dr(7, control.equals("0x10004") ? 4 | 1 << 20 : Integer.decode(control));
        m.run();
        assertThat(m.vector()).isEqualTo(vector);
        int flags = m.stack(Vector.hasErrorCode(vector) ? 3 : 2);
        assertThat((flags & CpuState.RF) != 0).isEqualTo(saved);
        assertThat(s.flags & CpuState.RF).isZero();
    }

    @Test
    void stringInstructionsInterruptedBetweenElementsSaveResume() {
        TestMachine m = new TestMachine().code("a: rep stosb\n b: hlt");
        filling(m, 3);
        m.s.flags |= CpuState.TF;
        m.code(TestMachine.HANDLERS + 16, "inc edx\n mov ebx, [esp+8]\n shl ebp, 1\n bt ebx, 16\n adc ebp, 0\n iret");
        m.cpu.run(100);
        assertThat(m.s.r[CpuState.EDX]).as("traps").isEqualTo(3);
        assertThat(m.s.r[CpuState.EBP]).as("RF of each").isEqualTo(0b110);
    }

    @Test
    void instructionBreakpointOnAStringInstructionIsMetOnce() {
        machine.ring(0).code("a: rep stosb\n int3");
        filling(machine, 3);
        machine.cpu.control().dr(0, TestMachine.CODE);
        machine.cpu.control().dr(7, 1);
        assertThat(traps()).containsExactly(at("a", "ff1"));
        assertThat(s.r[ECX]).isZero();
    }

    @Test
    void interruptBetweenElementsGoesOnWhereItWas() {
        TestMachine m = new TestMachine().code("rep stosb\n int 0x21");
        filling(m, 0x3000);
        m.code(TestMachine.HANDLERS + 16 * 0x30, "mov ebx, [esp+8]\n mov esi, ecx\n iret");
        m.cpu.run(1);
        assertThat(m.s.r[ECX]).as("some elements are left").isPositive().isLessThan(0x3000);
        int left = m.s.r[ECX];
        new IdtDelivery().external(m.cpu, 0x30);
        m.run();
        assertThat(m.vector()).isEqualTo(0x21);
        assertThat(m.s.r[CpuState.EBX] & CpuState.RF).isNotZero();
        assertThat(m.s.r[CpuState.ESI]).isEqualTo(left);
        assertThat(m.s.r[ECX]).isZero();
        assertThat(m.s.r[CpuState.EDI]).isEqualTo(0x10_3000);
        new IdtDelivery().external(m.cpu, 0x31);
        assertThat(m.stack(2) & CpuState.RF).as("between instructions").isZero();
    }

    private static void filling(TestMachine m, int count) {
        m.s.r[ECX] = count;
        m.s.r[CpuState.EDI] = 0x10_0000;
        m.s.r[CpuState.EDX] = 0;
        m.s.r[CpuState.EBP] = 0;
    }

    @Test
    void ioBreakpointTrapsAfterTheAccess() {
        machine.ring(0).code("mov edx, 0x3F8\n in al, dx\n a: out 0x80, al\n int3");
        machine.cpu.control().dr(0, 0x3F8);
        machine.cpu.control().dr(7, 1 | 2 << 16);
        assertThat(traps()).containsExactly(at("a", "ff1"));
    }

    @Test
    void generalDetectGuardsTheRegisters() {
        machine.ring(0).code("a: mov eax, dr0\n int3");
        machine.cpu.control().dr(7, 1 << 13);
        assertThat(traps()).containsExactly(at("a", "2ff0"));
        assertThat(s.dr(7) & 1 << 13).isZero();
    }

    @ParameterizedTest(name = "{0} at ring {1}, DE {2}: vector {3}")
    @CsvSource({
        "'mov eax, dr0', 1, 0, 13",
        "'mov eax, dr4', 0, 8, 6",
        "'mov eax, dr4', 1, 8, 6",
        "'mov eax, dr4', 1, 0, 13",
        "'mov eax, dr5', 0, 0, 3",
        "'mov dr7, eax', 0, 8, 3"
    })
    void accessToDebugRegisters(String instruction, int ring, int de, int vector) {
        machine.cpu.control().cr4(CpuState.CR4_PAE | de);
        machine.ring(ring).code(instruction + "\n int3");
        machine.run();
        assertThat(recorder.vector).isEqualTo(vector);
    }

    @Test
    void fixedBitsStay() {
        machine.ring(0).code("mov eax, -1\n mov dr6, eax\n mov dr7, eax\n mov ebx, dr6\n mov ecx, dr7\n int3");
        machine.cpu.run(3);
        assertThat(s.dr(6)).isEqualTo(0xFFFF_EFFF);
        assertThat(s.dr(7)).isEqualTo(0xFFFF_27FF);
    }
}
