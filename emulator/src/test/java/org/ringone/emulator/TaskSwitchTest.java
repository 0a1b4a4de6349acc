package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.TR;
import static org.ringone.emulator.TestMachine.TSS;
import static org.ringone.emulator.TestMachine.TSS_SELECTOR;
import static org.ringone.emulator.TestMachine.code;
import static org.ringone.emulator.TestMachine.data;
import static org.ringone.emulator.TestMachine.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations are those of the SDM, volume 3, chapter "Task Management": steps of a switch, and its table of checks. */
class TaskSwitchTest {
    /** The other task's TSS. */
    private static final int OTHER = 0x60;

    private static final int FREE = 0x68;
    private static final int OTHER_TSS = 0x9000;
    private static final int OTHER_CODE = 0x1_1000;
    private static final int OTHER_STACK = 0x2_8000;
    private static final int BUSY = 0x8B;
    private static final int AVAILABLE = 0x89;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    TaskSwitchTest() {
        machine.descriptor(OTHER, segment(OTHER_TSS, 0x67, AVAILABLE));
        put(0x04, TestMachine.STACKS[0] + 0x800);
        put(0x08, data(0));
        put(0x1C, TestMachine.POINTERS);
        put(0x20, OTHER_CODE);
        put(0x24, 2);
        put(0x38, OTHER_STACK);
        runsIn(0);
        machine.memory.write32(TSS + 0x1C, TestMachine.POINTERS);
    }

    /** A field of the other task's TSS. */
    private void put(int offset, int value) {
        machine.memory.write32(OTHER_TSS + offset, value);
    }

    private void runsIn(int ring) {
        put(0x4C, code(ring));
        for (int offset : new int[] {0x48, 0x50, 0x54, 0x58, 0x5C}) {
            put(offset, data(ring));
        }
    }

    private int type(int selector) {
        return machine.memory.read8(TestMachine.GDT + selector + 5);
    }

    private void otherRuns(String source) {
        machine.code(OTHER_CODE, source);
    }

