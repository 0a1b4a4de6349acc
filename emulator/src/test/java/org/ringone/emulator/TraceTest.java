package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDX;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Hot code must do exactly what cold code does. */
class TraceTest {
    private static final int HOT = 2 * TraceRecorder.HOT;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    private Block blockAt(int address) {
        return machine.memory.code(address >>> 12).get(true, address & 0xFFF);
    }

    /** A loop that has become a trace: counts in EAX and EBX for ever. */
    private void heatUp() {
        machine.code("again: inc eax\n add ebx, 2\n jmp again");
        machine.cpu.run(3L * HOT);
        assertThat(blockAt(TestMachine.CODE).trace).isNotNull();
    }

    @Test
    void loopsBecomeTraces() {
        heatUp();
        assertThat(s.r[EAX]).isEqualTo(HOT);
        assertThat(s.r[EBX]).isEqualTo(2 * HOT);
    }

    @Test
    void budgetStaysExact() {
        heatUp();
        long before = machine.cpu.retired();
        int eax = s.r[EAX];
        for (int n = 0; n <= 40; n++) {
            assertThat(machine.cpu.run(n)).isEqualTo(Stop.BUDGET);
        }
        assertThat(machine.cpu.retired() - before).isEqualTo(820);
        assertThat(s.r[EAX] - eax).isEqualTo((820 + 2) / 3);
    }

    @Test
    void storeIntoTheTraceItselfTakesEffectAtOnce() {
        machine.code("""
                mov ecx, %d
                again: mov [patch + 1], cl
                patch: mov eax, 0
                add ebx, eax
                dec ecx
                jnz again
                hlt
                """.formatted(HOT));
        machine.cpu.run(10L * HOT);
        int sum = 0;
        for (int n = HOT; n > 0; n--) {
            sum += n & 0xFF;
        }
        assertThat(s.r[EBX]).isEqualTo(sum);
    }

    @Test
    void ownersWriteDropsTheTrace() {
        heatUp();
        machine.memory.write8(TestMachine.CODE, 0x41); // INC ECX
        int eax = s.r[EAX];
        machine.cpu.run(30);
        assertThat(s.r[EAX]).isEqualTo(eax);
        assertThat(s.r[ECX]).isEqualTo(10);
    }

    @Test
    void forkThatChangesTheCodeLeavesTheOthersTrace() {
        heatUp();
        Cpu copy = machine.cpu.fork(machine.memory.fork(), new IdtDelivery());
        copy.memory().write8(TestMachine.CODE, 0x41);
        copy.run(30);
        int eax = s.r[EAX];
        machine.cpu.run(30);
        assertThat(s.r[EAX]).isEqualTo(eax + 10);
        assertThat(copy.s.r[ECX]).isEqualTo(10);
        assertThat(copy.s.r[EAX]).isEqualTo(eax);
    }

    @Test
    void faultInTheMiddleHasItsOwnAddressAndNothingAfterIt() {
        machine.code("mov esi, 0x20000\n again: inc eax\n mov edx, [esi]\n inc ebx\n jmp again");
        machine.cpu.run(4L * HOT + 1);
        assertThat(blockAt(machine.symbols.get("again")).trace).isNotNull();
        machine.map(0x2_0000, 0);
        machine.cpu.mmu().flushPage(0x2_0000);
        assertThat(machine.cpu.run(100)).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(machine.stack(1)).isEqualTo(machine.symbols.get("again") + 1);
        assertThat(s.r[EAX]).isEqualTo(s.r[EBX] + 1);
        assertThat(machine.cpu.retired()).as("up to the fault, and the HLT").isEqualTo(4L * HOT + 1 + 3);
    }

