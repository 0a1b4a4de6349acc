package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.TestMachine.TSS;
import static org.ringone.emulator.TestMachine.TSS_SELECTOR;
import static org.ringone.emulator.TestMachine.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expectations are those of the SDM, volume 3, chapter "8086 Emulation" (methods of handling software interrupts, virtual interrupts), and
 * volume 2's tables for CLI, STI, PUSHF, POPF, IRET and INT n.
 */
class VirtualInterruptsTest {
    private static final int CODE_SEGMENT = 0x1000;
    private static final int STACK_SEGMENT = 0x2800;
    private static final int STACK_TOP = 0x100;
    private static final int REDIRECTION = 0x68;
    private static final int VIF = CpuState.VIF;
    private static final int VIP = CpuState.VIP;
    private static final int IF = CpuState.IF;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    VirtualInterruptsTest() {
        machine.descriptor(TSS_SELECTOR, segment(TSS, 0x8FF, 0x89));
        machine.memory.write16(TSS + 0x66, REDIRECTION + 32);
        machine.cpu.segmentation().loadTask(TSS_SELECTOR);
        features(CpuState.CR4_VME | CpuState.CR4_PVI);
    }

    private void features(int cr4) {
        machine.cpu.control().cr4(CpuState.CR4_PAE | cr4);
    }

    /** Into virtual-8086 mode with these flags. */
    private void enter(int iopl, int flags, String source) {
        machine.code(TestMachine.CODE, "bits 16\n" + source);
        s.eflags(CpuState.VM | iopl << 12 | flags);
        for (int register = 0; register < 6; register++) {
            machine.cpu.segmentation().setReal(register, register == CpuState.SS ? STACK_SEGMENT : CODE_SEGMENT);
        }
        s.r[CpuState.ESP] = STACK_TOP;
        s.eip = 0;
    }

    private int word(int below) {
        return machine.memory.read16((STACK_SEGMENT << 4) + STACK_TOP - below);
    }

    private void assertRefused() {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(Vector.GP);
        assertThat(machine.stack(0)).isZero();
        assertThat(machine.stack(1)).as("EIP").isEqualTo(machine.symbols.getOrDefault("at", TestMachine.CODE) & 0xFFFF);
        assertThat(machine.stack(4)).as("ESP").isEqualTo(STACK_TOP);
    }

    @ParameterizedTest(name = "{0} at IOPL {1} with flags {2}: {3}, refused: {4}")
    @CsvSource({
        "cli, 3, 0x80200, 0x80000, false",
        "sti, 3, 0, 0x200, false",
        "cli, 0, 0x80200, 0x200, false",
        "cli, 2, 0x180000, 0x100000, false",
        "sti, 0, 0, 0x80000, false",
        "sti, 0, 0x100000, 0, true",
        "sti, 3, 0x100000, 0x100200, false"
    })
    void clearAndSet(String instruction, int iopl, String before, String after, boolean refused) {
        enter(iopl, Integer.decode(before), "at: " + instruction);
        if (refused) {
            assertRefused();
        } else {
            machine.cpu.run(1);
            assertThat(s.flags & (IF | VIF | VIP)).isEqualTo(Integer.decode(after));
        }
    }

