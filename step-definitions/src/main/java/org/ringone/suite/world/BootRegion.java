package org.ringone.suite.world;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.StartOfDay;
import org.ringone.guest.Walk;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.SharedInfo;

/**
 * The memory that a domain finds mapped at its first instruction: every mapping below the hypervisor that the boot page tables
 * have, and the elements that start_info tells of. Addresses are longs, so that they compare as they lie.
 */
public final class BootRegion {

    private static final int PAGE = AddressSpace.PAGE_SIZE;
    private static final int ENTRIES = 512;
    private static final int L2_SHIFT = 21;
    private static final int L3_SHIFT = 30;
    private static final long ALIGNMENT = 1L << 22;
    private static final long FREE_AT_LEAST = 512 << 10;

    private final Guest guest;
    private final Probe probe;
    private final StartOfDay start;
    private final TreeMap<Long, Long> mappings = new TreeMap<>();
    private final Map<Long, Integer> tables = new TreeMap<>();

    private BootRegion(Guest guest) throws ProbeException {
        this.guest = guest;
        this.probe = guest.probe();
        this.start = probe.startOfDay();
    }

    /** The region as the tables have it now. */
    public static BootRegion of(Guest guest) throws ProbeException {
        BootRegion region = new BootRegion(guest);
        region.walk();
        return region;
    }

    private void walk() throws ProbeException {
        Map<Integer, Long> byFrame = tablesByFrame();
        long base = unsigned(start.ptBase());
        tables.put(base, 3);
        long[] l3 = entries(base, 4);
        for (int i = 0; i < l3.length; i++) {
            if ((l3[i] & PageTableBits.PRESENT) != 0) {
                walkL2(table(byFrame, l3[i], 2), (long) i << L3_SHIFT, byFrame);
            }
        }
    }

    private void walkL2(long table, long from, Map<Integer, Long> byFrame) throws ProbeException {
        long[] l2 = entries(table, ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            long address = from + ((long) i << L2_SHIFT);
            if (address < unsigned(AddressSpace.VIRT_START) && (l2[i] & PageTableBits.PRESENT) != 0) {
                long[] l1 = entries(table(byFrame, l2[i], 1), ENTRIES);
                for (int j = 0; j < ENTRIES; j++) {
                    if ((l1[j] & PageTableBits.PRESENT) != 0) {
                        mappings.put(address + (long) j * PAGE, l1[j]);
                    }
                }
            }
        }
    }

    /** Where the frames of the boot page tables are mapped. */
    private Map<Integer, Long> tablesByFrame() throws ProbeException {
        Map<Integer, Long> byFrame = new HashMap<>();
        for (int i = 0; i < start.nrPtFrames(); i++) {
            Page page = probe.page(start.ptBase() + i * PAGE);
            byFrame.put(page.mfn(), unsigned(page.address()));
        }
        return byFrame;
    }

    private long table(Map<Integer, Long> byFrame, long entry, int level) {
        Long address = byFrame.get(Walk.mfn(entry));
        if (address == null) {
            throw Violation.of(
                    "every table in use is one of the " + start.nrPtFrames() + " from pt_base on",
                    String.format("an L%d table in frame %x", level, Walk.mfn(entry)));
        }
        tables.put(address, level);
        return address;
    }

    private long[] entries(long address, int count) throws ProbeException {
        ByteBuffer bytes = Bytes.of(probe.read((int) address, count * 8));
        long[] entries = new long[count];
        for (int i = 0; i < count; i++) {
            entries[i] = bytes.getLong();
        }
        return entries;
    }

    /** The first address that is mapped. */
    public long first() {
        return mappings.firstKey();
    }

    /** Behind the last page that is mapped. */
    public long end() {
        return mappings.lastKey() + PAGE;
    }

    /** Every mapping: the entry of each address. */
    public Map<Long, Long> mappings() {
        return mappings;
    }

    /** The pages that start_info calls page tables: from pt_base, nr_pt_frames of them. */
    public boolean isTable(long address) {
        long base = unsigned(start.ptBase());
        return address >= base && address < base + (long) start.nrPtFrames() * PAGE;
    }

