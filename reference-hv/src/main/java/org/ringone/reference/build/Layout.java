package org.ringone.reference.build;

import org.ringone.api.DomainBuildException;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.StartInfo;

/**
 * Where the boot elements lie (BOOT-10): virtual addresses, page-aligned but for the kernel's, and the numbers of page tables.
 * Pages are mapped 1:1 from {@code base} to {@code end}.
 *
 * @param ramdisk the ramdisk's first byte
 * @param frameList the frame list
 * @param startInfo the start_info page
 * @param store the store page; 0 for an initial domain
 * @param console the console page; 0 for an initial domain
 * @param tables the first page table, an L3
 * @param tableCount page tables: one L3, then the L2s, then the L1s
 * @param l2Count L2s among them
 * @param stack the page of the boot stack
 * @param end the end of the mapped region, a multiple of 4 MiB
 */
record Layout(
        long base,
        long ramdisk,
        long frameList,
        long startInfo,
        long store,
        long console,
        long tables,
        int tableCount,
        int l2Count,
        long stack,
        long end) {

    private static final long PAGE = AddressSpace.PAGE_SIZE;
    private static final long L1_SPAN = 1L << 21;
    private static final long L2_SPAN = 1L << 30;
    private static final long ALIGNMENT = 1L << 22;
    private static final long SLOT_3 = 0xC0000000L;

    /** After start_info, in an initial domain: what the screen is. */
    private static final int CONSOLE_INFO_SIZE = 28;

    /** The layout of an ordinary domain, in the order of the era's domain builder. */
    static Layout ordinary(long base, long kernelStart, long kernelEnd, long ramdiskSize, long pages, int slack)
            throws DomainBuildException {
        if ((kernelStart & PAGE - 1) != 0) {
            throw new DomainBuildException(
                    "the kernel begins at " + ElfImage.hex(kernelStart) + ", which is not the start of a page");
        }
        long ramdisk = roundUp(kernelEnd, PAGE);
        long frameList = ramdisk + roundUp(ramdiskSize, PAGE);
        long startInfo = frameList + roundUp(pages * 4, PAGE);
        long store = startInfo + PAGE;
        long console = store + PAGE;
        long tables = console + PAGE;
        long extra = 1 + slack / PAGE;
        long needed = extra;
        for (; ; ) {
            long end = roundUp(tables + needed * PAGE, ALIGNMENT);
            checkRoom(base, end, pages);
            int l2Count = count(base, end, L2_SPAN) + (end <= SLOT_3 ? 1 : 0);
            int tableCount = 1 + l2Count + count(base, end, L1_SPAN);
            needed = tableCount + extra;
            if (tables + needed * PAGE <= end) {
                long stack = tables + tableCount * PAGE;
                return new Layout(
                        base, ramdisk, frameList, startInfo, store, console, tables, tableCount, l2Count, stack, end);
            }
        }
    }

    /** The layout of an initial domain, in the order of the era's hypervisor, with all four L2s. */
    static Layout initial(long base, long kernelEnd, long ramdiskSize, long pages, int slack)
            throws DomainBuildException {
        if (base < L2_SPAN) {
            throw new DomainBuildException("VIRT_BASE " + ElfImage.hex(base)
                    + " lies in the lowest GiB, where an initial domain cannot be loaded");
        }
        long ramdisk = roundUp(kernelEnd, PAGE);
        long frameList = roundUp(ramdisk + ramdiskSize, PAGE);
        long startInfo = roundUp(frameList + pages * 4, PAGE);
        long tables = roundUp(startInfo + StartInfo.SIZE + CONSOLE_INFO_SIZE, PAGE);
        for (int tableCount = 2; ; tableCount++) {
            long stack = tables + tableCount * PAGE;
            long end = roundUp(stack + PAGE, ALIGNMENT);
            if (end - (stack + PAGE) < slack) {
                end += ALIGNMENT;
            }
            checkRoom(base, end, pages);
            if (roundUp(end - base, L1_SPAN) / L1_SPAN + 5 <= tableCount) {
                return new Layout(base, ramdisk, frameList, startInfo, 0, 0, tables, tableCount, 4, stack, end);
            }
        }
    }

    private static void checkRoom(long base, long end, long pages) throws DomainBuildException {
        if (end > Integer.toUnsignedLong(AddressSpace.VIRT_START)) {
            throw new DomainBuildException("kernel, ramdisk and boot tables would reach up to " + ElfImage.hex(end)
                    + ", into the hypervisor's range at 0xf5800000");
        }
        if ((end - base) / PAGE > pages) {
            throw new DomainBuildException("kernel, ramdisk and boot tables need " + (end - base >> 20)
                    + " MiB, more than the " + (pages >> 8) + " MiB of the domain");
        }
    }

    /** Tables, each mapping a span, that a region needs. */
    private static int count(long from, long to, long span) {
        return (int) ((roundUp(to, span) - (from & -span)) / span);
    }

    private static long roundUp(long value, long unit) {
        return (value + unit - 1) / unit * unit;
    }

    /** The pseudo-physical frame of a virtual address of the region. */
    int pfn(long address) {
        return (int) ((address - base) / PAGE);
    }

    /** Frames that the region maps. */
    int mappedFrames() {
        return pfn(end);
    }

    /** Whether a page of the region holds a part of the frame list. */
    boolean frameListPage(long address) {
        return address >= frameList && address < startInfo;
    }

    /** Whether a page of the region holds a page table (BOOT-12). */
    boolean pageTable(long address) {
        return address >= tables && address < stack;
    }
}