    @Test
    void interruptsAndReturnsEndTraces() {
        machine.code(TestMachine.HANDLERS + 16 * 0x80, "inc ebx\n iret");
        machine.ring(3).code("again: inc eax\n int 0x80\n add ecx, 3\n jmp again");
        machine.cpu.run(6L * HOT);
        assertThat(blockAt(TestMachine.CODE).trace).isNotNull();
        assertThat(blockAt(TestMachine.HANDLERS + 16 * 0x80).trace).isNotNull();
        assertThat(s.r[EAX]).isEqualTo(HOT);
        for (int n = 0; n <= 40; n++) {
            assertThat(machine.cpu.run(n)).isEqualTo(Stop.BUDGET);
        }
        assertThat(machine.cpu.retired()).isEqualTo(6L * HOT + 820);
        assertThat(s.r[EAX] - HOT).isEqualTo((820 + 5) / 6);
        assertThat(s.r[EBX] - HOT).isEqualTo((820 + 3) / 6);
        assertThat(s.r[ECX] - 3 * HOT).isEqualTo(3 * ((820 + 1) / 6));
        machine.gate(0x80, TestMachine.code(0), 0, 0x8E); // no longer for ring 3
        machine.cpu.run(100);
        assertThat(machine.vector()).isEqualTo(Vector.GP);
        assertThat(machine.stack(1)).as("the instruction's own address").isEqualTo(TestMachine.CODE + 1);
    }

    @Test
    void branchesThatGoElsewhereLeaveTheTrace() {
        machine.code("""
                mov ecx, %d
                again: test cl, 7
                jnz odd
                inc ebx
                odd: inc eax
                dec ecx
                jnz again
                hlt
                """.formatted(HOT));
        assertThat(machine.cpu.run(10L * HOT)).isEqualTo(Stop.HALTED);
        assertThat(s.r[EAX]).isEqualTo(HOT);
        assertThat(s.r[EBX]).isEqualTo(HOT / 8);
    }

    @Test
    void repeatedStringInstructionsInATrace() {
        machine.code("""
                mov ebx, %d
                again: mov edi, 0x20000
                mov ecx, 6000
                rep stosb
                inc eax
                dec ebx
                jnz again
                hlt
                """.formatted(HOT));
        assertThat(machine.cpu.run(20L * HOT)).isEqualTo(Stop.HALTED);
        assertThat(s.r[ECX]).isZero();
        assertThat(s.r[CpuState.EDI]).isEqualTo(0x20000 + 6000);
    }

    @Test
    void singleStepLooksAtEachInstructionOfAHotLoop() {
        heatUp();
        s.flags |= CpuState.TF;
        machine.cpu.modeChanged();
        int eip = s.eip;
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(Vector.DB);
        assertThat(machine.stack(0)).isNotEqualTo(eip);
        assertThat(machine.cpu.retired()).isEqualTo(3L * HOT + 2);
    }

    @Test
    void limitInsideATraceIsKept() {
        heatUp();
        s.eip = TestMachine.CODE;
        machine.cpu
                .segmentation()
                .set(CpuState.CS, TestMachine.code(0), 0, TestMachine.CODE + 3, s.rights(CpuState.CS));
        int ebx = s.r[EBX];
        machine.cpu.run(3);
        assertThat(s.r[EBX]).isEqualTo(ebx + 2);
        assertThat(machine.cpu.run(1)).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(Vector.GP);
        assertThat(machine.stack(0)).as("#GP at the jump, beyond the limit").isZero();
        assertThat(machine.stack(1)).isEqualTo(TestMachine.CODE + 4);
    }

    @Test
    void runsWhereverItsPageIsMapped() {
        heatUp();
        machine.map(0x2F_0000, TestMachine.CODE | 7);
        s.eip = 0x2F_0000;
        int eax = s.r[EAX];
        machine.cpu.run(31);
        assertThat(s.r[EAX]).isEqualTo(eax + 11);
        assertThat(s.eip).isEqualTo(0x2F_0001);
    }

