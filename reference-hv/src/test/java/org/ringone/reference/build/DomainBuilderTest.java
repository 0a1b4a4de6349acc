package org.ringone.reference.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.reference.memory.MachineMemory;
import org.ringone.reference.memory.MemoryRules;
import org.ringone.reference.memory.World;
import org.ringone.xen.ElfNotes;
import org.ringone.xen.StartInfo;

class DomainBuilderTest {

    private static final int MIB = 8;

    private final MachineMemory machine =
            new MachineMemory(new PhysicalMemory(World.FRAMES), MemoryRules.reference(), (ram, mfn) -> true);

    private BuiltDomain build(DomainSpec spec) throws DomainBuildException {
        return new DomainBuilder(machine).build(spec, spec.privileged() ? 0 : 1, new BootChannels(1, 2));
    }

    private BuiltDomain build(TestKernel kernel) throws DomainBuildException {
        return build(DomainSpec.of(kernel.build(), MIB, false));
    }

    private void refused(TestKernel kernel, String reason) {
        refused(DomainSpec.of(kernel.build(), MIB, false), reason);
    }

    private void refused(DomainSpec spec, String reason) {
        int free = machine.freeFrames();
        assertThatThrownBy(() -> build(spec))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining(reason);
        assertThat(machine.freeFrames()).as("nothing leaks").isEqualTo(free);
        assertThat(machine.domain(1)).isNull();
    }

    private int read(BuiltDomain domain, int linear) {
        long entry = machine.tables().l1Entry(domain.base(), linear);
        assertThat(entry & 1).as("mapped: %x", linear).isOne();
        return machine.ram().read32((entry & 0xFFFFFFFF000L) + (linear & 0xFFF));
    }

    private String text(BuiltDomain domain, int linear) {
        StringBuilder text = new StringBuilder();
        for (int at = linear; (read(domain, at & ~3) >> (at & 3) * 8 & 0xFF) != 0; at++) {
            text.append((char) (read(domain, at & ~3) >> (at & 3) * 8 & 0xFF));
        }
        return text.toString();
    }

    @Test
    void anOrdinaryDomainIsBuiltWithCountsThatAgree() {
        World world = new World();
        assertThat(world.violations()).isEmpty();
        assertThat(world.domain.entry()).isEqualTo(TestKernel.START);
        assertThat(world.domain.memory().held()).isEqualTo(8 * 256);
    }

    @Test
    void anInitialDomainIsBuiltWithCountsThatAgree() {
        World world = new World(true);
        assertThat(world.violations()).isEmpty();
    }

    @Test
    void theLayoutOfAnOrdinaryDomainIsTheErasDomainBuilders() throws DomainBuildException {
        BuiltDomain domain = build(DomainSpec.of(TestKernel.good().build(), MIB, false)
                .withRamdisk(new byte[0x1801])
                .withCommandLine("console=hvc0"));
        // kernel to C0103000, ramdisk 2 pages, frame list 2 pages, start_info, store, console, 4 tables, stack
        int info = domain.startInfo();
        assertThat(info).isEqualTo(0xC0107000);
        assertThat(text(domain, info)).isEqualTo("xen-3.0-x86_32p");
        assertThat(read(domain, info + StartInfo.NR_PAGES)).isEqualTo(2048);
        assertThat(read(domain, info + StartInfo.FLAGS)).isZero();
        assertThat(read(domain, info + StartInfo.MOD_START)).isEqualTo(0xC0103000);
        assertThat(read(domain, info + StartInfo.MOD_LEN)).isEqualTo(0x2000);
        assertThat(read(domain, info + StartInfo.MFN_LIST)).isEqualTo(0xC0105000);
        assertThat(read(domain, info + StartInfo.PT_BASE)).isEqualTo(0xC010A000);
        assertThat(read(domain, info + StartInfo.NR_PT_FRAMES)).isEqualTo(4);
        assertThat(domain.stack()).isEqualTo(0xC010F000);
        assertThat(read(domain, info + StartInfo.SHARED_INFO) >>> 12)
                .isEqualTo(domain.memory().sharedInfo());
        assertThat(read(domain, info + StartInfo.STORE_EVTCHN)).isEqualTo(1);
        assertThat(read(domain, info + StartInfo.CONSOLE_EVTCHN)).isEqualTo(2);
        assertThat(read(domain, info + StartInfo.STORE_MFN)).isEqualTo(domain.storeMfn());
        assertThat(read(domain, info + StartInfo.CONSOLE_MFN)).isEqualTo(domain.consoleMfn());
        assertThat(text(domain, info + StartInfo.CMD_LINE)).isEqualTo("console=hvc0");
    }

