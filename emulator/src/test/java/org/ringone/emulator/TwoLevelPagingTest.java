package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paging without PAE: two levels of 32-bit entries, pages of 4 KiB and, with CR4.PSE, of 4 MiB (SDM volume 3, 4.3). */
class TwoLevelPagingTest {

    private static final int DIRECTORY = 0x10_0000;
    private static final int TABLE = 0x10_1000;

    /** The page that cases are about. */
    private static final int PAGE = 0x2F_0000;

    /** The linear address of a 4-MiB page that cases are about. */
    private static final int LARGE = 0xC0_0000;

    private static final int NONE = 16;

    private final TestMachine machine = new TestMachine();
    private final PhysicalMemory memory = machine.memory;
    private final CpuState s = machine.s;

    TwoLevelPagingTest() {
        memory.clearFrame(DIRECTORY >>> 12);
        memory.clearFrame(TABLE >>> 12);
        directory(0, TABLE | 7);
        for (int page = 0; page < 1024; page++) {
            table(page << 12, page << 12 | 7);
        }
        s.cr3 = DIRECTORY;
        machine.cpu.control().cr4(CpuState.CR4_PSE | CpuState.CR4_PGE);
    }

    private void directory(int linear, int entry) {
        memory.write32(DIRECTORY + (linear >>> 22) * 4L, entry);
    }

    private int directory(int linear) {
        return memory.read32(DIRECTORY + (linear >>> 22) * 4L);
    }

    private void table(int linear, int entry) {
        memory.write32(TABLE + (linear >>> 12 & 0x3FF) * 4L, entry);
    }

    private int table(int linear) {
        return memory.read32(TABLE + (linear >>> 12 & 0x3FF) * 4L);
    }

    private void assertAccess(String access, int address, int error) {
        machine.code("at: " + (access.equals("read") ? "mov eax, [" + address + "]" : "mov [" + address + "], eax")
                + "\n int 0x20");
        machine.run();
        if (error == NONE) {
            assertThat(machine.vector()).isEqualTo(0x20);
        } else {
            assertThat(machine.vector()).as("vector").isEqualTo(Vector.PF);
            assertThat(machine.stack(0)).as("error code").isEqualTo(error);
            assertThat(machine.stack(1)).as("saved EIP").isEqualTo(TestMachine.CODE);
            assertThat(s.cr2).as("CR2").isEqualTo(address);
        }
    }

    @ParameterizedTest(name = "directory {0}, table {1}, ring {2}, {3}, WP {4}: error code {5}")
    @CsvSource({
        "0, 7, 3, read, true, 4",
        "7, 0, 3, write, true, 6",
        "7, 0, 0, read, true, 0",
        "7, 6, 0, write, true, 2",
        "7, 7, 3, write, true, 16",
        "7, 5, 3, write, true, 7",
        "5, 7, 3, write, true, 7",
        "5, 7, 3, read, true, 16",
        "7, 3, 3, read, true, 5",
        "3, 7, 3, read, true, 5",
        "3, 7, 1, read, true, 16",
        "7, 5, 0, write, true, 3",
        "5, 7, 1, write, true, 3",
        "7, 5, 0, write, false, 16",
        "1, 1, 2, write, false, 16",
        "7, 5, 3, write, false, 7"
    })
    void permissionsOfBothLevelsCount(int upper, int lower, int ring, String access, boolean protect, int error) {
        // A directory entry of the page's own: the program's code lies below another.
        int linear = LARGE + PAGE;
        directory(linear, TABLE | upper);
        table(PAGE, PAGE | lower);
        if (!protect) {
            machine.cpu.control().cr0(s.cr0 & ~CpuState.CR0_WP);
        }
        machine.ring(ring);
        assertAccess(access, linear, error);
    }

    @ParameterizedTest(name = "4-MiB page {0}, ring {1}, {2}: error code {3}")
    @CsvSource({
        "0x86, 3, read, 4",
        "0x87, 3, write, 16",
        "0x85, 3, write, 7",
        "0x85, 0, write, 3",
        "0x83, 3, read, 5",
        "0x83, 2, write, 16",
        // bit 21 is reserved, and so are the address bits beyond the processor's 36
        "0x200087, 3, read, 13",
        "0x200087, 0, write, 11",
        "0x20087, 0, read, 9",
        "0x100087, 0, read, 9",
        // the page attribute table's bit is none: bit 12 of a 4-MiB page
        "0x1087, 0, read, 16"
    })
    void largePages(String entry, int ring, String access, int error) {
        directory(LARGE, Integer.decode(entry));
        machine.ring(ring);
        assertAccess(access, LARGE + PAGE, error);
    }

