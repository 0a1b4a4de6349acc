package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {
    private static final int PAGE = 0x2F_0000;
    private static final long NX = 1L << 63;

    private final TestMachine machine = new TestMachine();
    private final CpuState s = machine.s;

    private void assertPageFault(int error, int address) {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).as("vector").isEqualTo(Vector.PF);
        assertThat(machine.stack(0)).as("error code").isEqualTo(error);
        assertThat(s.cr2).as("CR2").isEqualTo(address);
        assertThat(machine.stack(1)).as("saved EIP").isEqualTo(machine.symbols.getOrDefault("at", TestMachine.CODE));
    }

    @ParameterizedTest(name = "entry bits {0}, ring {1}, {2}: error code {3}")
    @CsvSource({
        // a fault is 16 when there is none
        "0x0, 0, read, 0",
        "0x0, 3, read, 4",
        "0x0, 1, write, 2",
        "0x0, 3, write, 6",
        "0x1, 0, read, 16",
        "0x1, 1, read, 16",
        "0x1, 2, read, 16",
        "0x1, 3, read, 5",
        "0x1, 0, write, 3",
        "0x1, 1, write, 3",
        "0x3, 1, write, 16",
        "0x3, 3, write, 7",
        "0x5, 3, read, 16",
        "0x5, 3, write, 7",
        "0x5, 1, write, 3",
        "0x7, 3, write, 16"
    })
    void permissions(String bits, int ring, String access, int error) {
        machine.map(PAGE, PAGE | Integer.decode(bits));
        machine.ring(ring);
        machine.code("at: " + (access.equals("read") ? "mov eax, [" + PAGE + "]" : "mov [" + PAGE + "], eax")
                + "\n int 0x20");
        if (error == 16) {
            machine.run();
            assertThat(machine.vector()).isEqualTo(0x20);
        } else {
            assertPageFault(error, PAGE);
        }
    }

    @Test
    void supervisorWritesReadOnlyPagesWithoutWriteProtection() {
        machine.map(PAGE, PAGE | 1);
        machine.code(
                "mov eax, cr0\n and eax, 0xFFFEFFFF\n mov cr0, eax\n mov dword [%d], 5\n or eax, 0x10000\n mov cr0, eax\n at: mov dword [%d], 6"
                        .formatted(PAGE, PAGE));
        assertPageFault(3, PAGE);
        assertThat(machine.memory.read32(PAGE)).isEqualTo(5);
    }

    @Test
    void bothLevelsMustAllow() {
        machine.memory.write64(TestMachine.DIRECTORY + 8, TestMachine.TABLES + 0x1000 | 5);
        machine.ring(3).code("at: mov [" + PAGE + "], eax");
        assertPageFault(7, PAGE);
    }

    @Test
    void fetchesHonourNoExecute() {
        machine.map(PAGE, PAGE | 7 | NX);
        machine.ring(1).code("jmp " + PAGE);
        machine.symbols.put("at", PAGE);
        assertPageFault(0x11, PAGE);
    }

    @Test
    void fetchOfAnAbsentPageHasTheFetchBitOnlyWithNoExecuteOn() {
        machine.map(PAGE, 0);
        machine.cpu.control().efer(0);
        machine.ring(3).code("jmp " + PAGE);
        machine.symbols.put("at", PAGE);
        assertPageFault(4, PAGE);
    }

    @ParameterizedTest(name = "{0} at level {1} with NXE {2}: error code {3}")
    @CsvSource({
        "0x1000000000, 1, true, 9",
        "0x4000000000000000, 1, true, 9",
        "0x8000000000000000, 1, false, 9",
        "0x1000000000, 2, true, 9",
        "0x8000000000000000, 2, false, 9"
    })
    void reservedBitsFault(String bits, int level, boolean nx, int error) {
        machine.cpu.control().efer(nx ? Efer.NXE : 0);
        long reserved = Long.parseUnsignedLong(bits.substring(2), 16);
        if (level == 1) {
            machine.map(PAGE, PAGE | 7 | reserved);
        } else {
            machine.memory.write64(TestMachine.DIRECTORY + 8, TestMachine.TABLES + 0x1000 | 7 | reserved);
        }
        machine.code("at: mov eax, [" + PAGE + "]");
        assertPageFault(error, PAGE);
    }

    @Test
    void accessedAndDirtyBitsAreSetByUse() {
        assertThat(machine.entry(PAGE) & 0x60).isZero();
        machine.code("mov eax, [" + PAGE + "]\n hlt");
        machine.run();
        assertThat(machine.entry(PAGE) & 0x60).isEqualTo(0x20);
        machine.code("mov [" + PAGE + "], eax\n hlt").ring(0).run();
        assertThat(machine.entry(PAGE) & 0x60).isEqualTo(0x60);
        assertThat(machine.memory.read64(TestMachine.DIRECTORY + 8) & 0x60)
                .as("no dirty bit above")
                .isEqualTo(0x20);
    }

    @Test
    void faultsSetNeitherBit() {
        machine.map(PAGE, PAGE | 5);
        machine.ring(3).code("mov [" + PAGE + "], eax");
        machine.run();
        assertThat(machine.entry(PAGE) & 0x60).isZero();
    }

    @Test
    void writeAcrossAPageChangesNothingWhenTheSecondFaults() {
        machine.map(PAGE + 0x1000, PAGE + 0x1000 | 5);
        machine.memory.write32(PAGE + 0xFFE, 0x11223344);
        machine.ring(1).code("at: mov dword [" + (PAGE + 0xFFE) + "], -1");
        assertPageFault(3, PAGE + 0x1000);
        assertThat(machine.memory.read32(PAGE + 0xFFE)).isEqualTo(0x11223344);
    }

    @Test
    void operandsAcrossPagesGoToBothFrames() {
        machine.map(PAGE, 0x25_0000 | 7);
        machine.map(PAGE + 0x1000, 0x23_0000 | 7);
        machine.code("mov dword [%d], 0x44332211\n mov eax, [%d]\n hlt".formatted(PAGE + 0xFFD, PAGE + 0xFFD));
        machine.run();
        assertThat(machine.memory.read8(0x25_0FFF)).isEqualTo(0x33);
        assertThat(machine.memory.read8(0x23_0000)).isEqualTo(0x44);
        assertThat(s.r[EAX]).isEqualTo(0x44332211);
    }

    @Test
    void translationStaysUntilItIsFlushed() {
        machine.memory.write32(0x25_0000, 0x2525);
        machine.memory.write32(PAGE, 0x2F2F);
        machine.code("""
                mov eax, [%1$d]
                mov dword [%2$d], 0x250007
                mov ebx, [%1$d]
                invlpg [%1$d]
                mov ecx, [%1$d]
                mov dword [%2$d], 0
                mov edx, [%1$d]
                mov esi, cr3
                mov cr3, esi
                at: mov edi, [%1$d]
                """.formatted(PAGE, TestMachine.TABLES + 8 * (PAGE >>> 12)));
        assertPageFault(0, PAGE);
        assertThat(s.r[EAX]).isEqualTo(0x2F2F);
        assertThat(s.r[EBX]).as("stale").isEqualTo(0x2F2F);
        assertThat(s.r[CpuState.ECX]).as("flushed").isEqualTo(0x2525);
        assertThat(s.r[CpuState.EDX]).as("stale").isEqualTo(0x2525);
    }

    @Test
    void permissionsGivenLaterNeedNoFlush() {
        machine.map(PAGE, PAGE | 5);
        machine.code("mov eax, [%1$d]\n mov dword [%2$d], %3$d\n mov dword [%1$d], 9\n hlt"
                .formatted(PAGE, TestMachine.TABLES + 8 * (PAGE >>> 12), PAGE | 7));
        machine.run();
        assertThat(machine.vector()).isEqualTo(-1);
        assertThat(machine.memory.read32(PAGE)).isEqualTo(9);
    }

    @Test
    void permissionsTakenLaterNeedAFlush() {
        machine.code(
                "mov [%1$d], eax\n mov dword [%2$d], %3$d\n mov dword [%1$d], 9\n invlpg [%1$d]\n at: mov dword [%1$d], 10"
                        .formatted(PAGE, TestMachine.TABLES + 8 * (PAGE >>> 12), PAGE | 5));
        assertPageFault(3, PAGE);
        assertThat(machine.memory.read32(PAGE)).isEqualTo(9);
    }

    @Test
    void globalPagesOutliveALoadOfCr3() {
        machine.map(PAGE, PAGE | 0x107);
        machine.code(
                "mov eax, [%1$d]\n mov dword [%2$d], 0\n mov esi, cr3\n mov cr3, esi\n mov eax, [%1$d]\n invlpg [%1$d]\n at: mov eax, [%1$d]"
                        .formatted(PAGE, TestMachine.TABLES + 8 * (PAGE >>> 12)));
        assertPageFault(0, PAGE);
    }

    @Test
    void togglingGlobalPagesFlushesThem() {
        machine.map(PAGE, PAGE | 0x107);
        machine.code(
                "mov eax, [%1$d]\n mov dword [%2$d], 0\n mov esi, cr4\n xor esi, 0x80\n mov cr4, esi\n at: mov eax, [%1$d]"
                        .formatted(PAGE, TestMachine.TABLES + 8 * (PAGE >>> 12)));
        assertPageFault(0, PAGE);
    }

    @Test
    void largePagesMapTwoMegabytes() {
        machine.memory.write64(TestMachine.DIRECTORY + 16, 0x20_0000 | 0x87);
        machine.memory.write32(0x2F_1234, 0x5678);
        machine.code(
                "mov eax, [0x4F1234]\n mov [0x4F0000], eax\n mov dword [%d], 0\n invlpg [0x400000]\n at: mov ebx, [0x4F1234]"
                        .formatted(TestMachine.DIRECTORY + 16));
        assertPageFault(0, 0x4F_1234);
        assertThat(s.r[EAX]).isEqualTo(0x5678);
        assertThat(machine.memory.read32(0x2F_0000)).isEqualTo(0x5678);
    }

    @Test
    void largePagesHaveReservedBitsToo() {
        machine.memory.write64(TestMachine.DIRECTORY + 16, 0x20_2000 | 0x87);
        machine.code("at: mov eax, [0x400000]");
        assertPageFault(9, 0x40_0000);
    }

    @Test
    void pointersAreLatchedByALoadOfCr3() {
        machine.memory.write64(TestMachine.POINTERS + 8, TestMachine.DIRECTORY | 1);
        machine.code(
                "mov eax, cr3\n mov cr3, eax\n mov ebx, [0x40020000]\n mov dword [%d], 0\n invlpg [0x40030000]\n mov ebx, [0x40030000]\n mov cr3, eax\n at: mov ebx, [0x40020000]"
                        .formatted(TestMachine.POINTERS + 8));
        assertPageFault(0, 0x4002_0000);
    }

    @ParameterizedTest
    @CsvSource({"0x2", "0x20", "0x100", "0x1000000000", "0x8000000000000000"})
    void pointersWithReservedBitsAreRefused(String bits) {
        machine.memory.write64(TestMachine.POINTERS + 8, 1 | Long.parseUnsignedLong(bits.substring(2), 16));
        machine.code("mov eax, cr3\n at: mov cr3, eax");
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.GP);
        assertThat(machine.stack(1)).isEqualTo(machine.symbols.get("at"));
    }

    @Test
    void memoryBeyondTheEndReadsOnesAndSwallowsWrites() {
        machine.map(PAGE, 0x8_0000_0000L | 7);
        machine.code("mov dword [%1$d], 5\n mov eax, [%1$d]\n hlt".formatted(PAGE));
        machine.run();
        assertThat(s.r[EAX]).isEqualTo(-1);
        assertThat(machine.cpu.mmu().translate(PAGE + 5, Mmu.READ, false)).isEqualTo(0x8_0000_0005L);
    }

    @Test
    void ownersAccessesReportFaultsAndTouchNoRegister() {
        machine.map(PAGE, PAGE | 5);
        Mmu mmu = machine.cpu.mmu();
        assertThat(mmu.translate(PAGE + 4, Mmu.READ, true)).isEqualTo(PAGE + 4);
        assertThat(mmu.translate(PAGE + 4, Mmu.WRITE, false)).isNegative();
        assertThat(mmu.faultCode()).isEqualTo(3);
        assertThat(mmu.faultAddress()).isEqualTo(PAGE + 4);
        assertThat(mmu.write(PAGE - 2, new byte[4], 0, 4, false)).isFalse();
        assertThat(s.cr2).isZero();
        assertThat(machine.cpu.faulted()).isFalse();
    }

    @Test
    void twoLevelTablesWithLargePages() {
        PhysicalMemory memory = machine.memory;
        memory.clearFrame(0x100);
        memory.clearFrame(0x101);
        memory.write32(0x10_0000, 0x10_1000 | 7);
        memory.write32(0x10_0004, 0x83);
        for (int page = 0; page < 0x100; page++) {
            memory.write32(0x10_1000 + 4L * page, page << 12 | 3);
        }
        memory.write32(0x2_0000, 0x99);
        s.cr3 = 0x10_0000;
        machine.cpu.control().cr4(CpuState.CR4_PSE);
        machine.code("mov eax, [0x420000]\n mov ebx, [0x20000]\n at: mov ecx, [0x300000]");
        assertPageFault(0, 0x30_0000);
        assertThat(s.r[EAX]).isEqualTo(0x99);
        assertThat(s.r[EBX]).isEqualTo(0x99);
    }
}
