package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDX;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemInstructionsTest {
    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    private void assertFault(int vector) {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).as("vector").isEqualTo(vector);
        if (Vector.hasErrorCode(vector)) {
            assertThat(machine.stack(0)).as("error code").isZero();
        }
        assertThat(machine.stack(Vector.hasErrorCode(vector) ? 1 : 0))
                .isEqualTo(machine.symbols.getOrDefault("at", TestMachine.CODE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hlt",
                "clts",
                "lgdt [0x20000]",
                "lidt [0x20000]",
                "lldt ax",
                "ltr ax",
                "lmsw ax",
                "invlpg [0]",
                "invd",
                "wbinvd",
                "mov eax, cr0",
                "mov cr0, eax",
                "mov eax, cr2",
                "mov cr2, eax",
                "mov eax, cr3",
                "mov cr3, eax",
                "mov eax, cr4",
                "mov cr4, eax",
                "mov eax, dr0",
                "mov dr7, eax",
                "rdmsr",
                "wrmsr",
                "rdpmc",
                "sysexit",
                "cli",
                "sti",
                "in al, 0x80",
                "out dx, eax",
                "insb",
                "rep outsd"
            })
    void privilegedInstructionsFaultInRings1And3(String instruction) {
        for (int ring = 1; ring <= 3; ring += 2) {
            TestMachine m = new TestMachine().ring(ring).code("at: " + instruction);
            m.run();
            assertThat(m.vector()).as("ring " + ring).isEqualTo(Vector.GP);
            assertThat(m.stack(0)).isZero();
            assertThat(m.stack(1)).isEqualTo(TestMachine.CODE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpuid",
                "rdtsc",
                "sgdt [0x20000]",
                "sidt [0x20000]",
                "sldt eax",
                "str eax",
                "smsw eax",
                "wait",
                "nop"
            })
    void unprivilegedOnesRunEverywhere(String instruction) {
        machine.ring(3).code(instruction + "\n int 0x20").run();
        assertThat(machine.vector()).isEqualTo(0x20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ud2",
                "vmcall",
                "monitor",
                "mwait",
                "rdtscp",
                "xgetbv",
                "syscall",
                "sysret",
                "rsm",
                "lock mov cr0, eax"
            })
    void absentInstructionsAreUndefined(String instruction) {
        for (int ring : new int[] {0, 1, 3}) {
            TestMachine m = new TestMachine().ring(ring);
            m.code(instruction.startsWith("lock") ? "db 0xF0, 0x0F, 0x22, 0xC0" : instruction)
                    .run();
            assertThat(m.vector()).as("ring " + ring).isEqualTo(Vector.UD);
        }
    }

    @ParameterizedTest(name = "CR0 := {0} faults: {1}")
    @CsvSource({
        "0x80000000, true",
        "0x20000001, true",
        "0xE0000011, false",
        "0x80000011, false",
        "0xFFFFFFFF, false",
        "0x00000011, false"
    })
    void control0IsChecked(String value, boolean faults) {
        machine.code("mov eax, " + value + "\n at: mov cr0, eax\n mov ebx, cr0\n hlt");
        if (faults) {
            assertFault(Vector.GP);
        } else {
            machine.run();
            assertThat(s.r[EBX]).isEqualTo((int) (long) Long.decode(value) & 0xE005_003F | 0x10);
        }
    }

    @Test
    void pagingOnWithABadPointerIsRefused() {
        machine.memory.write64(TestMachine.POINTERS + 24, 3);
        machine.code("mov eax, cr0\n and eax, 0x7FFFFFFF\n mov cr0, eax\n or eax, 0x80000000\n at: mov cr0, eax");
        assertFault(Vector.GP);
    }

    @ParameterizedTest(name = "CR4 := {0} faults: {1}")
    @CsvSource({"0x20, false", "0x7BF, false", "0x60, true", "0x820, true", "0x80000020, true"})
    void control4IsChecked(String value, boolean faults) {
        machine.code("mov eax, " + value + "\n at: mov cr4, eax\n hlt");
        if (faults) {
            assertFault(Vector.GP);
        } else {
            machine.run();
            assertThat(s.cr4()).isEqualTo((int) (long) Long.decode(value));
        }
    }

    @Test
    void machineStatusWordSetsButNeverClearsProtection() {
        machine.code("mov eax, 0xE\n lmsw ax\n smsw ebx\n smsw [0x20000]\n clts\n mov ecx, cr0\n hlt");
        machine.run();
        assertThat(s.r[EBX] & 0xFFFF).isEqualTo(0x3F);
        assertThat(machine.memory.read32(0x2_0000)).as("16 bits only").isEqualTo(0x3F);
        assertThat(s.r[ECX] & 0xF).isEqualTo(7);
    }

    @Test
    void descriptorTableRegisters() {
        machine.memory.write16(0x2_0000, 0x1234);
        machine.memory.write32(0x2_0002, 0xAABBCCDD);
        machine.code("lidt [0x20000]\n sidt [0x20010]\n o16 lgdt [0x20000]\n sgdt [0x20020]\n hlt");
        machine.run();
        assertThat(machine.memory.read64(0x2_0010)).isEqualTo(0xAABBCCDD1234L);
        assertThat(machine.memory.read64(0x2_0020)).as("24 bits of base").isEqualTo(0x00BBCCDD1234L);
    }

    @Test
    void tableStoreChangesNothingWhenItFaults() {
        machine.map(0x2_1000, 0);
        machine.memory.write32(0x2_0FFC, 0x5555_5555);
        machine.code("at: sgdt [0x20FFC]");
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(machine.memory.read32(0x2_0FFC)).isEqualTo(0x5555_5555);
    }

    @Test
    void identification() {
        machine.code("mov eax, 1\n cpuid\n hlt");
        machine.run();
        assertThat(s.r[EDX] & CpuidTable.PAE).isNotZero();
        assertThat(s.r[EAX]).as("family 6, model 13").isEqualTo(0x6D8);
        assertThat(s.r[EBX]).as("lines of 64 bytes").isEqualTo(8 << 8);
        int vectors = CpuidTable.MMX | CpuidTable.FXSR | CpuidTable.SSE | CpuidTable.SSE2 | CpuidTable.CLFSH;
        assertThat(s.r[EDX] & vectors).isEqualTo(vectors);
        machine.code("mov eax, 0\n cpuid\n hlt").ring(3).cpu.run(2);
        assertThat(s.r[EBX]).isEqualTo(0x756E6547);
        assertThat(s.r[EDX]).isEqualTo(0x49656E69);
        assertThat(s.r[ECX]).isEqualTo(0x6C65746E);
    }

    @ParameterizedTest(name = "CR4 bit {0} at ring {1}: {2} faults {3}")
    @CsvSource({
        "0, 3, rdtsc, false",
        "4, 3, rdtsc, true",
        "4, 0, rdtsc, false",
        "0, 3, rdpmc, true",
        "0x100, 3, rdpmc, false",
        "0, 0, rdpmc, false"
    })
    void countersObeyControl4(String bit, int ring, String instruction, boolean faults) {
        machine.cpu.control().cr4(CpuState.CR4_PAE | Integer.decode(bit));
        machine.ring(ring).code("at: " + instruction + "\n int 0x20");
        if (faults) {
            assertFault(Vector.GP);
        } else {
            machine.run();
            assertThat(machine.vector()).isEqualTo(0x20);
        }
    }

    @Test
    void modelSpecificRegisters() {
        machine.code("""
                mov ecx, 0x175
                mov eax, 0x11223344
                mov edx, 0
                wrmsr
                mov eax, 0
                rdmsr
                mov ebx, eax
                mov ecx, 0x10
                mov eax, 5
                mov edx, 1
                wrmsr
                rdtsc
                hlt
                """);
        machine.run();
        assertThat(s.r[EBX]).isEqualTo(0x11223344);
        assertThat(s.r[EDX]).isEqualTo(1);
        assertThat(s.r[EAX]).as("one more has retired").isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mov ecx, 0x12345\n at: rdmsr",
                "mov ecx, 0x12345\n at: wrmsr",
                "mov ecx, 0xC0000080\n mov eax, 1\n at: wrmsr"
            })
    void unknownRegistersAndValuesAreRefused(String source) {
        machine.code(source);
        assertFault(Vector.GP);
    }

    @Test
    void ownersRegisters() {
        MsrFile file = new MsrFile() {
            private long held = 7;

            @Override
            public boolean read(Cpu cpu, int index, long[] value) {
                value[0] = held;
                return index == 0x2FF;
            }

            @Override
            public boolean write(Cpu cpu, int index, long value) {
                held = value;
                return index == 0x2FF;
            }
        };
        TestMachine m = new TestMachine(CpuConfig.standard().withMsrs(file), new IdtDelivery());
        m.code("mov ecx, 0x2FF\n rdmsr\n inc eax\n wrmsr\n rdmsr\n hlt").run();
        assertThat(m.s.r[EAX]).isEqualTo(8);
    }

    @Test
    void haltStopsAfterTheInstruction() {
        machine.code("hlt\n inc eax\n hlt");
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(s.eip).isEqualTo(TestMachine.CODE + 1);
        assertThat(machine.cpu.retired()).isEqualTo(1);
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(s.r[EAX]).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} at ring {1} with IOPL {2} faults: {3}")
    @CsvSource({"cli, 1, 0, true", "cli, 1, 1, false", "sti, 3, 2, true", "sti, 3, 3, false", "cli, 0, 0, false"})
    void interruptFlagNeedsPrivilege(String instruction, int ring, int iopl, boolean faults) {
        machine.ring(ring).code("at: " + instruction + "\n int 0x20");
        s.flags = iopl << 12 | (instruction.equals("cli") ? CpuState.IF : 0);
        if (faults) {
            assertFault(Vector.GP);
        } else {
            machine.run();
            assertThat(machine.stack(2) & CpuState.IF).isEqualTo(instruction.equals("cli") ? 0 : CpuState.IF);
        }
    }

    @Test
    void interruptsAreHeldBackForOneInstructionAfterSti() {
        machine.code("sti\n sti\n nop");
        machine.cpu.run(1);
        assertThat(machine.cpu.interruptShadow()).isTrue();
        machine.cpu.run(1);
        assertThat(machine.cpu.interruptShadow()).as("IF was set already").isFalse();
    }

    @Test
    void popOfFlagsKeepsWhatIsNotAllowed() {
        machine.ring(3).code("push dword 0x3202\n popfd\n pushfd\n pop eax\n int 0x20");
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(2);
    }

    @Test
    void alignmentIsCheckedInRing3Only() {
        String source =
                "pushfd\n or dword [esp], 0x40000\n popfd\n mov eax, [0x20002]\n at: mov eax, [0x20001]\n int 0x20";
        for (int ring : new int[] {1, 3}) {
            TestMachine m = new TestMachine().ring(ring).code(source);
            m.cpu.control().cr0(m.s.cr0() | CpuState.CR0_AM);
            m.code(source.replace("0x20002", "0x20004"));
            m.run();
            assertThat(m.vector()).isEqualTo(ring == 3 ? Vector.AC : 0x20);
        }
    }

    @Test
    void stopRequestedByThePortEndsTheRunAfterTheInstruction() {
        PortBus bus = new PortBus() {
            @Override
            public int in(Cpu cpu, int port, int size) {
                return port;
            }

            @Override
            public void out(Cpu cpu, int port, int size, int value) {
                cpu.requestStop();
            }
        };
        TestMachine m = new TestMachine(CpuConfig.standard().withPorts(bus), new IdtDelivery());
        m.code("out 0x80, al\n inc ebx\n jmp $");
        assertThat(m.run()).isEqualTo(Stop.REQUESTED);
        assertThat(m.s.eip).isEqualTo(TestMachine.CODE + 2);
        assertThat(m.cpu.run(1)).isEqualTo(Stop.BUDGET);
        assertThat(m.s.r[EBX]).isEqualTo(1);
    }
}