    @Test
    void aLargePageMapsFourMegabytes() {
        directory(LARGE, 0x87);
        memory.write32(PAGE + 0xFFC, 0x1234_5678);
        assertAccess("read", LARGE + PAGE + 0xFFC, NONE);
        assertThat(s.r[EAX]).isEqualTo(0x1234_5678);
    }

    @Test
    void aLargePageMayLieAboveFourGigabytes() {
        directory(LARGE, 0x2087);
        assertAccess("read", LARGE, NONE);
        assertThat(s.r[EAX]).as("there is no memory").isEqualTo(-1);
    }

    @Test
    void withoutPageSizeExtensionsTheSizeBitMeansNothing() {
        machine.cpu.control().cr4(0);
        memory.write32(PAGE, 77);
        directory(LARGE, TABLE | 0x87);
        assertAccess("read", LARGE + PAGE, NONE);
        assertThat(s.r[EAX]).isEqualTo(77);
    }

    @Test
    void useIsMarkedOnTheWayAndWritingAtItsEnd() {
        int linear = LARGE + PAGE;
        directory(linear, TABLE | 7);
        table(PAGE, PAGE | 7);
        assertAccess("read", linear, NONE);
        assertThat(directory(linear) & 0x60).isEqualTo(0x20);
        assertThat(table(PAGE) & 0x60).isEqualTo(0x20);
        machine.ring(0);
        assertAccess("write", linear, NONE);
        assertThat(directory(linear) & 0x60)
                .as("a directory entry has no dirty bit")
                .isEqualTo(0x20);
        assertThat(table(PAGE) & 0x60).isEqualTo(0x60);
    }

    @Test
    void aLargePageIsMarkedInTheDirectory() {
        directory(LARGE, 0x87);
        assertAccess("write", LARGE, NONE);
        assertThat(directory(LARGE)).isEqualTo(0xE7);
    }

    @Test
    void afterAFaultNothingIsMarked() {
        int linear = LARGE + PAGE;
        directory(linear, TABLE | 7);
        table(PAGE, PAGE | 5);
        assertAccess("write", linear, 3);
        assertThat(directory(linear) & 0x60).isZero();
        assertThat(table(PAGE) & 0x60).isZero();
    }

    @Test
    void entriesHaveNoReservedBitsAndNoExecuteDisable() {
        table(PAGE, PAGE | 0xF87);
        machine.code(PAGE, "int 0x20").code("jmp " + PAGE);
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
    }

    @Test
    void fetchesAreToldAsReads() {
        table(PAGE, 0);
        machine.code("jmp " + PAGE);
        machine.run();
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(machine.stack(0)).isZero();
        assertThat(s.cr2).isEqualTo(PAGE);
    }

    @ParameterizedTest(name = "global {0}, flushed by {1}: the {2} translation")
    @CsvSource({
        "false, nothing, old",
        "false, 'mov ecx, cr3\n mov cr3, ecx', new",
        "true, 'mov ecx, cr3\n mov cr3, ecx', old",
        "true, 'invlpg [0x2F0000]', new",
        "true, 'mov ecx, cr4\n xor ecx, 0x80\n mov cr4, ecx', new",
        // to three levels, by way of no paging
        "true, 'mov ecx, cr0\n btr ecx, 31\n mov cr0, ecx\n mov edx, 0xA0\n mov cr4, edx\n mov edx, 0x4000\n"
                + " mov cr3, edx\n bts ecx, 31\n mov cr0, ecx', new"
    })
    void translationsStayUntilTheyAreFlushed(boolean global, String flush, String seen) {
        memory.write32(PAGE, 1);
        memory.write32(PAGE + 0x1000, 2);
        table(PAGE, PAGE | 7 | (global ? 0x100 : 0));
        // The three-level tables map the other page, too.
        machine.map(PAGE, PAGE + 0x1000L | 7);
        machine.code("mov eax, [" + PAGE + "]\n mov dword [" + (TABLE + (PAGE >>> 12) * 4) + "], "
                + (PAGE + 0x1000 | 7) + "\n" + (flush.equals("nothing") ? "" : flush) + "\n mov ebx, [" + PAGE
                + "]\n int 0x20");
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
        assertThat(s.r[EAX]).isEqualTo(1);
        assertThat(s.r[EBX]).isEqualTo(seen.equals("old") ? 1 : 2);
    }
}
