package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.DS;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ES;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;
import static org.ringone.emulator.TestMachine.code;
import static org.ringone.emulator.TestMachine.data;
import static org.ringone.emulator.TestMachine.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FarTransferTest {
    private static final int FREE = 0x60;
    private static final int FREE2 = 0x68;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    private void assertFault(int vector, int error) {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).as("vector").isEqualTo(vector);
        assertThat(machine.stack(0)).as("error code").isEqualTo(error);
        assertThat(machine.stack(1)).as("saved EIP").isEqualTo(machine.symbols.getOrDefault("at", TestMachine.CODE));
    }

    @ParameterizedTest(name = "{0} RPL {1} CPL {2}: vector {3}")
    @CsvSource({
        "0xC0BB, 1, 1, -1",
        "0xC0BB, 0, 1, -1",
        "0xC0BB, 2, 1, 13",
        "0xC0DB, 1, 1, 13",
        "0xC09B, 1, 1, 13",
        "0xC09F, 3, 1, -1",
        "0xC0FF, 1, 1, 13",
        "0xC0B3, 1, 1, 13",
        "0xC03B, 1, 1, 11",
        "0x008B, 0, 0, 13"
    })
    void jumpChecksItsTarget(String rights, int rpl, int cpl, int vector) {
        machine.ring(cpl).descriptor(FREE, segment(0, 0xFFFFF, Integer.decode(rights)));
        machine.code("at: jmp " + (FREE | rpl) + ":next\n next: int 0x20");
        if (vector < 0) {
            machine.run();
            assertThat(machine.vector()).isEqualTo(0x20);
            assertThat(machine.stack(1)).as("CS, its RPL the CPL").isEqualTo(FREE | cpl);
        } else {
            assertFault(vector, FREE);
        }
    }

    @Test
    void jumpBeyondTheLimitFaultsAtTheJump() {
        machine.descriptor(FREE, segment(0, 0xFF, 0x409B));
        machine.code("at: jmp " + FREE + ":0x100");
        assertFault(Vector.GP, 0);
    }

    @Test
    void callAndReturnOnTheSameLevel() {
        machine.descriptor(FREE, segment(0, 0xFFFFF, 0xC0BB));
        machine.ring(1).code("""
                call %d:f
                mov ebx, esp
                int 0x20
                f: mov eax, [esp]
                mov ecx, [esp+4]
                mov edx, cs
                retf 8
                """.formatted(FREE | 1));
        s.r[ESP] -= 8;
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(s.r[EAX]).isEqualTo(TestMachine.CODE + 7);
        assertThat(s.r[CpuState.ECX]).isEqualTo(code(1));
        assertThat(s.r[CpuState.EDX]).isEqualTo(FREE | 1);
        assertThat(s.r[CpuState.EBX]).isEqualTo(TestMachine.STACKS[1]);
    }

    @Test
    void gateTakesParametersToTheInnerStackAndReturnReleasesBoth() {
        machine.descriptor(FREE, TestMachine.gate(code(1), TestMachine.CODE + 0x100, 0xEC) | 2L << 32);
        machine.code(
                TestMachine.CODE + 0x100,
                "mov eax, [esp+8]\n mov ebx, [esp+12]\n mov ecx, [esp+16]\n mov edx, [esp+20]\n mov esi, ss\n mov edi, cs\n retf 8");
        machine.ring(3).code("push 0x1111\n push 0x2222\n call " + (FREE | 3) + ":0\n back: int 0x20");
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(s.r[EAX]).isEqualTo(0x2222);
        assertThat(s.r[CpuState.EBX]).isEqualTo(0x1111);
        assertThat(s.r[CpuState.ECX]).as("old ESP").isEqualTo(TestMachine.STACKS[3] - 8);
        assertThat(s.r[CpuState.EDX]).as("old SS").isEqualTo(data(3));
        assertThat(s.r[CpuState.ESI]).isEqualTo(data(1));
        assertThat(s.r[CpuState.EDI]).isEqualTo(code(1));
        assertThat(machine.stack(0)).isEqualTo(machine.symbols.get("back") + 2);
        assertThat(machine.stack(1)).isEqualTo(code(3));
        assertThat(machine.stack(3)).isEqualTo(TestMachine.STACKS[3]);
    }

    @Test
    void sixteenBitGatePushesWords() {
        machine.descriptor(FREE, TestMachine.gate(code(1), 0x8000, 0xE4));
        machine.code(0x8000, "mov eax, [esp]\n mov ebx, esp\n hlt");
        machine.memory.write32(TestMachine.TSS + 12, 0x3_4000);
        machine.ring(3).code("call " + (FREE | 3) + ":0");
        machine.run();
        assertThat(s.r[CpuState.EBX]).isEqualTo(0x3_4000 - 8);
        assertThat(s.r[EAX]).isEqualTo(TestMachine.CODE + 7 & 0xFFFF | code(3) << 16);
    }

    @ParameterizedTest(name = "gate {0}, target {1} at CPL {2}: vector {3} error {4}")
    @CsvSource({
        // the gate's own checks
        "0xCC, 0x21, 3, 13, 0x60",
        "0x6C, 0x21, 3, 11, 0x60",
        // a null, absent, data, or outer target
        "0xEC, 0x00, 3, 13, 0",
        "0xEC, 0x29, 3, 13, 0x28",
        "0xEC, 0x43, 1, 13, 0x40",
        "0xEC, 0xF8, 3, 13, 0xF8"
    })
    void gatesAreChecked(String type, String target, int cpl, int vector, String error) {
        machine.descriptor(FREE, TestMachine.gate(Integer.decode(target), TestMachine.CODE, Integer.decode(type)));
        machine.ring(cpl).code("at: call " + (FREE | cpl) + ":0");
        assertFault(vector, Integer.decode(error));
    }

    @Test
    void jumpThroughAGateMustStayOnItsLevel() {
        machine.descriptor(FREE, TestMachine.gate(code(1), TestMachine.CODE, 0xEC));
        machine.ring(3).code("at: jmp " + (FREE | 3) + ":0");
        assertFault(Vector.GP, code(1) & ~3);
    }

    @ParameterizedTest(name = "inner SS {0}: vector {1} error {2}")
    @CsvSource({"0, 10, 0", "0x2A, 10, 0x28", "0x21, 10, 0x20", "0xF9, 10, 0xF8", "0x69, 12, 0x68"})
    void innerStackIsChecked(String ss, int vector, String error) {
        machine.descriptor(FREE2, segment(0, 0xFFFFF, 0xC033));
        machine.descriptor(FREE, TestMachine.gate(code(1), TestMachine.CODE, 0xEC));
        machine.memory.write32(TestMachine.TSS + 16, Integer.decode(ss));
        machine.ring(3).code("at: call " + (FREE | 3) + ":0");
        assertFault(vector, Integer.decode(error));
    }

    @Test
    void innerStackWithoutRoomFaultsWithItsSelector() {
        machine.descriptor(FREE2, segment(0x20000, 0xFFF, 0x40B3));
        machine.descriptor(FREE, TestMachine.gate(code(1), TestMachine.CODE, 0xEC));
        machine.memory.write32(TestMachine.TSS + 12, 12);
        machine.memory.write32(TestMachine.TSS + 16, FREE2 | 1);
        machine.ring(3).code("at: call " + (FREE | 3) + ":0");
        assertFault(Vector.SS, FREE2);
    }

    @Test
    void returnToAnOuterLevelDropsInnerSegments() {
        machine.ring(1).code("""
                mov eax, %d
                mov ds, ax
                push dword %d
                push dword 0x38000
                push dword %d
                push dword user
                retf
                user: int 0x20
                """.formatted(data(3), data(3), code(3)));
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(s.selector(DS)).isEqualTo(data(3));
        assertThat(s.selector(ES)).isZero();
        assertThat(machine.stack(1)).isEqualTo(code(3));
        assertThat(machine.stack(4)).isEqualTo(data(3));
        assertThat(machine.stack(3)).isEqualTo(0x38000);
    }

    @ParameterizedTest(name = "CS {0} SS {1}: vector {2} error {3}")
    @CsvSource({
        "0, 0x4B, 13, 0",
        "0x10, 0x4B, 13, 0x10",
        "0x4B, 0x4B, 13, 0x48",
        "0x43, 0, 13, 0",
        "0x43, 0x29, 13, 0x28",
        "0x43, 0x4A, 13, 0x48",
        "0x43, 0x43, 13, 0x40",
        "0x43, 0xFB, 13, 0xF8"
    })
    void returnsCheckBothSegments(String cs, String ss, int vector, String error) {
        for (String instruction : new String[] {"retf", "iret"}) {
            TestMachine machine = new TestMachine().ring(1);
            machine.code("push dword " + ss + "\n push dword 0x38000\n"
                    + (instruction.equals("iret") ? "push dword 2\n" : "")
                    + "push dword " + cs + "\n push dword 0x10000\n at: " + instruction);
            machine.run();
            assertThat(machine.vector()).as(instruction).isEqualTo(vector);
            assertThat(machine.stack(0)).as(instruction).isEqualTo(Integer.decode(error));
            assertThat(machine.stack(1)).as(instruction).isEqualTo(machine.symbols.get("at"));
            assertThat(machine.stack(2)).as(instruction).isEqualTo(code(1));
        }
    }

    @Test
    void iretRestoresFlagsByPrivilege() {
        machine.ring(1)
                .code(
                        "pushfd\n push cs\n push dword next\n mov dword [esp+8], 0x3F7FD7\n iret\n next: pushfd\n pop eax\n int 0x20");
        s.eflags(CpuState.IF);
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.DB); // TF came with the image
        int flags = machine.stack(2);
        assertThat(flags & CpuState.IOPL).as("IOPL is not taken").isZero();
        assertThat(flags & CpuState.IF).as("IF is not taken").isEqualTo(CpuState.IF);
        assertThat(flags & CpuState.VM).isZero();
        assertThat(flags & (CpuState.NT | CpuState.AC | CpuState.ID | CpuState.DF))
                .isEqualTo(CpuState.NT | CpuState.AC | CpuState.ID | CpuState.DF);
        assertThat(flags & StatusFlags.ALL).isEqualTo(StatusFlags.ALL);
    }

    @Test
    void iretTakesPrivilegedFlagsAtLevel0() {
        machine.code("push dword 0x3202\n push dword " + code(0) + "\n push dword next\n iret\n next: hlt");
        machine.run();
        assertThat(s.eflags()).isEqualTo(0x3202);
    }

    @Test
    void returnToWhatIsNoTaskIsRefused() {
        machine.ring(1).code("pushfd\n or dword [esp], 0x4000\n popfd\n at: iret");
        machine.memory.write16(TestMachine.TSS, 0x58);
        assertFault(Vector.TS, 0x58);
    }

    @Test
    void virtual8086ModeIsEnteredAndLeft() {
        machine.code(0x7000, "bits 16\n mov ax, 0x2000\n mov ds, ax\n mov word [0x10], 0x77\n int 0x21");
        machine.code("""
                push dword 0x1234
                push dword 0x2345
                push dword 0x3456
                push dword 0x4567
                push dword 0x3000
                push dword 0x100
                push dword 0x23202
                push dword 0x0700
                push dword 0
                iret
                """);
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x21);
        assertThat(machine.memory.read16(0x20010)).isEqualTo(0x77);
        assertThat(machine.stack(1)).isEqualTo(0x700);
        assertThat(machine.stack(2) & CpuState.VM).isEqualTo(CpuState.VM);
        assertThat(machine.stack(3)).isEqualTo(0x100);
        assertThat(machine.stack(4)).isEqualTo(0x3000);
        assertThat(machine.stack(5)).as("ES").isEqualTo(0x4567);
        assertThat(machine.stack(6)).as("DS").isEqualTo(0x2000);
        assertThat(machine.stack(7)).as("FS").isEqualTo(0x2345);
        assertThat(machine.stack(8)).as("GS").isEqualTo(0x1234);
        assertThat(s.selector(DS)).isZero();
    }

    @Test
    void sysenterAndSysexit() {
        s.sysenterCs = code(0);
        s.sysenterEsp = TestMachine.STACKS[0];
        s.sysenterEip = TestMachine.CODE + 0x100;
        machine.code(TestMachine.CODE + 0x100, "mov edx, 0x10200\n mov ecx, 0x38000\n mov ebx, cs\n sysexit");
        machine.code(TestMachine.CODE + 0x200, "int 0x20");
        machine.ring(3).code("sysenter");
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(s.r[CpuState.EBX]).isEqualTo(code(0));
        assertThat(machine.stack(1)).isEqualTo(code(0) + 16 | 3);
        assertThat(machine.stack(4)).isEqualTo(code(0) + 24 | 3);
        assertThat(machine.stack(3)).isEqualTo(0x38000);
    }

    @Test
    void sysenterWithoutACodeSegmentFaults() {
        machine.ring(1).code("at: sysenter");
        assertFault(Vector.GP, 0);
        assertThat(s.selector(CS)).isEqualTo(code(0));
        assertThat(s.selector(SS)).isEqualTo(data(0));
    }
}