    @Test
    void theLayoutOfAnInitialDomainIsTheErasHypervisors() throws DomainBuildException {
        BuiltDomain domain =
                build(DomainSpec.of(TestKernel.good().build(), MIB, true).withRamdisk(new byte[0x1801]));
        int info = domain.startInfo();
        assertThat(info).isEqualTo(0xC0107000);
        assertThat(read(domain, info + StartInfo.FLAGS)).isEqualTo(3);
        assertThat(read(domain, info + StartInfo.MOD_LEN)).isEqualTo(0x1801);
        assertThat(read(domain, info + StartInfo.PT_BASE)).isEqualTo(0xC0108000);
        assertThat(read(domain, info + StartInfo.NR_PT_FRAMES)).isEqualTo(7);
        assertThat(domain.stack()).isEqualTo(0xC0110000);
        assertThat(read(domain, info + StartInfo.CONSOLE_INFO_OFFSET)).isEqualTo(1104);
        assertThat(read(domain, info + 1104) & 0xFF).isEqualTo(3);
    }

    @Test
    void theFrameListAndTheMachineToPhysicalTableAreInverse() throws DomainBuildException {
        BuiltDomain domain = build(TestKernel.good());
        int list = read(domain, domain.startInfo() + StartInfo.MFN_LIST);
        for (int pfn = 0; pfn < 2048; pfn++) {
            int mfn = read(domain, list + pfn * 4);
            assertThat(machine.machineToPhysical().get(mfn)).isEqualTo(pfn);
            if (pfn < 1024) {
                long entry = machine.tables().l1Entry(domain.base(), TestKernel.BASE + pfn * 4096);
                assertThat((int) (entry >>> 12)).as("mapped 1:1").isEqualTo(mfn);
                boolean table = pfn >= read(domain, domain.startInfo() + StartInfo.PT_BASE) - TestKernel.BASE >>> 12
                        && pfn < domain.stack() - 4096 - TestKernel.BASE >>> 12;
                assertThat((entry & 2) == 0).as("page %x read-only", pfn).isEqualTo(table);
            }
        }
    }

    @Test
    void theHypercallPageIsFilled() throws DomainBuildException {
        BuiltDomain domain = build(TestKernel.good());
        int page = TestKernel.START + 0x1000;
        assertThat(read(domain, page + 5 * 32)).isEqualTo(0x000005B8);
        assertThat(read(domain, page + 5 * 32 + 4)).isEqualTo(0xC382CD00);
        assertThat(read(domain, page + 23 * 32)).isEqualTo(0x0017B850);
        assertThat(read(domain, page + 23 * 32 + 4)).isEqualTo(0x82CD0000);
    }

    @Test
    void segmentsAreLoadedWhereTheySayAndTheRestIsZero() throws DomainBuildException {
        byte[] code = {1, 2, 3, 4, 5, 6, 7, 8};
        BuiltDomain domain = build(TestKernel.good()
                .code(code)
                .segment(0x1000, 0x100000, 0x1004, 0x3000, 7)
                .addSegment(0x1004, 0x105004, 4, 0x10, 6));
        assertThat(read(domain, TestKernel.START)).isEqualTo(0x04030201);
        assertThat(read(domain, TestKernel.START + 4)).isEqualTo(0x08070605);
        assertThat(read(domain, 0xC0105004)).isEqualTo(0x08070605);
        assertThat(read(domain, 0xC0105008)).isZero();
    }