    @Test
    void timeIsExactBesideHotCode() {
        machine.code("mov ecx, %d\n again: dec ecx\n jnz again\n rdtsc\n hlt".formatted(HOT));
        machine.cpu.run(4L * HOT);
        assertThat(s.r[EAX]).isEqualTo(1 + 2 * HOT);
    }

    /** Random loops give the same hot as when they are run an instruction at a time, which never enters a trace. */
    @Property(tries = 6)
    void randomLoopsGiveTheSameHotAndCold(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder source = new StringBuilder("again:\n");
        String[] names = {"eax", "ecx", "edx", "ebx", "esi", "edi"};
        int length = 3 + random.nextInt(25);
        for (int n = 0; n < length; n++) {
            String a = names[random.nextInt(6)];
            String b = names[random.nextInt(6)];
            int address = 0x2_0000 + 4 * random.nextInt(64);
            source.append(
                    switch (random.nextInt(16)) {
                        case 0 -> "add " + a + ", " + b;
                        case 1 -> "sub " + a + ", " + random.nextInt(1000);
                        case 2 -> "xor " + a + ", [" + address + "]";
                        case 3 -> "mov [" + address + "], " + a;
                        case 4 -> "adc " + a + ", " + b;
                        case 5 -> "rol " + a + ", " + (1 + random.nextInt(31));
                        case 6 -> "imul " + a + ", " + b;
                        case 7 -> "push " + a + "\n pop " + b;
                        case 8 -> "test " + a + ", " + b + "\n jz l" + n + "\n inc " + a + "\n l" + n + ":";
                        case 9 -> "cmp " + a + ", " + b + "\n jl l" + n + "\n not " + b + "\n l" + n + ":";
                        case 10 -> "add byte [" + address + "], 3";
                        case 11 -> "lea " + a + ", [" + b + "+" + a + "*4+5]";
                        case 12 -> "call l" + n + "\n l" + n + ": add esp, 4";
                        case 13 -> "setc [" + address + "]";
                        case 14 -> "shr " + a + ", 1\n jnc l" + n + "\n xor " + a + ", 0x1234567\n l" + n + ":";
                        default -> "inc " + a;
                    });
            source.append('\n');
        }
        source.append("jmp again\n");
        int[] start = random.ints(8).toArray();
        TestMachine hot = prepared(source.toString(), start);
        TestMachine cold = prepared(source.toString(), start);
        int budget = 1_500_000 + random.nextInt(1000);
        hot.cpu.run(budget);
        for (int n = 0; n < budget; n++) {
            cold.cpu.run(1);
        }
        assertThat(hot.s.r).as(source.toString()).isEqualTo(cold.s.r);
        assertThat(hot.s.eip).isEqualTo(cold.s.eip);
        assertThat(hot.s.eflags()).isEqualTo(cold.s.eflags());
        byte[] a = new byte[4096];
        byte[] b = new byte[4096];
        hot.memory.read(0x2_0000, a, 0, a.length);
        cold.memory.read(0x2_0000, b, 0, b.length);
        assertThat(Arrays.mismatch(a, b)).isEqualTo(-1);
        assertThat(cold.memory.code(TestMachine.CODE >>> 12).get(true, 0).trace).isNull();
    }

    private static TestMachine prepared(String source, int[] registers) {
        TestMachine machine = new TestMachine().ring(1).code(source);
        int esp = machine.s.r[CpuState.ESP];
        System.arraycopy(registers, 0, machine.s.r, 0, 8);
        machine.s.r[CpuState.ESP] = esp;
        return machine;
    }

    @Test
    void traceThroughCallsAndReturns() {
        machine.code("""
                mov ecx, %d
                again: call f
                dec ecx
                jnz again
                hlt
                f: inc edx
                ret
                """.formatted(HOT));
        assertThat(machine.cpu.run(10L * HOT)).isEqualTo(Stop.HALTED);
        assertThat(s.r[EDX]).isEqualTo(HOT);
        assertThat(s.r[CpuState.ESP]).isEqualTo(TestMachine.STACKS[0]);
    }
}