    @ParameterizedTest(name = "ring {0} IOPL {1} {2} with flags {3}, PVI {4}: {5}, refused: {6}")
    @CsvSource({
        "3, 0, cli, 0x80200, 2, 0x200, false",
        "3, 2, sti, 0x0, 2, 0x80000, false",
        "3, 0, sti, 0x100000, 2, 0, true",
        "3, 3, cli, 0x80200, 2, 0x80000, false",
        "3, 0, cli, 0x80200, 0, 0, true",
        "3, 0, cli, 0x80200, 1, 0, true",
        "1, 0, cli, 0x80200, 2, 0, true",
        "2, 1, sti, 0, 3, 0, true"
    })
    void protectedMode(int ring, int iopl, String instruction, String before, int cr4, String after, boolean refused) {
        features(cr4);
        machine.ring(ring).code("at: " + instruction);
        s.eflags(iopl << 12 | Integer.decode(before));
        machine.cpu.run(1);
        if (refused) {
            assertThat(machine.vector() + 1).isEqualTo(0);
            assertThat(s.eip).isEqualTo(TestMachine.HANDLERS + 16 * Vector.GP);
            assertThat(machine.stack(1)).isEqualTo(TestMachine.CODE);
        } else {
            assertThat(s.flags & (IF | VIF | VIP)).isEqualTo(Integer.decode(after));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pushf", "popf", "iret", "int 0x21", "cli", "sti"})
    void allNeedIopl3WithoutTheExtension(String instruction) {
        features(CpuState.CR4_PVI);
        enter(2, VIF, "at: " + instruction);
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pushfd", "popfd", "iretd"})
    void formsOf32BitsNeedIopl3Always(String instruction) {
        enter(0, VIF, "at: " + instruction);
        assertRefused();
    }

    @ParameterizedTest(name = "IOPL {0} flags {1}: pushed {2}")
    @CsvSource({"0, 0x80001, 0x3203", "0, 0x201, 0x3003", "2, 0x80000, 0x3202", "3, 0x80001, 0x3003", "3, 0x200, 0x3202"
    })
    void pushedFlagsHaveTheVirtualFlagAndLevel3(int iopl, String flags, String pushed) {
        enter(iopl, Integer.decode(flags), "pushf");
        machine.cpu.run(1);
        assertThat(word(2)).isEqualTo(Integer.decode(pushed));
        assertThat(s.flags & (IF | VIF)).isEqualTo(Integer.decode(flags) & (IF | VIF));
    }

    @ParameterizedTest(name = "{0} of {2} over {1}: {3}, refused: {4}")
    @CsvSource({
        "popf, 0x0, 0x0ED5, 0x80CD7, false",
        "popf, 0x80200, 0x0001, 0x203, false",
        "popf, 0x80200, 0x7000, 0x4202, false",
        "popf, 0x0, 0x0100, 0, true",
        "popf, 0x100000, 0x0200, 0, true",
        "popf, 0x180000, 0x0001, 0x100003, false",
        "iret, 0x0, 0x0ED5, 0x80CD7, false",
        "iret, 0x80200, 0x7001, 0x4203, false",
        "iret, 0x0, 0x0100, 0, true",
        "iret, 0x100000, 0x0200, 0, true"
    })
    void poppedInterruptFlagIsTheVirtualOne(String how, String before, String image, String after, boolean refused) {
        String rest = how.equals("iret") ? "push cs\n push word 0x40\n at: iret" : "at: popf";
        enter(1, Integer.decode(before), "push word " + image + "\n" + rest);
        int below = how.equals("iret") ? 6 : 2;
        if (refused) {
            machine.run();
            assertThat(machine.vector()).isEqualTo(Vector.GP);
            assertThat(machine.stack(1)).isEqualTo(machine.symbols.get("at") & 0xFFFF);
            assertThat(machine.stack(4)).isEqualTo(STACK_TOP - below);
        } else {
            machine.cpu.run(how.equals("iret") ? 4 : 2);
            assertThat(s.eflags()).isEqualTo(Integer.decode(after) | CpuState.VM | 1 << 12);
            assertThat(s.eip).isEqualTo(how.equals("iret") ? 0x40 : machine.symbols.get("at") + 1 & 0xFFFF);
            assertThat(s.r[CpuState.ESP]).isEqualTo(STACK_TOP);
        }
    }

    @ParameterizedTest(name = "IOPL {0} flags {1}: pushed {2}, then {3}")
    @CsvSource({
        "0, 0x80101, 0x3303, 0x3",
        "0, 0x00200, 0x3002, 0x202",
        "3, 0x80301, 0x3303, 0x80003",
        "3, 0x00000, 0x3002, 0x2"
    })
    void interruptGoesThrough8086VectorsWhenItsBitIsClear(int iopl, String flags, String pushed, String after) {
        machine.memory.write32(0x21 * 4, 0x1200_0034);
        enter(iopl, Integer.decode(flags), "int 0x21\n back:");
        machine.cpu.run(1);
        assertThat(s.selector(CS)).isEqualTo(0x1200);
        assertThat(s.base(CS)).isEqualTo(0x1_2000);
        assertThat(s.eip).isEqualTo(0x34);
        assertThat(word(2)).isEqualTo(Integer.decode(pushed));
        assertThat(word(4)).isEqualTo(CODE_SEGMENT);
        assertThat(word(6)).isEqualTo(2);
        assertThat(s.eflags()).isEqualTo(Integer.decode(after) | CpuState.VM | iopl << 12);
        assertThat(s.cpl()).isEqualTo(3);
    }

    @Test
    void bitsOfTheRedirectionMapAreByVector() {
        machine.memory.write8(TSS + REDIRECTION + 4, ~2 & 0xFF);
        machine.memory.write32(0x21 * 4, 0x1200_0034);
        enter(0, 0, "int 0x21");
        machine.cpu.run(1);
        assertThat(s.selector(CS)).isEqualTo(0x1200);
        enter(0, 0, "at: int 0x22");
        assertRefused();
        enter(3, 0, "int 0x20");
        machine.run();
        assertThat(machine.vector()).as("bit set, IOPL 3: the gate").isEqualTo(0x20);
        assertThat(machine.stack(2) & CpuState.VM).isNotZero();
    }

    @Test
    void mapOutsideTheTaskStateKeepsAll() {
        machine.descriptor(TSS_SELECTOR, segment(TSS, REDIRECTION + 3, 0x89));
        machine.cpu.segmentation().loadTask(TSS_SELECTOR);
        enter(0, 0, "at: int 0x21");
        assertRefused();
    }

    @Test
    void breakpointAndOverflowAreNeverRedirected() {
        enter(0, 0, "int3");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.BP);
        enter(0, 0x800, "into");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.OF);
    }

    @Test
    void redirectedInterruptThatFaultsChangesNothing() {
        enter(0, VIF, "at: int 0x21");
        machine.map((STACK_SEGMENT << 4) + STACK_TOP & 0xFFFFF000, 0);
        machine.map(STACK_SEGMENT << 4, 0);
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(machine.stack(1)).isZero();
        assertThat(machine.stack(3) & VIF).isNotZero();
        assertThat(machine.stack(4)).isEqualTo(STACK_TOP);
    }

    @Test
    void supervisorReadsAndWritesTheVirtualFlagsByIret() {
        machine.code("push dword 0x180202\n push dword 0x10\n push dword next\n iret\n next: pushfd\n pop eax\n"
                + " popfd\n hlt");
        machine.run();
        assertThat(s.r[EAX] & (VIF | VIP)).isEqualTo(VIF | VIP);
    }

    @ParameterizedTest
    @ValueSource(ints = {CpuState.CR4_VME, CpuState.CR4_PVI})
    void processorWithoutTheExtensionRefusesItsBits(int bit) {
        CpuConfig narrow = CpuConfig.standard().withCpuid(CpuidTable.standard().without(CpuidTable.VME));
        TestMachine m = new TestMachine(narrow, new IdtDelivery());
        m.code("mov eax, " + (bit | CpuState.CR4_PAE) + "\n at: mov cr4, eax");
        m.run();
        assertThat(m.vector()).isEqualTo(Vector.GP);
        assertThat(m.stack(1)).isEqualTo(m.symbols.get("at"));
    }
}
