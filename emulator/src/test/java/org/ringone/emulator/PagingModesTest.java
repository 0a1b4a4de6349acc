package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 32-bit paging (SDM volume 3, chapter "Paging", section "32-Bit Paging"), and the way between it and PAE paging. */
class PagingModesTest {
    private static final int DIRECTORY = 0x10_0000;
    private static final int TABLE = 0x10_1000;
    private static final int PAGE = 0x2F_0000;
    /** The first linear address of a large page, which maps the first 4 MiB again. */
    private static final int LARGE = 0x40_0000;

    private TestMachine machine;
    private CpuState s;

    PagingModesTest() {
        begin(CpuidTable.standard());
    }

    /** A machine with these features. */
    private void begin(CpuidTable table) {
        machine = new TestMachine(CpuConfig.standard().withCpuid(table), new IdtDelivery());
        s = machine.s;
        machine.memory.write32(DIRECTORY, TABLE | 7);
        for (int page = 0; page < 1024; page++) {
            map(page << 12, page << 12 | 7);
        }
        large(0x87);
        control4(CpuState.CR4_PSE | CpuState.CR4_PGE);
    }

    private void control4(int value) {
        machine.cpu.control().efer(0);
        s.cr3 = DIRECTORY;
        machine.cpu.control().cr4(value);
    }

    private void map(int linear, int entry) {
        machine.memory.write32(TABLE + 4L * (linear >>> 12), entry);
    }

    private int entry(int linear) {
        return machine.memory.read32(TABLE + 4L * (linear >>> 12));
    }

    private void large(int entry) {
        machine.memory.write32(DIRECTORY + 4, entry);
    }

    private void assertPageFault(int error, int address) {
        assertThat(machine.run()).isEqualTo(Stop.HALTED);
        assertThat(machine.vector()).isEqualTo(Vector.PF);
        assertThat(machine.stack(0)).as("error code").isEqualTo(error);
        assertThat(machine.stack(1)).as("saved EIP").isEqualTo(machine.symbols.get("at"));
        assertThat(s.cr2).isEqualTo(address);
    }

    private void assertRuns() {
        machine.run();
        assertThat(machine.vector()).isEqualTo(0x20);
    }

    /** P 1, RW 2, US 4 of both levels: what counts is that both allow. */
    @ParameterizedTest(name = "directory {0} table {1} ring {2} WP {3} {4}: error {5}")
    @CsvSource({
        "7, 7, 3, 1, write, -1",
        "5, 7, 3, 1, write, 7",
        "7, 5, 3, 1, write, 7",
        "5, 7, 3, 1, read, -1",
        "3, 7, 3, 1, read, 5",
        "7, 3, 3, 1, read, 5",
        "7, 3, 3, 1, fetch, 5",
        "3, 7, 3, 1, write, 7",
        "0, 7, 3, 1, write, 6",
        "7, 0, 3, 1, read, 4",
        "6, 7, 0, 1, read, 0",
        "5, 7, 0, 1, write, 3",
        "7, 5, 2, 1, write, 3",
        "5, 5, 0, 0, write, -1",
        "1, 1, 2, 0, write, -1",
        "5, 5, 3, 0, write, 7",
        "1, 1, 1, 1, read, -1"
    })
    void bothLevelsMustAllow(int directory, int table, int ring, int wp, String access, int error) {
        machine.memory.write32(DIRECTORY + 8, 0x10_2000 | directory);
        machine.memory.write32(0x10_2000, PAGE | table);
        machine.memory.write8(PAGE, 0xCD);
        machine.memory.write8(PAGE + 1, 0x20);
        machine.cpu.control().cr0(s.cr0 & ~CpuState.CR0_WP | (wp == 1 ? CpuState.CR0_WP : 0));
        int at = 0x80_0000;
        machine.ring(ring);
        switch (access) {
            case "read" -> machine.code("at: mov eax, [0x800000]\n int 0x20");
            case "write" -> machine.code("at: mov [0x800000], eax\n int 0x20");
            default -> {
                machine.code("mov eax, 0x800000\n jmp eax");
                machine.symbols.put("at", at);
            }
        }
        if (error < 0) {
            assertRuns();
        } else {
            assertPageFault(error, at);
        }
    }