    @Test
    void entryIsTheNotesOrElseTheHeaders() throws DomainBuildException {
        TestKernel kernel = TestKernel.good().headerEntry(TestKernel.START + 0x20);
        assertThat(build(kernel).entry()).isEqualTo(TestKernel.START);
        machine.types().putPageAndType(machineBase());
        machine.releaseDomain(1);
        TestKernel without = TestKernel.empty()
                .text(ElfNotes.XEN_VERSION, "xen-3.0")
                .text(ElfNotes.LOADER, "generic")
                .text(ElfNotes.PAE_MODE, "bimodal")
                .number(ElfNotes.VIRT_BASE, TestKernel.BASE)
                .number(77, 1)
                .headerEntry(TestKernel.START + 0x20);
        assertThat(build(without).entry()).isEqualTo(TestKernel.START + 0x20);
    }

    private int machineBase() {
        for (int mfn = 0; mfn < machine.frames().frames(); mfn++) {
            if (machine.frames().owner(mfn) == 1 && machine.frames().pinned(mfn)) {
                return mfn;
            }
        }
        throw new AssertionError("no base");
    }

    @Test
    void theOldSectionIsObeyedLikeTheNotes() throws DomainBuildException {
        TestKernel kernel = TestKernel.empty()
                .guestSection(
                        "GUEST_OS=linux,XEN_VER=xen-3.0,VIRT_BASE=0xC0000000,ELF_PADDR_OFFSET=0x0,"
                                + "VIRT_ENTRY=0xC0100010,HYPERCALL_PAGE=0x101,PAE=yes,LOADER=generic,FEATURES=writable_page_tables");
        BuiltDomain domain = build(kernel);
        assertThat(domain.entry()).isEqualTo(0xC0100010);
        assertThat(read(domain, 0xC0101020)).isEqualTo(0x000001B8);
    }

    @Test
    void imagesThatAreNotForThisHypervisorAreRefused() {
        refused(TestKernel.empty(), "neither ELF notes");
        refused(TestKernel.empty().owner("Zen").text(ElfNotes.XEN_VERSION, "xen-3.0"), "neither ELF notes");
        refused(TestKernel.good().text(ElfNotes.XEN_VERSION, "xen-2.0"), "XEN_VERSION");
        refused(TestKernel.good().text(ElfNotes.LOADER, "special"), "loader");
        refused(TestKernel.good().text(ElfNotes.FEATURES, "!auto_translated_physmap"), "auto_translated_physmap");
        refused(TestKernel.good().text(ElfNotes.FEATURES, "no_such_feature"), "no_such_feature");
        refused(TestKernel.good().text(ElfNotes.FEATURES, "!no_such_feature"), "no_such_feature");
        refused(TestKernel.good().number(ElfNotes.HV_START_LOW, 0xF5801000), "HV_START_LOW");
        refused(TestKernel.good().number(ElfNotes.ENTRY, 0xC0200000), "entry point");
        refused(TestKernel.good().number(ElfNotes.HYPERCALL_PAGE, 0xC1000000), "hypercall page");
        refused(TestKernel.good().number(ElfNotes.HYPERCALL_PAGE, 0xBFFFF000), "hypercall page");
        refused(TestKernel.good().number(ElfNotes.PADDR_OFFSET, 0x200000), "VIRT_BASE");
        refused(TestKernel.good().number(ElfNotes.VIRT_BASE, 0xF5700000), "hypervisor");
        refused(TestKernel.empty().text(ElfNotes.XEN_VERSION, "xen-3.0").text(ElfNotes.LOADER, "generic"), "PAE");
        refused(
                TestKernel.good().text(ElfNotes.PAE_MODE, "yes").number(ElfNotes.HYPERCALL_PAGE, 0xC0108000),
                "boot page tables");
    }

