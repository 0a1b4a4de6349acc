package org.ringone.reference.build;

import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.reference.memory.Assist;
import org.ringone.reference.memory.DomainMemory;
import org.ringone.reference.memory.MachineMemory;
import org.ringone.reference.memory.PageType;
import org.ringone.xen.AddressSpace;

/** Builds domains: from a specification to memory that is ready to run. */
public final class DomainBuilder {

    /** An initial domain may hold whatever there is. */
    private static final int UNLIMITED = -1;

    private final MachineMemory machine;
    private final BootRules rules;

    /** A builder of the era's. */
    public DomainBuilder(MachineMemory machine) {
        this(machine, new BootRules());
    }

    public DomainBuilder(MachineMemory machine, BootRules rules) {
        this.machine = machine;
        this.rules = rules;
    }

    /**
     * BOOT-01 to BOOT-05, BOOT-08 to BOOT-13, BOOT-19: reads the image, gives the domain its memory, lays out and fills it.
     *
     * @param domid a number that no domain has
     * @param channels the event channels that the guest is told of
     * @throws DomainBuildException when something is wrong with the specification; then nothing has changed
     */
    public BuiltDomain build(DomainSpec spec, int domid, BootChannels channels) throws DomainBuildException {
        Kernel kernel = Kernel.read(spec.image(), spec.privileged(), rules);
        long pages = (long) spec.memoryMib() << 20 - AddressSpace.PAGE_SHIFT;
        long kernelEnd = kernel.end() + SymbolTable.size(kernel, spec.privileged());
        Layout layout = spec.privileged()
                ? Layout.initial(kernel.base(), kernelEnd, spec.ramdisk().length, pages, rules.slack())
                : Layout.ordinary(
                        kernel.base(), kernel.start(), kernelEnd, spec.ramdisk().length, pages, rules.slack());
        checkHypercallPage(kernel, layout);
        if (pages >= machine.freeFrames()) {
            throw new DomainBuildException("not enough memory on the machine: the domain wants " + spec.memoryMib()
                    + " MiB, " + (machine.freeFrames() >> 8) + " are free");
        }
        DomainMemory memory = machine.createDomain(domid, spec.privileged() ? UNLIMITED : (int) pages, spec.vcpus());
        if (memory == null) {
            throw new DomainBuildException("not enough memory on the machine for the domain's own structures");
        }
        try {
            return fill(spec, kernel, layout, memory, (int) pages, channels);
        } catch (DomainBuildException e) {
            machine.releaseDomain(domid);
            throw e;
        }
    }

    /** BOOT-13: the hypercall page must lie in the region that is mapped. */
    private static void checkHypercallPage(Kernel kernel, Layout layout) throws DomainBuildException {
        long page = kernel.hypercallPage();
        if (page != Wishes.UNSET && (page < layout.base() || page + AddressSpace.PAGE_SIZE > layout.end())) {
            throw new DomainBuildException("the hypercall page is wanted at " + ElfImage.hex(page)
                    + ", outside the domain's first mapping, " + ElfImage.hex(layout.base()) + " to "
                    + ElfImage.hex(layout.end()) + " (note HYPERCALL_PAGE)");
        }
    }

    private BuiltDomain fill(
            DomainSpec spec, Kernel kernel, Layout layout, DomainMemory memory, int pages, BootChannels channels)
            throws DomainBuildException {
        int[] frames = machine.populate(memory, pages);
        if (frames == null) {
            throw new DomainBuildException("not enough memory on the machine: the domain wants " + spec.memoryMib()
                    + " MiB, " + (machine.freeFrames() >> 8) + " are free");
        }
        GuestRegion region = new GuestRegion(machine.ram(), layout, frames);
        for (ElfImage.Segment segment : kernel.image().loadable()) {
            region.write(
                    kernel.start() + segment.physical() - kernel.image().start(),
                    kernel.image().contents("segment " + segment.index(), segment.offset(), segment.fileSize()));
        }
        SymbolTable.write(kernel, spec.privileged(), region);
        region.write(layout.ramdisk(), spec.ramdisk(), 0, spec.ramdisk().length);
        for (int pfn = 0; pfn < pages; pfn++) {
            region.write32(layout.frameList() + pfn * 4L, rules.listed(pfn, frames[pfn]));
        }
        BootTables.write(region, layout, spec.privileged(), rules);
        byte[] info = StartInfoPage.of(spec, layout, region, memory.sharedInfo(), channels, rules);
        region.write(layout.startInfo(), info, 0, info.length);
        if (kernel.hypercallPage() != Wishes.UNSET) {
            long at = spec.privileged() ? kernel.hypercallPage() : kernel.hypercallPage() & -AddressSpace.PAGE_SIZE;
            region.write(at, HypercallPage.code(rules), 0, AddressSpace.PAGE_SIZE);
        }
        memory.setAssist(Assist.PAE_EXTENDED_CR3, kernel.extendedCr3());
        int base = region.mfn(layout.tables());
        if (!machine.tables().pin(base, PageType.L3, memory.id())
                || !machine.types().getPageAndType(base, memory.id(), PageType.L3)) {
            throw new DomainBuildException("the boot page tables are not acceptable: does the hypercall page at "
                    + ElfImage.hex(kernel.hypercallPage()) + " overlap them?");
        }
        return new BuiltDomain(
                memory,
                (int) kernel.entry(),
                rules.stackPointer((int) (layout.stack() + AddressSpace.PAGE_SIZE)),
                (int) layout.startInfo(),
                base,
                spec.privileged() ? 0 : region.mfn(layout.store()),
                spec.privileged() ? 0 : region.mfn(layout.console()));
    }
}