    private void assertFault(int vector, int error, int eip) {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).as("vector").isEqualTo(vector);
        assertThat(machine.stack(0)).as("error code").isEqualTo(error);
        assertThat(machine.stack(1)).as("saved EIP").isEqualTo(eip);
    }

    @Test
    void callNestsTheTaskAndIretGoesBack() {
        otherRuns("pushfd\n pop dword [0x20000]\n str [0x20004]\n mov eax, 0x77\n iret");
        machine.code("mov eax, 5\n call " + OTHER + ":0x1234\n back: str ebx\n pushfd\n pop ecx\n hlt");
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(s.eip).isEqualTo(machine.symbols.get("back") + 3 + 2 + 1);
        assertThat(machine.memory.read32(0x2_0000) & CpuState.NT).as("NT").isNotZero();
        assertThat(machine.memory.read16(0x2_0004)).isEqualTo(OTHER);
        assertThat(machine.memory.read16(OTHER_TSS)).as("link").isEqualTo(TSS_SELECTOR);
        assertThat(s.r[EAX]).as("the caller's own").isEqualTo(5);
        assertThat(s.r[EBX]).isEqualTo(TSS_SELECTOR);
        assertThat(s.r[CpuState.ECX] & CpuState.NT).isZero();
        assertThat(type(OTHER)).isEqualTo(AVAILABLE);
        assertThat(type(TSS_SELECTOR)).isEqualTo(BUSY);
        assertThat(s.cr0() & CpuState.CR0_TS).as("TS").isNotZero();
        assertThat(machine.memory.read32(OTHER_TSS + 0x28))
                .as("EAX of the other")
                .isEqualTo(0x77);
        assertThat(machine.memory.read32(OTHER_TSS + 0x24) & CpuState.NT)
                .as("NT is saved as cleared")
                .isZero();
    }

    @Test
    void callerIsBusyWhileTheNestedTaskRuns() {
        otherRuns("hlt");
        machine.code("call " + OTHER + ":0").run();
        assertThat(type(OTHER)).isEqualTo(BUSY);
        assertThat(type(TSS_SELECTOR)).isEqualTo(BUSY);
    }

    @Test
    void jumpLeavesTheOldTaskAvailableAndUnlinked() {
        machine.memory.write16(OTHER_TSS, 0x5555);
        otherRuns("jmp " + TSS_SELECTOR + ":0");
        machine.code("jmp " + OTHER + ":0\n hlt");
        machine.cpu.run(1);
        assertThat(type(OTHER)).isEqualTo(BUSY);
        assertThat(type(TSS_SELECTOR)).isEqualTo(AVAILABLE);
        assertThat(s.flags & CpuState.NT).isZero();
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(s.selector(TR)).isEqualTo(TSS_SELECTOR);
        assertThat(type(OTHER)).isEqualTo(AVAILABLE);
        assertThat(machine.memory.read16(OTHER_TSS)).as("link").isEqualTo(0x5555);
    }

    @Test
    void everythingIsSavedAndLoaded() {
        for (int n = 0; n < 8; n++) {
            put(0x28 + 4 * n, 0x1000_0000 + n);
        }
        put(0x24, 0xCD7 & ~CpuState.TF);
        put(0x60, TestMachine.LDT_SELECTOR);
        machine.ring(1);
        machine.descriptor(OTHER, segment(OTHER_TSS, 0x67, AVAILABLE | 0x20));
        runsIn(1);
        for (int n = 0; n < 8; n++) {
            s.r[n] = 0x2000_0000 + n;
        }
        machine.code("jmp " + OTHER + ":0\n next:");
        s.eflags(0x8C7);
        machine.cpu.control().dr(7, 0x1FF);
        machine.memory.write32(TSS + 0x1C, 0x1234);
        machine.cpu.run(1);
        for (int n = 0; n < 8; n++) {
            assertThat(s.r[n]).isEqualTo(0x1000_0000 + n);
            assertThat(machine.memory.read32(TSS + 0x28 + 4L * n)).isEqualTo(0x2000_0000 + n);
        }
        assertThat(s.eflags()).isEqualTo(0xCD7 & ~CpuState.TF);
        assertThat(machine.memory.read32(TSS + 0x24)).isEqualTo(0x8C7);
        assertThat(s.eip).isEqualTo(OTHER_CODE);
        assertThat(machine.memory.read32(TSS + 0x20)).isEqualTo(machine.symbols.get("next"));
        assertThat(machine.memory.read16(TSS + 0x4C)).isEqualTo(code(1));
        assertThat(machine.memory.read16(TSS + 0x5C)).isEqualTo(data(1));
        assertThat(s.selector(CpuState.LDTR)).isEqualTo(TestMachine.LDT_SELECTOR);
        assertThat(s.base(CpuState.LDTR)).isEqualTo(TestMachine.LDT);
        assertThat(s.dr(7)).as("breakpoints of the old task alone").isEqualTo(0x4AA);
        assertThat(machine.memory.read32(TSS + 0x1C)).as("CR3 is not saved").isEqualTo(0x1234);
    }

    @Test
    void pageTablesAreTheNewTasks() {
        machine.memory.write64(0x9800, 0xA001);
        machine.memory.write64(0xA000, TestMachine.TABLES | 7);
        machine.memory.write64(0xA008, TestMachine.TABLES + 0x1000 | 7);
        machine.memory.write64(0xA010, 0x20_0000 | 0x87);
        machine.memory.write32(0x20_0010, 0x4321);
        put(0x1C, 0x9800);
        otherRuns("mov eax, [0x400010]\n hlt");
        machine.code("jmp " + OTHER + ":0").run();
        assertThat(s.cr3()).isEqualTo(0x9800);
        assertThat(s.r[EAX]).isEqualTo(0x4321);
    }

    @Test
    void pageTablesThatAreRefusedAreTheNewTasksFault() {
        machine.memory.write64(0x9800, 0xA001 | 2);
        put(0x1C, 0x9800);
        runsIn(3);
        machine.code("jmp " + OTHER + ":0");
        assertFault(Vector.GP, 0, OTHER_CODE);
        assertThat(s.selector(TR)).isEqualTo(OTHER);
    }

    @Test
    void interruptThroughATaskGate() {
        machine.gate(0x80, OTHER, 0, 0xE5);
        otherRuns("mov eax, 1\n iret\n mov eax, 2\n hlt");
        machine.ring(3).code("mov eax, 5\n int 0x80\n mov ebx, eax\n int 0x80");
        machine.run();
        assertThat(machine.memory.read16(OTHER_TSS)).isEqualTo(TSS_SELECTOR);
        assertThat(machine.memory.read32(TSS + 0x34)).as("EBX of the caller").isEqualTo(5);
        assertThat(s.r[EAX]).as("the task goes on behind its IRET").isEqualTo(2);
        assertThat(s.selector(CS)).isEqualTo(code(0));
    }

    @Test
    void exceptionThroughATaskGatePushesItsErrorCodeOnTheTasksStack() {
        machine.gate(Vector.GP, OTHER, 0, 0x85);
        otherRuns("pop ebx\n mov ecx, esp\n hlt");
        machine.ring(3).code("at: mov ax, 0xFFF0\n bad: mov ds, ax");
        machine.run();
        assertThat(s.r[EBX]).isEqualTo(0xFFF0);
        assertThat(s.r[CpuState.ECX]).isEqualTo(OTHER_STACK);
        assertThat(machine.memory.read32(TSS + 0x20))
                .as("the instruction itself")
                .isEqualTo(machine.symbols.get("bad"));
        assertThat(machine.memory.read32(TSS + 0x24) & CpuState.RF).isNotZero();
    }

    @Test
    void doubleFaultTaskSurvivesABadStack() {
        machine.gate(Vector.DF, OTHER, 0, 0x85);
        otherRuns("pop ebx\n hlt");
        machine.map(0x3_0000, 0);
        machine.code("mov esp, 0x31000\n at: push eax");
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(s.selector(TR)).isEqualTo(OTHER);
        assertThat(s.r[EBX]).isZero();
        assertThat(machine.memory.read32(TSS + 0x20)).isEqualTo(machine.symbols.get("at"));
    }

    @ParameterizedTest(name = "TSS rights {0} limit {1} at CPL {2} RPL {3}: vector {4} error {5}")
    @CsvSource({
        "0x89, 0x67, 1, 0, 13, 0x60",
        "0xA9, 0x67, 1, 2, 13, 0x60",
        "0x8B, 0x67, 0, 0, 13, 0x60",
        "0x83, 0x67, 0, 0, 13, 0x60",
        "0x09, 0x67, 0, 0, 11, 0x60",
        "0x0B, 0x67, 0, 0, 13, 0x60",
        "0x89, 0x66, 0, 0, 10, 0x60",
        "0x81, 0x2A, 0, 0, 10, 0x60",
        "0xE9, 0x66, 3, 3, 10, 0x60"
    })
    void refusedBeforehandNothingChanges(String rights, String limit, int cpl, int rpl, int vector, String error) {
        for (String how : new String[] {"jmp ", "call "}) {
            TaskSwitchTest fresh = new TaskSwitchTest();
            TestMachine m = fresh.machine;
            m.descriptor(OTHER, segment(OTHER_TSS, Integer.decode(limit), Integer.decode(rights)));
            m.ring(cpl).code("at: " + how + (OTHER | rpl) + ":0");
            byte[] before = new byte[0x68];
            m.memory.read(TSS + 0x20L, before, 0, 0x40);
            fresh.assertFault(vector, Integer.decode(error), m.symbols.get("at"));
            byte[] after = new byte[0x68];
            m.memory.read(TSS + 0x20L, after, 0, 0x40);
            assertThat(after).as("the old task's TSS").isEqualTo(before);
            assertThat(fresh.s.selector(TR)).isEqualTo(TSS_SELECTOR);
            assertThat(fresh.type(TSS_SELECTOR)).isEqualTo(BUSY);
            assertThat(fresh.type(OTHER)).isEqualTo(Integer.decode(rights));
            assertThat(fresh.s.cr0() & CpuState.CR0_TS).isZero();
        }
    }

    @ParameterizedTest(name = "gate rights {0} for TSS {1} at CPL {2}: vector {3} error {4}")
    @CsvSource({
        "0x85, 0x60, 1, 13, 0x68",
        "0xE5, 0x64, 1, 13, 0x64",
        "0xE5, 0x00, 1, 13, 0",
        "0xE5, 0x10, 1, 13, 0x10",
        "0xE5, 0xF8, 1, 13, 0xF8",
        "0xE5, 0x50, 1, 13, 0x50",
        "0x65, 0x60, 1, 11, 0x68",
        "0xE5, 0x60, 3, -1, 0"
    })
    void taskGates(String rights, String tss, int cpl, int vector, String error) {
        machine.descriptor(FREE, TestMachine.gate(Integer.decode(tss), 0, Integer.decode(rights)));
        machine.ring(cpl).code("at: call " + (FREE | cpl) + ":0");
        otherRuns("hlt");
        if (vector < 0) {
            machine.run();
            assertThat(s.selector(TR)).as("the TSS's own DPL does not count").isEqualTo(OTHER);
        } else {
            assertFault(vector, Integer.decode(error), machine.symbols.get("at"));
        }
    }

    @ParameterizedTest(name = "IDT task gate rights {0} for TSS {1}: vector {2} error {3}")
    @CsvSource({
        "0x85, 0x60, 13, 0x402",
        "0x65, 0x60, 11, 0x402",
        "0xE5, 0x64, 13, 0x64",
        "0xE5, 0x50, 13, 0x50",
        "0xE5, 0x18, 13, 0x18"
    })
    void taskGatesOfTheInterruptTable(String rights, String tss, int vector, String error) {
        machine.gate(0x80, Integer.decode(tss), 0, Integer.decode(rights));
        machine.ring(3).code("at: int 0x80");
        assertFault(vector, Integer.decode(error), machine.symbols.get("at"));
    }

    @ParameterizedTest(name = "link {0}: vector {1} error {2}")
    @CsvSource({"0x0, 10, 0", "0x64, 10, 0x64", "0x60, 10, 0x60", "0x10, 10, 0x10", "0xF8, 10, 0xF8"})
    void returnNeedsABusyTask(String link, int vector, String error) {
        machine.memory.write16(TSS, Integer.decode(link));
        machine.ring(3).code("pushfd\n or dword [esp], 0x4000\n popfd\n at: iret");
        assertFault(vector, Integer.decode(error), machine.symbols.get("at"));
        assertThat(s.selector(TR)).isEqualTo(TSS_SELECTOR);
    }

    /** The new task's segments are looked at in the order LDT, CS, SS, DS, ES, FS, GS; then EIP. */
    @ParameterizedTest(name = "field {0} := {1}, descriptor {2}: vector {3} error {4}")
    @CsvSource({
        "0x60, 0x10, , 10, 0x10",
        "0x60, 0x6C, , 10, 0x6C",
        "0x60, 0x68, 0x02, 10, 0x68",
        "0x60, 0xF8, , 10, 0xF8",
        "0x4C, 0x03, , 10, 0x0",
        "0x4C, 0x4B, , 10, 0x48",
        "0x4C, 0x13, , 10, 0x10",
        "0x4C, 0x6B, 0xC07B, 11, 0x68",
        "0x4C, 0x6B, 0xC09F, -1, 0",
        "0x50, 0x00, , 10, 0x0",
        "0x50, 0x43, , 10, 0x40",
        "0x50, 0x18, , 10, 0x18",
        "0x50, 0x6B, 0xC0F1, 10, 0x68",
        "0x50, 0x6B, 0xC073, 12, 0x68",
        "0x54, 0x18, , 10, 0x18",
        "0x54, 0x6B, 0xC0F9, 10, 0x68",
        "0x54, 0x6B, 0xC073, 11, 0x68",
        "0x54, 0x6B, 0xC09F, -1, 0",
        "0x48, 0xFB, , 10, 0xF8",
        "0x58, 0x53, , 10, 0x50",
        "0x5C, 0x18, , 10, 0x18",
        "0x5C, 0x00, , -1, 0"
    })
    void faultsOfTheNewTask(String field, String selector, String rights, int vector, String error) {
        runsIn(3);
        otherRuns("int 0x20");
        put(Integer.decode(field), Integer.decode(selector));
        if (rights != null) {
            machine.descriptor(FREE, segment(0, 0xFFFFF, Integer.decode(rights)));
        }
        machine.code("jmp " + OTHER + ":0");
        if (vector < 0) {
            machine.run();
            assertThat(machine.vector()).isEqualTo(0x20);
        } else {
            assertFault(vector, Integer.decode(error), OTHER_CODE);
            assertThat(s.selector(TR)).isEqualTo(OTHER);
            assertThat(type(OTHER)).isEqualTo(BUSY);
            assertThat(type(TSS_SELECTOR)).isEqualTo(AVAILABLE);
            assertThat(s.r[ESP] >>> 12).as("the new task's inner stack").isEqualTo(0x32);
        }
    }

    @Test
    void entryBeyondTheLimitIsTheNewTasksFault() {
        runsIn(3);
        put(0x4C, FREE | 3);
        machine.descriptor(FREE, segment(0, 0xFFF, 0x40FB));
        machine.code("jmp " + OTHER + ":0");
        assertFault(Vector.GP, 0, OTHER_CODE);
    }

    @Test
    void faultsBehindAnExceptionsSwitchAreExternal() {
        runsIn(3);
        put(0x54, 0x18);
        machine.gate(Vector.UD, OTHER, 0, 0x85);
        machine.ring(3).code("ud2");
        assertFault(Vector.TS, 0x19, OTHER_CODE);
        TaskSwitchTest software = new TaskSwitchTest();
        software.runsIn(3);
        software.put(0x54, 0x18);
        software.machine.gate(0x80, OTHER, 0, 0xE5);
        software.machine.ring(3).code("int 0x80");
        software.assertFault(Vector.TS, 0x18, OTHER_CODE);
    }

    @ParameterizedTest(name = "page {0} with entry bits {1}: error {2}")
    @CsvSource({"0x9000, 0, 0", "0x3000, 1, 3", "0x3000, 0, 2", "0x1000, 1, 3"})
    void pagesOfBothTasksAreLookedAtBeforeAnythingChanges(String page, int bits, int error) {
        int linear = Integer.decode(page);
        s.idtrBase = 0x2000;
        machine.code("at: jmp " + OTHER + ":0");
        machine.cpu.mmu().flushAll();
        machine.map(linear, linear | bits);
        machine.cpu.run(1);
        assertThat(s.cr2 & 0xFFFF_F000).isEqualTo(linear);
        assertThat(s.selector(TR)).isEqualTo(TSS_SELECTOR);
        assertThat(type(TSS_SELECTOR)).isEqualTo(BUSY);
        assertThat(type(OTHER)).isEqualTo(AVAILABLE);
        assertThat(machine.memory.read32(TSS + 0x20)).isZero();
        assertThat(machine.stack(0)).isEqualTo(error);
    }

    @Test
    void trapBitRaisesADebugExceptionBeforeTheFirstInstruction() {
        put(0x64, 0x0068_0001);
        otherRuns("inc eax\n hlt");
        machine.code("jmp " + OTHER + ":0").run();
        assertThat(machine.vector()).isEqualTo(Vector.DB);
        assertThat(machine.stack(0)).isEqualTo(OTHER_CODE);
        assertThat(s.dr(6) & 0xE00F).isEqualTo(0x8000);
    }

    @Test
    void virtual8086Task() {
        put(0x24, 0x2_3002);
        put(0x20, 0x10);
        put(0x4C, 0x1100);
        put(0x54, 0x2000);
        machine.code(OTHER_CODE + 0x10, "bits 16\n mov byte [0x30], 0x5A\n int 0x20");
        machine.code("jmp " + OTHER + ":0").run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(machine.memory.read8(0x2_0030)).isEqualTo(0x5A);
        assertThat(machine.stack(1)).isEqualTo(0x1100);
        assertThat(machine.stack(2) & CpuState.VM).isNotZero();
    }

    @Test
    void sixteenBitTaskAndBack() {
        machine.descriptor(OTHER, segment(OTHER_TSS, 0x2B, 0x81));
        for (int offset = 0; offset < 0x2C; offset += 2) {
            machine.memory.write16(OTHER_TSS + offset, 0);
        }
        machine.memory.write16(OTHER_TSS + 0x0E, 0x8000);
        machine.memory.write16(OTHER_TSS + 0x10, 0x40);
        machine.memory.write16(OTHER_TSS + 0x12, 0xABCD);
        machine.memory.write16(OTHER_TSS + 0x1A, 0x9F00);
        machine.memory.write16(OTHER_TSS + 0x22, data(0));
        machine.memory.write16(OTHER_TSS + 0x24, code(0));
        machine.memory.write16(OTHER_TSS + 0x26, data(0));
        machine.memory.write16(OTHER_TSS + 0x28, data(0));
        machine.code(0x8000, "mov [0x20000], ax\n mov ax, fs\n mov [0x20002], ax\n setz [0x20004]\n inc ax\n iret");
        machine.memory.write8(0x2_0004, 0);
        machine.code("mov eax, 0x12345678\n call " + OTHER + ":0\n mov bx, fs\n hlt");
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(-1);
        assertThat(machine.memory.read16(0x2_0000)).isEqualTo(0xABCD);
        assertThat(machine.memory.read16(0x2_0002)).as("FS is null").isZero();
        assertThat(machine.memory.read8(0x2_0004)).as("ZF").isEqualTo(1);
        assertThat(machine.memory.read16(OTHER_TSS)).isEqualTo(TSS_SELECTOR);
        assertThat(machine.memory.read16(OTHER_TSS + 0x12)).isEqualTo(1);
        assertThat(machine.memory.read16(OTHER_TSS + 0x2A))
                .as("LDTR is not saved")
                .isZero();
        assertThat(s.r[EAX]).isEqualTo(0x12345678);
        assertThat(s.r[EBX] & 0xFFFF).isEqualTo(data(0));
        assertThat(s.cr3()).isEqualTo(TestMachine.POINTERS);
    }
}