    @Test
    void accessedAndDirtyBits() {
        machine.memory.write32(DIRECTORY, TABLE | 7);
        map(PAGE, PAGE | 7);
        machine.code(
                "mov eax, [%d]\n mov ebx, [%d]\n mov [%d], eax\n mov ecx, [%d]\n mov [0x5F0000], al\n mov edx, [%d]\n int 0x20"
                        .formatted(PAGE, TABLE + 4 * (PAGE >>> 12), PAGE, TABLE + 4 * (PAGE >>> 12), DIRECTORY + 4));
        assertRuns();
        assertThat(s.r[EBX] & 0x60).as("read").isEqualTo(0x20);
        assertThat(s.r[CpuState.ECX] & 0x60).as("written").isEqualTo(0x60);
        assertThat(machine.memory.read32(DIRECTORY) & 0x60)
                .as("directory: accessed only")
                .isEqualTo(0x20);
        assertThat(s.r[CpuState.EDX] & 0x60).as("large page").isEqualTo(0x60);
    }

    @Test
    void largePagesReachFourMegabytes() {
        machine.memory.write32(0x3F_FFF8, 0x1122_3344);
        machine.code("mov eax, [0x7FFFF8]\n int 0x20");
        assertRuns();
        assertThat(s.r[EAX]).isEqualTo(0x1122_3344);
    }

    /** Address bits 32 to 35 stand in bits 13 to 16; the processor has 36. Bit 12 is PAT. */
    @ParameterizedTest(name = "bits {0} of a large page, CPUID without {1}: error {2}")
    @CsvSource({
        "0x200000, 0, 9",
        "0x20000, 0, 9",
        "0x100000, 0, 9",
        "0x1000, 0, -1",
        "0x2000, 0, -1",
        "0x1E000, 0, -1",
        "0x2000, 0x20000, 9",
        "0x200000, 0x20000, 9",
        "0x1000, 0x10000, 9"
    })
    void reservedBitsOfLargePages(String bits, String without, int error) {
        begin(CpuidTable.standard().without(Integer.decode(without)));
        large(0x87 | Integer.decode(bits));
        machine.ring(3).code("at: mov eax, [0x420000]\n int 0x20");
        if (error < 0) {
            assertRuns();
        } else {
            assertPageFault(error | Vector.PF_USER, 0x42_0000);
        }
    }

    @Test
    void largePageBeyondFourGigabytesIsThere() {
        large(0x87 | 1 << 13);
        assertThat(machine.cpu.mmu().translate(LARGE + 0x12345, Mmu.READ, false))
                .isEqualTo(0x1_0001_2345L);
    }

    @Test
    void withoutPageSizeExtensionsNothingIsReservedAndAllPagesAreSmall() {
        control4(0);
        large(0x20_0000 | 0x1000 | 0x87);
        machine.memory.write32(0x20_1000 + 4 * 0x20, PAGE | 7 | 0x80);
        machine.memory.write32(PAGE, 0x5A5A);
        machine.code("mov eax, [0x420000]\n int 0x20");
        assertRuns();
        assertThat(s.r[EAX]).isEqualTo(0x5A5A);
    }

    @ParameterizedTest(name = "PAT bit of a small page, CPUID without {0}, CR4 {1}: error {2}")
    @CsvSource({"0, 0x10, -1", "0x10000, 0x10, 9", "0x10000, 0, -1"})
    void attributeBitIsReservedWithoutTheTable(String without, String cr4, int error) {
        begin(CpuidTable.standard().without(Integer.decode(without)));
        control4(Integer.decode(cr4));
        map(PAGE, PAGE | 0x87);
        machine.code("at: mov eax, [" + PAGE + "]\n int 0x20");
        if (error < 0) {
            assertRuns();
        } else {
            assertPageFault(error, PAGE);
        }
    }

