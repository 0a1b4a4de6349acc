package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.DS;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.ES;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;
import static org.ringone.emulator.TestMachine.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentationTest {
    private static final int FREE = 0x60;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    private void assertFault(int vector, int error) {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).as("vector").isEqualTo(vector);
        assertThat(machine.stack(0)).as("error code").isEqualTo(error);
        assertThat(machine.stack(1)).as("saved EIP").isEqualTo(machine.symbols.getOrDefault("at", TestMachine.CODE));
    }

    @ParameterizedTest(name = "rights {0} RPL {1} at CPL {2}: vector {3}")
    @CsvSource({
        // data: both RPL and CPL up to DPL
        "0x40F3, 3, 3, -1",
        "0x40B3, 1, 1, -1",
        "0x40B3, 3, 1, 13",
        "0x4093, 0, 1, 13",
        "0x40B1, 1, 1, -1",
        // code: readable, as data unless conforming
        "0x40BB, 1, 1, -1",
        "0x40B9, 1, 1, 13",
        "0x409E, 3, 3, -1",
        "0x409B, 1, 1, 13",
        // system, not present, type 0
        "0x00E2, 0, 0, 13",
        "0x4073, 3, 3, 11",
        "0x0000, 3, 3, 13"
    })
    void loadsDataSegments(String rights, int rpl, int cpl, int vector) {
        machine.ring(cpl).descriptor(FREE, segment(0x1000, 0xFFF, Integer.decode(rights)));
        machine.code("mov eax, " + (FREE | rpl) + "\n at: mov es, ax\n int 0x20");
        if (vector < 0) {
            machine.run();
            assertThat(machine.vector()).isEqualTo(0x20);
            assertThat(s.selector(ES)).isEqualTo(FREE | rpl);
            assertThat(s.base(ES)).isEqualTo(0x1000);
            assertThat(s.limit(ES)).isEqualTo(0xFFF);
        } else {
            assertFault(vector, FREE);
            assertThat(s.selector(ES)).isEqualTo(TestMachine.data(cpl));
        }
    }

    @ParameterizedTest(name = "rights {0} RPL {1} at CPL {2}: vector {3}")
    @CsvSource({
        "0x40B3, 1, 1, -1",
        "0x40B3, 0, 1, 13",
        "0x40F3, 1, 1, 13",
        "0x40B1, 1, 1, 13",
        "0x40BB, 1, 1, 13",
        "0x4033, 1, 1, 12",
        "0x40B7, 1, 1, -1"
    })
    void loadsStackSegments(String rights, int rpl, int cpl, int vector) {
        machine.ring(cpl).descriptor(FREE, segment(0, 0xFFF, Integer.decode(rights)));
        machine.code("mov eax, " + (FREE | rpl) + "\n at: mov ss, ax\n hlt");
        if (vector < 0) {
            machine.run();
            assertThat(machine.vector()).isEqualTo(Vector.GP); // the HLT
            assertThat(machine.stack(5)).isEqualTo(FREE | rpl);
        } else {
            assertFault(vector, FREE);
        }
    }

    @Test
    void nullSelectorsLoadIntoDataRegistersAndFaultWhenUsed() {
        machine.code("xor eax, eax\n mov ds, ax\n mov bl, 3\n at: mov eax, [0x20000]");
        assertFault(Vector.GP, 0);
        assertThat(s.selector(DS)).isZero();
    }

    @Test
    void nullStackSelectorIsRefused() {
        machine.code("xor eax, eax\n at: mov ss, ax");
        assertFault(Vector.GP, 0);
    }

    @Test
    void selectorsBeyondTheTableAreRefused() {
        machine.code("mov eax, 0x80\n at: mov ds, ax");
        assertFault(Vector.GP, 0x80);
    }

    @Test
    void selectorsOfAnAbsentLocalTableAreRefused() {
        machine.code("mov eax, 0xF\n at: mov ds, ax");
        assertFault(Vector.GP, 0xC);
    }

    @Test
    void localTableIsUsedOnceLoaded() {
        machine.descriptor(0x0C, segment(0x20000, 0xFF, 0x4092));
        machine.memory.write32(0x20010, 0x12345678);
        machine.code("mov eax, " + TestMachine.LDT_SELECTOR
                + "\n lldt ax\n mov eax, 0xC\n mov fs, ax\n mov ebx, [fs:0x10]\n hlt");
        machine.run();
        assertThat(s.r[EBX]).isEqualTo(0x12345678);
        assertThat(machine.memory.read8(TestMachine.LDT + 8 + 5)).as("accessed").isEqualTo(0x93);
    }

    @Test
    void absentPageUnderTheTableFaultsAtTheTablesAddress() {
        machine.map(0x3F_F000, 0);
        s.gdtrBase = 0x3F_F000;
        machine.code("mov eax, 0x18\n at: mov ds, ax");
        machine.cpu.sink(new TrapSink() {
            @Override
            public void exception(Cpu cpu, int vector, int errorCode) {
                assertThat(vector).isEqualTo(Vector.PF);
                assertThat(errorCode).isZero();
                assertThat(s.cr2).isEqualTo(0x3F_F018);
                assertThat(s.eip).isEqualTo(machine.symbols.get("at"));
                cpu.requestStop();
            }

            @Override
            public void interrupt(Cpu cpu, int vector, InterruptKind kind, int start) {
                throw new AssertionError();
            }
        });
        assertThat(machine.run()).isEqualTo(Stop.REQUESTED);
    }

    @ParameterizedTest(name = "limit {0} rights {1}: {3} bytes at {2} fault: {4}")
    @CsvSource({
        "0xFFF, 0x4093, 0xFFC, 4, false",
        "0xFFF, 0x4093, 0xFFD, 4, true",
        "0xFFF, 0x4093, 0xFFF, 1, false",
        "0xFFF, 0x4093, 0x1000, 1, true",
        "0xFFF, 0x4093, 0xFFFFFFFF, 1, true",
        "0x1, 0xC093, 0x1FFC, 4, false",
        "0x1, 0xC093, 0x1FFD, 4, true",
        "0x2, 0x4093, 0, 2, false",
        "0x2, 0x4093, 0, 4, true",
        // expand-down: above the limit, up to 4 GiB or 64 KiB
        "0xFFF, 0x4097, 0xFFF, 1, true",
        "0xFFF, 0x4097, 0x1000, 4, false",
        "0xFFF, 0x0097, 0xFFFE, 2, false",
        "0xFFF, 0x0097, 0xFFFE, 4, true",
        "0xFFF, 0x4097, 0xFFFE, 4, false",
        "0xFFF, 0x4097, 0xFFFFFFFE, 4, true",
        "0xFFFFF, 0xC097, 0x5000, 4, true"
    })
    void limitsAreChecked(String limit, String rights, String offset, int size, boolean faults) {
        machine.descriptor(FREE, segment(0x20000, Integer.decode(limit), Integer.decode(rights)));
        String register = size == 1 ? "al" : size == 2 ? "ax" : "eax";
        machine.code("mov eax, " + FREE + "\n mov es, ax\n at: mov " + register + ", [es:" + offset + "]\n hlt");
        if (faults) {
            assertFault(Vector.GP, 0);
        } else {
            machine.run();
            assertThat(machine.vector()).isEqualTo(-1);
        }
    }

    @Test
    void stackAccessesBeyondTheLimitRaiseStackFaults() {
        machine.descriptor(FREE, segment(0x20000, 0xFFF, 0x4093));
        machine.gate(Vector.SS, TestMachine.code(0), TestMachine.HANDLERS + 16 * Vector.SS, 0x8E);
        machine.ring(1);
        machine.descriptor(FREE, segment(0x20000, 0xFFF, 0x40B3));
        machine.code("mov eax, " + (FREE | 1) + "\n mov ss, ax\n mov esp, 0x1004\n at: push eax");
        assertFault(Vector.SS, 0);
    }

    @Test
    void writesNeedAWritableSegment() {
        machine.descriptor(FREE, segment(0x20000, 0xFFF, 0x4091));
        machine.code("mov eax, " + FREE + "\n mov ds, ax\n mov ebx, [0]\n at: mov [0], ebx");
        assertFault(Vector.GP, 0);
    }

    @Test
    void codeSegmentsCannotBeWritten() {
        machine.code("at: mov [cs:0x20000], eax");
        assertFault(Vector.GP, 0);
    }

    @Test
    void limitAppliesToFetches() {
        machine.descriptor(FREE, segment(0, TestMachine.CODE + 9, 0x409B));
        machine.code("jmp " + FREE + ":next\n next: nop\n nop\n at: mov eax, 1");
        assertFault(Vector.GP, 0);
    }

    @Test
    void instructionsUpToTheLimitRun() {
        machine.descriptor(FREE, segment(0, TestMachine.CODE + 8, 0x409B));
        machine.code("jmp " + FREE + ":next\n next: inc ecx\n inc ecx\n at: nop");
        assertFault(Vector.GP, 0);
        assertThat(s.r[ECX]).isEqualTo(2);
    }

    @Test
    void farPointersLoadSegmentAndRegister() {
        machine.memory.write32(0x20000, 0x1234_5678);
        machine.memory.write16(0x20004, 0x18);
        machine.code("les ebx, [0x20000]\n hlt");
        machine.run();
        assertThat(s.r[EBX]).isEqualTo(0x1234_5678);
        assertThat(s.selector(ES)).isEqualTo(0x18);
    }

    @Test
    void loadOfTheStackSegmentHoldsInterruptsForOneInstruction() {
        machine.code("mov eax, ss\n mov ss, ax\n nop\n nop");
        machine.cpu.run(2);
        assertThat(machine.cpu.interruptShadow()).isTrue();
        machine.cpu.run(1);
        assertThat(machine.cpu.interruptShadow()).isFalse();
    }

    @ParameterizedTest(name = "rights {0}: LAR {1}, LSL {2}, VERR {3}, VERW {4}")
    @CsvSource({
        "0xC0F3, 0xC0F300, 0x12345FFF, 1, 1",
        "0x40F1, 0x40F100, 0x12345, 1, 0",
        "0x40F9, 0x40F900, 0x12345, 0, 0",
        "0x40FB, 0x40FB00, 0x12345, 1, 0",
        "0x40DF, 0x40DF00, 0x12345, 1, 0",
        "0x40B3, , , 0, 0",
        "0x0062, 0x006200, 0x12345, 0, 0",
        "0x00E9, 0x00E900, 0x12345, 0, 0",
        "0x00EC, 0x00EC00, , 0, 0",
        "0x00EE, , , 0, 0",
        "0x00E5, 0x00E500, , 0, 0",
        "0x0060, , , 0, 0"
    })
    void descriptorsAreLookedAt(String rights, String lar, String lsl, int verr, int verw) {
        machine.ring(3).descriptor(FREE, segment(0, 0x12345, Integer.decode(rights)));
        machine.code("""
                mov eax, %d
                mov ebx, -1
                mov ecx, -1
                lar ebx, eax
                setz dl
                lsl ecx, eax
                setz dh
                verr ax
                setz [0x20000]
                verw ax
                setz [0x20001]
                int 0x20
                """.formatted(FREE));
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(s.r[EBX]).as("LAR").isEqualTo(lar == null ? -1 : Integer.decode(lar) & 0xF0FF00);
        assertThat(s.r[ECX]).as("LSL").isEqualTo(lsl == null ? -1 : Integer.decode(lsl));
        assertThat(s.r[CpuState.EDX]).isEqualTo((lar == null ? 0 : 1) | (lsl == null ? 0 : 0x100));
        assertThat(machine.memory.read8(0x20000)).as("VERR").isEqualTo(verr);
        assertThat(machine.memory.read8(0x20001)).as("VERW").isEqualTo(verw);
    }

    @Test
    void arplRaisesTheRequestedLevel() {
        machine.code("mov eax, 0x18\n mov ebx, 0x2B\n arpl ax, bx\n setz cl\n arpl ax, bx\n setz ch\n hlt");
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(0x1B);
        assertThat(s.r[ECX]).isEqualTo(1);
    }

    @Test
    void taskRegisterIsLoadedOnceOnly() {
        machine.code("mov eax, " + TestMachine.TSS_SELECTOR + "\n at: ltr ax"); // busy since the machine was built
        assertFault(Vector.GP, TestMachine.TSS_SELECTOR);
    }

    @Test
    void popOfASegmentMovesByTheOperandSize() {
        machine.code("push dword 0x18\n pop es\n o16 push ds\n o16 pop fs\n hlt");
        machine.run();
        assertThat(s.r[ESP]).isEqualTo(TestMachine.STACKS[0]);
        assertThat(s.selector(ES)).isEqualTo(0x18);
        assertThat(s.selector(SS)).isEqualTo(0x18);
    }
}