    @Test
    void aRequiredFeatureIsTakenAtItsWordButForAnInitialDomain() throws DomainBuildException {
        TestKernel kernel = TestKernel.good().text(ElfNotes.FEATURES, "!writable_page_tables|pae_pgdir_above_4gb");
        refused(DomainSpec.of(kernel.build(), MIB, true), "may require none");
        assertThat(build(kernel)).isNotNull();
    }

    @Test
    void optionalFeaturesThatAreLackingAreIgnored() throws DomainBuildException {
        assertThat(build(TestKernel.good()
                        .text(ElfNotes.FEATURES, "writable_page_tables|!pae_pgdir_above_4gb|supervisor_mode_kernel")))
                .isNotNull();
    }

    @Test
    void theLastNoteMayEndInThePaddingOfItsTextBeyondTheNoteSegmentAndTheFile() throws DomainBuildException {
        TestKernel kernel = TestKernel.good().text(ElfNotes.FEATURES, "").noteSegmentShortBy(4);
        byte[] file = kernel.build();
        file[kernel.lastNote() + 6] = 0x10;
        assertThat(build(DomainSpec.of(file, MIB, false)).entry()).isEqualTo(TestKernel.START);
    }

    @Test
    void aNoteThatIsReadBeyondTheFileIsRefused() {
        TestKernel kernel = TestKernel.good();
        byte[] file = kernel.build();
        file[kernel.lastNote() + 2] = 0x10;
        refused(DomainSpec.of(file, MIB, false), "beyond the file");
    }

    @Test
    void malformedImagesAreRefusedWithTheirFault() {
        refused(TestKernel.good().segment(0x1000, 0x100000, 0x100000, 0x100000, 7), "outside the file");
        refused(TestKernel.good().segment(0x1000, 0x100000, 0x2000, 0x1000, 7), "more bytes in the file");
        refused(TestKernel.good().segment(0x1000, 0xFFFFF000L, 0x1000, 0x2000, 7), "wraps");
        refused(TestKernel.good().segment(0xFFFFF000L, 0x100000, 0x2000, 0x2000, 7), "outside the file");
        refused(TestKernel.good().segment(0x1000, 0x100000, 0x3000, 0x3000, 4), "nothing to load");
        refused(TestKernel.good().addSegment(0x1000, 0x102FFF, 0x10, 0x10, 7), "overlaps");
        refused(TestKernel.good().segment(0x1000, 0x100000, 0x3000, 64 << 20, 7), "MiB");
        refused(DomainSpec.of(TestKernel.good().build(), 4000, false), "not enough memory");
        refused(DomainSpec.of(TestKernel.good().build(), 1, false), "more than the 1 MiB");
        refused(DomainSpec.of(TestKernel.good().build(), 8, false).withRamdisk(new byte[8 << 20]), "MiB");
        refused(DomainSpec.of(new byte[0], MIB, false), "not an ELF image");
        refused(DomainSpec.of(new byte[] {0x7F, 'E', 'L', 'F'}, MIB, false), "truncated");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyTruncationAndAnyWrongByteIsRefusedOrHarmless(boolean privileged) {
        byte[] good = TestKernel.good().build();
        int free = machine.freeFrames();
        for (int length = 0; length < good.length; length += length < 0x300 ? 1 : 97) {
            harmless(Arrays.copyOf(good, length), privileged, free);
        }
        for (int at = 0; at < 0x280; at++) {
            for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
                byte[] bad = good.clone();
                bad[at] = (byte) value;
                harmless(bad, privileged, free);
            }
        }
    }

    private void harmless(byte[] image, boolean privileged, int free) {
        int domid = privileged ? 0 : 1;
        try {
            BuiltDomain built = build(DomainSpec.of(image, MIB, privileged));
            machine.types().putPageAndType(built.base());
            machine.releaseDomain(domid);
        } catch (DomainBuildException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(machine.freeFrames()).isEqualTo(free);
    }
}