    @Test
    void globalPagesOutliveALoadOfCr3ButNotInvlpg() {
        map(PAGE, PAGE | 0x107);
        map(PAGE + 0x1000, PAGE + 0x1000 | 7);
        machine.code("""
                mov eax, [%1$d]
                mov eax, [%2$d]
                mov dword [%3$d], 0
                mov dword [%3$d + 4], 0
                mov esi, cr3
                mov cr3, esi
                mov eax, [%1$d]
                invlpg [%1$d]
                at: mov eax, [%1$d]
                """.formatted(PAGE, PAGE + 0x1000, TABLE + 4 * (PAGE >>> 12)));
        assertPageFault(0, PAGE);
    }

    @Test
    void invlpgForgetsAllOfALargePage() {
        machine.memory.write32(0x20_0000, 7);
        machine.code(
                "mov eax, [0x400000]\n mov eax, [0x7FF000]\n mov dword [%d], 0\n mov ebx, [0x7FF000]\n invlpg [0x600000]\n at: mov eax, [0x7FF000]"
                        .formatted(DIRECTORY + 4));
        assertPageFault(0, 0x7F_F000);
    }

    @Test
    void globalBitMeansNothingWithoutTheFeature() {
        control4(CpuState.CR4_PSE);
        map(PAGE, PAGE | 0x107);
        machine.code("mov eax, [%1$d]\n mov dword [%2$d], 0\n mov esi, cr3\n mov cr3, esi\n at: mov eax, [%1$d]"
                .formatted(PAGE, TABLE + 4 * (PAGE >>> 12)));
        assertPageFault(0, PAGE);
    }

    @Test
    void fetchesAreReadsSinceThereIsNoExecuteDisable() {
        machine.cpu.control().efer(Efer.NXE);
        map(PAGE, 0);
        machine.code("jmp " + PAGE);
        machine.symbols.put("at", PAGE);
        assertPageFault(0, PAGE);
    }

    @Test
    void toPaeAndBackByControl4() {
        machine.memory.write32(PAGE, 0x2222);
        machine.memory.write32(PAGE + 0x1000, 0x3333);
        // a page that is a directory here and a page-directory-pointer table there
        machine.memory.write32(DIRECTORY + 0x800, 0);
        machine.memory.write64(0x10_8000, TestMachine.DIRECTORY | 1);
        machine.memory.write64(TestMachine.TABLES + 8L * (PAGE >>> 12), PAGE + 0x1000 | 7L);
        machine.code("""
                mov eax, [%1$d]
                mov esi, cr0
                mov edi, cr4
                and esi, 0x7FFFFFFF
                mov cr0, esi
                or edi, 0x20
                mov cr4, edi
                mov edx, 0x108000
                mov cr3, edx
                or esi, 0x80000000
                mov cr0, esi
                mov ebx, [%1$d]
                and esi, 0x7FFFFFFF
                mov cr0, esi
                and edi, 0xFFFFFFDF
                mov cr4, edi
                mov edx, %2$d
                mov cr3, edx
                or esi, 0x80000000
                mov cr0, esi
                mov ecx, [%1$d]
                int 0x20
                """.formatted(PAGE, DIRECTORY));
        assertRuns();
        assertThat(s.r[EAX]).isEqualTo(0x2222);
        assertThat(s.r[EBX]).as("PAE").isEqualTo(0x3333);
        assertThat(s.r[CpuState.ECX]).isEqualTo(0x2222);
    }

