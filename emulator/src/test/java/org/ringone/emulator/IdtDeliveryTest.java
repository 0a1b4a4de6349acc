package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.SS;
import static org.ringone.emulator.TestMachine.code;
import static org.ringone.emulator.TestMachine.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdtDeliveryTest {
    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    @Test
    void interruptFromAnOuterRingPushesTheWholeFrame() {
        machine.ring(3).code("stc\n int 0x80");
        s.flags |= CpuState.IF;
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x80);
        assertThat(machine.stack(0)).isEqualTo(TestMachine.CODE + 3);
        assertThat(machine.stack(1)).isEqualTo(code(3));
        assertThat(machine.stack(2)).isEqualTo(0x203);
        assertThat(machine.stack(3)).isEqualTo(TestMachine.STACKS[3]);
        assertThat(machine.stack(4)).isEqualTo(data(3));
        assertThat(s.selector(CS)).isEqualTo(code(0));
        assertThat(s.selector(SS)).isEqualTo(data(0));
        assertThat(s.flags & CpuState.IF).as("an interrupt gate clears IF").isZero();
    }

    @Test
    void trapGateKeepsInterruptsOnAndSameLevelKeepsTheStack() {
        machine.gate(0x80, code(0), TestMachine.HANDLERS + 16 * 0x80, 0xEF);
        machine.code("int 0x80");
        s.flags |= CpuState.IF;
        machine.run();
        assertThat(s.flags & CpuState.IF).isNotZero();
        assertThat(s.r[CpuState.ESP]).isEqualTo(TestMachine.STACKS[0] - 12);
    }

    @Test
    void interruptToRing1() {
        machine.gate(0x80, code(1), 0x5_0000, 0xEE);
        machine.code(0x5_0000, "mov eax, ss\n mov ebx, cs\n mov ecx, esp\n iret");
        machine.ring(3).code("int 0x80\n int 0x20");
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(s.r[CpuState.EAX]).isEqualTo(data(1));
        assertThat(s.r[CpuState.EBX]).isEqualTo(code(1));
        assertThat(s.r[CpuState.ECX]).isEqualTo(TestMachine.STACKS[1] - 20);
        assertThat(machine.stack(1)).isEqualTo(code(3));
    }

    @ParameterizedTest(name = "gate type {0} selector {1}: vector {2} error {3}")
    @CsvSource({
        "0x8E, 0x10, 13, 0x402",
        "0x6E, 0x10, 11, 0x402",
        "0xE5, 0x10, 13, 0x10",
        "0xEC, 0x10, 13, 0x402",
        "0xEE, 0x00, 13, 0",
        "0xEE, 0x18, 13, 0x18",
        "0xEE, 0xF8, 13, 0xF8"
    })
    void softwareInterruptsCheckTheGate(String type, String selector, int vector, String error) {
        machine.gate(0x80, Integer.decode(selector), 0, Integer.decode(type));
        machine.ring(3).code("nop\n at: int 0x80");
        machine.run();
        assertThat(machine.vector()).isEqualTo(vector);
        assertThat(machine.stack(0)).isEqualTo(Integer.decode(error));
        assertThat(machine.stack(1)).as("EIP is the instruction").isEqualTo(machine.symbols.get("at"));
    }

    @Test
    void vectorBeyondTheTable() {
        s.idtrLimit = 0x80 * 8 - 1;
        machine.ring(3).code("at: int 0x80");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.GP);
        assertThat(machine.stack(0)).isEqualTo(0x402);
    }

    @Test
    void exceptionsIgnoreTheGatesLevelAndFaultsInThemAreExternal() {
        machine.gate(Vector.UD, code(0), 0, 0x0E); // not present
        machine.ring(3).code("ud2");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.NP);
        assertThat(machine.stack(0)).isEqualTo(Vector.UD * 8 + 3);
    }

    @Test
    void contributoryFaultsMakeADoubleFault() {
        machine.gate(Vector.GP, 0, 0, 0x8E);
        machine.ring(3).code("at: hlt");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.DF);
        assertThat(machine.stack(0)).isZero();
    }

    @Test
    void pageFaultDuringAPageFaultIsADoubleFault() {
        machine.ring(3).code("mov eax, [0x2F0000]");
        machine.map(0x2F_0000, 0);
        machine.gate(Vector.PF, 0xF8, 0, 0x8E);
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.DF);
    }

    @Test
    void faultInADoubleFaultShutsDown() {
        machine.gate(Vector.GP, 0, 0, 0x8E);
        machine.gate(Vector.DF, 0, 0, 0x8E);
        machine.ring(3).code("hlt");
        assertThat(machine.run()).isEqualTo(Stop.SHUTDOWN);
    }

    @Test
    void unusableStackInTheTaskStateIsAnInvalidTask() {
        machine.memory.write32(TestMachine.TSS + 8, 0x1B);
        machine.gate(0x80, code(0), 0, 0xEE);
        machine.gate(Vector.TS, code(1), 0x5_0000, 0x8E);
        machine.code(0x5_0000, "mov eax, [esp]\n mov ebx, [esp+4]\n jmp $");
        machine.ring(3).code("at: int 0x80");
        machine.cpu.run(20);
        assertThat(s.r[CpuState.EAX]).isEqualTo(0x18);
        assertThat(s.r[CpuState.EBX]).isEqualTo(machine.symbols.get("at"));
    }

    @Test
    void breakpointsAndOverflow() {
        machine.ring(3).code("int3");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.BP);
        assertThat(machine.stack(0)).isEqualTo(TestMachine.CODE + 1);
        TestMachine other = new TestMachine().ring(3).code("mov al, 0x7F\n inc al\n into");
        other.run();
        assertThat(other.vector()).isEqualTo(Vector.OF);
        TestMachine icebp = new TestMachine().ring(3);
        icebp.gate(Vector.DB, code(0), TestMachine.HANDLERS + 16, 0x8E);
        icebp.code("db 0xF1").run();
        assertThat(icebp.vector()).as("ICEBP looks at no DPL").isEqualTo(Vector.DB);
    }

    @Test
    void faultsSetResumeInTheSavedFlags() {
        machine.ring(3).code("ud2");
        machine.run();
        assertThat(machine.stack(2) & CpuState.RF).isNotZero();
        assertThat(s.flags & CpuState.RF).isZero();
    }

    @Test
    void externalInterrupt() {
        machine.ring(3).code("nop");
        new IdtDelivery().external(machine.cpu, 0x30);
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x30);
    }

    @Test
    void realModeUsesTheVectorTable() {
        machine.cpu.control().cr0(0);
        s.idtrBase = 0;
        s.idtrLimit = 0x3FF;
        machine.cpu.segmentation().setReal(CS, 0x1000);
        machine.cpu.segmentation().setReal(SS, 0x3000);
        s.rights[CS] &= ~Descriptor.BIG;
        s.rights[SS] &= ~Descriptor.BIG;
        s.eip = 0;
        s.r[CpuState.ESP] = 0x2000;
        machine.memory.write32(0x21 * 4, 0x0700_0004);
        machine.memory.write8(0x7004, 0xF4);
        machine.code(0x1_0000, "bits 16\n int 0x21");
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(s.eip).isEqualTo(5);
        assertThat(s.selector(CS)).isEqualTo(0x700);
        assertThat(machine.memory.read16(0x3_1FFA)).isEqualTo(2);
        assertThat(machine.memory.read16(0x3_1FFC)).isEqualTo(0x1000);
    }
}