    /** BOOT-10: order, page boundaries and ends of the elements; behind {@code kernelEnd} they begin. */
    public void requireOrder(long kernelEnd, int ramdiskSize) throws ProbeException {
        TreeMap<Long, String> elements = new TreeMap<>();
        long at = element("the kernel", unsigned(probe.symbol("entry")) & -PAGE, first(), elements);
        at = Math.max(at, kernelEnd);
        if (ramdiskSize > 0) {
            at = element("the ramdisk", unsigned(start.modStart()), at, elements) + ramdiskSize;
        }
        at = element("mfn_list", unsigned(start.mfnList()), at, elements) + 4L * start.nrPages();
        at = element("start_info", unsigned(start.startInfoAddress()), at, elements) + PAGE;
        if (!start.initialDomain()) {
            at = element("the store page", address(start.storeMfn()), at, elements) + PAGE;
            at = element("the console page", address(start.consoleMfn()), at, elements) + PAGE;
        }
        at = element("the page tables", unsigned(start.ptBase()), at, elements) + (long) start.nrPtFrames() * PAGE;
        long stack = unsigned(start.registers().esp());
        require(stack > at && stack <= at + PAGE, "ESP points into the boot stack, the page at " + hex(at), hex(stack));
        at += PAGE;
        require(end() - at >= FREE_AT_LEAST, "512 KiB are free behind " + hex(at), hex(end()) + " is the end");
        require(end() % ALIGNMENT == 0, "the region ends at a multiple of 4 MiB", hex(end()));
        require(tables.containsKey(unsigned(start.ptBase())), "pt_base is the L3", hex(unsigned(start.ptBase())));
    }

    private static long element(String name, long address, long behind, TreeMap<Long, String> elements) {
        require(address % PAGE == 0, name + " begins at a page's start", hex(address));
        require(
                address >= behind,
                name + " lies behind what comes before it, which ends at " + hex(behind) + ", after "
                        + elements.values(),
                hex(address));
        elements.put(address, name);
        return address;
    }

    /** The address of the boot region that this frame is mapped at. */
    private long address(int mfn) throws ProbeException {
        return unsigned(guest.frame(mfn).address());
    }

    /** BOOT-10: from {@code virtBase} on the first frames are mapped one after the other, and nothing else is. */
    public void requireOneToOne(long virtBase) throws ProbeException {
        require(first() == virtBase, "the first mapping is at VIRT_BASE, " + hex(virtBase), hex(first()));
        long expected = virtBase;
        for (Map.Entry<Long, Long> mapping : mappings.entrySet()) {
            long address = mapping.getKey();
            if (address == unsigned(probe.sharedInfo()) && Walk.mfn(mapping.getValue()) == sharedInfoFrame()) {
                expected = address + PAGE; // the probe has replaced this mapping itself
                continue;
            }
            require(address == expected, hex(expected) + " is mapped", "the next mapping is at " + hex(address));
            int pfn = (int) ((address - virtBase) / PAGE);
            int mfn = probe.mfn(pfn);
            require(
                    Walk.mfn(mapping.getValue()) == mfn,
                    hex(address) + " maps frame " + Integer.toHexString(mfn) + ", mfn_list[" + pfn + "]",
                    "frame " + Integer.toHexString(Walk.mfn(mapping.getValue())));
            expected = address + PAGE;
        }
    }

    private int sharedInfoFrame() {
        return start.sharedInfoMachineAddress() >>> AddressSpace.PAGE_SHIFT;
    }

    /** BOOT-12: the tables are mapped for reading only, everything else for writing too. */
    public void requireWritableButTables() {
        for (Map.Entry<Long, Long> mapping : mappings.entrySet()) {
            boolean writable = (mapping.getValue() & PageTableBits.RW) != 0;
            boolean table = isTable(mapping.getKey());
            require(
                    writable != table,
                    hex(mapping.getKey()) + (table ? ", a page table, is mapped read-only" : " is mapped read-write"),
                    "its entry is " + Long.toHexString(mapping.getValue()));
        }
    }

    /** BOOT-14: nothing pending, no channel masked, every vcpu's mask 1. */
    public void requireQuietEvents() {
        ByteBuffer shared = Bytes.of(start.sharedInfo());
        for (int vcpu = 0; vcpu < SharedInfo.MAX_VCPUS; vcpu++) {
            int info = vcpu * SharedInfo.VCPU_INFO_SIZE;
            field(vcpu, "evtchn_upcall_pending", 0, shared.get(info + SharedInfo.UPCALL_PENDING));
            field(vcpu, "evtchn_upcall_mask", 1, shared.get(info + SharedInfo.UPCALL_MASK));
            field(vcpu, "evtchn_pending_sel", 0, shared.getInt(info + SharedInfo.PENDING_SEL));
        }
        for (int word = 0; word < 32; word++) {
            field(word, "evtchn_pending, word", 0, shared.getInt(SharedInfo.EVTCHN_PENDING + 4 * word));
            field(word, "evtchn_mask, word", 0, shared.getInt(SharedInfo.EVTCHN_MASK + 4 * word));
        }
    }

    private static void field(int number, String name, int expected, int seen) {
        require(expected == seen, name + " " + number + " is " + expected, Integer.toHexString(seen));
    }

    private static void require(boolean holds, String expected, String seen) {
        if (!holds) {
            throw Violation.of(expected, seen);
        }
    }

    private static String hex(long address) {
        return String.format("%08x", address);
    }

    private static long unsigned(int address) {
        return address & 0xFFFF_FFFFL;
    }
}