    @Test
    void pointersAreLoadedWhenPaeIsTurnedOnUnderPaging() {
        s.cr3 = 0x10_8000;
        machine.memory.write64(0x10_8000, TestMachine.DIRECTORY | 1);
        machine.memory.write64(0x10_8018, 3);
        machine.memory.write32(0x10_8000 + 4, 0);
        // the first entry of the directory is that of the pointer table: so code runs in a page mapped alike by both
        machine.memory.write32(TestMachine.DIRECTORY, TestMachine.TABLES | 7);
        assertThat(machine.cpu.control().loadCr4(CpuState.CR4_PAE))
                .as("reserved bits")
                .isFalse();
        assertThat(machine.cpu.faultVector()).isEqualTo(Vector.GP);
        machine.cpu.clearFault();
        assertThat(s.cr4()).isEqualTo(CpuState.CR4_PSE | CpuState.CR4_PGE);
        machine.memory.write64(0x10_8018, 1);
        assertThat(machine.cpu.control().loadCr4(CpuState.CR4_PAE)).isTrue();
        assertThat(machine.cpu.mmu().translate(0x2_0000, Mmu.READ, false)).isEqualTo(0x2_0000);
    }

    @Test
    void everyChangeOfCachingOrPagingLoadsThePointersAnew() {
        TestMachine pae = new TestMachine();
        pae.memory.write64(TestMachine.POINTERS + 8, TestMachine.DIRECTORY | 1);
        int cd = s.cr0 | CpuState.CR0_CD;
        assertThat(pae.cpu.control().loadCr0(pae.s.cr0 ^ CpuState.CR0_TS)).isTrue();
        assertThat(pae.cpu.mmu().translate(0x4002_0000, Mmu.READ, false))
                .as("latched")
                .isNegative();
        assertThat(pae.cpu.control().loadCr0(cd)).isTrue();
        assertThat(pae.cpu.mmu().translate(0x4002_0000, Mmu.READ, false)).isEqualTo(0x2_0000);
    }

    /** A read-modify-write that crosses into a page where it faults, from either side. */
    @ParameterizedTest(name = "{0} with the {1} page {2}: error {3}")
    @CsvSource({
        "'add [%d], eax', first, 0, 6",
        "'add [%d], eax', second, 0, 6",
        "'add [%d], eax', first, 5, 7",
        "'add [%d], eax', second, 5, 7",
        "'xchg [%d], eax', second, 5, 7",
        "'lock cmpxchg8b [%d]', second, 5, 7",
        "'bts [%d], eax', second, 0, 6",
        "'shld [%d], ebx, 3', second, 3, 7",
        "'mov eax, [%d]', second, 0, 4",
        "'mov eax, [%d]', first, 3, 5",
        "'inc word [%d + 1]', second, 5, 7"
    })
    void accessesAcrossPagesFaultOnEitherSide(String instruction, String side, int bits, int error) {
        boolean first = side.equals("first");
        int faulty = first ? PAGE : PAGE + 0x1000;
        map(faulty, faulty | bits);
        machine.memory.write64(PAGE + 0xFFC, 0x1111_2222_3333_4444L);
        machine.ring(3).code("at: " + instruction.formatted(PAGE + 0xFFE) + "\n int 0x20");
        s.r[EAX] = 1;
        s.r[EBX] = -1;
        assertPageFault(error, first ? PAGE + (instruction.contains("+ 1") ? 0xFFF : 0xFFE) : faulty);
        assertThat(machine.memory.read64(PAGE + 0xFFC)).isEqualTo(0x1111_2222_3333_4444L);
        assertThat(s.r[EAX]).isEqualTo(1);
        assertThat(entry(PAGE + 0x1000) & 0x40).as("dirty").isZero();
    }

    @Test
    void linearAddressesWrapAtFourGigabytes() {
        machine.memory.write32(DIRECTORY + 4 * 1023, 0x10_2000 | 7);
        machine.memory.write32(0x10_2000 + 4 * 1023, PAGE | 7);
        machine.memory.write32(PAGE + 0xFFE, 0x2211);
        machine.memory.write16(0, 0x4433);
        machine.cpu.segmentation().set(CpuState.ES, 0x18, 0x1000, -1, s.rights(CpuState.ES));
        machine.code("mov eax, [es:0xFFFFEFFE]\n int 0x20");
        assertRuns();
        assertThat(s.r[EAX]).isEqualTo(0x4433_2211);
    }
}
