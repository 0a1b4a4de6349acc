package org.ringone.reference;

import org.ringone.emulator.PhysicalMemory;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.PerDomainArea;
import org.ringone.xen.Errno;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.Selectors;

/**
 * The guest's GDT and LDT. The processor reads them where the hypervisor maps their pages, in its own area: the GDT's when it
 * is set, the LDT's when they are first used. A page there is typed as descriptors, so the guest cannot write to it (SEG-01,
 * SEG-10).
 */
public class DescriptorTables {

    /** GDT pages that are the guest's. */
    static final int GDT_PAGES = Selectors.FIRST_RESERVED_GDT_PAGE;
    /** Pages of the longest LDT. */
    static final int LDT_PAGES = 16;

    private static final int ENTRIES_PER_PAGE = 512;
    private static final int GDT_BYTES = Selectors.FIRST_RESERVED_GDT_BYTE + 4096;
    private static final int ACCESSED = 0x100;
    private static final int FLAGS =
            PageTableBits.PRESENT | PageTableBits.RW | PageTableBits.ACCESSED | PageTableBits.DIRTY;
    private static final int NONE = -1;
    private static final int VALIDATION_COST = 300;

    // ---- hypercalls

    /**
     * set_gdt (SEG-02): up to 14 frames, each the caller's own, mapped writable nowhere, full of acceptable descriptors
     * (SEG-03). If one is refused the old GDT stays; else it gives its pages back (SEG-12).
     */
    public int setGdt(Vcpu v, int frameList, int entries) {
        if (Integer.compareUnsigned(entries, Selectors.FIRST_RESERVED_GDT_ENTRY) > 0) {
            return Errno.EINVAL.result();
        }
        int pages = (entries + ENTRIES_PER_PAGE - 1) / ENTRIES_PER_PAGE;
        int[] frames = new int[pages];
        for (int i = 0; i < pages; i++) {
            long mfn = v.parts().guestCopy.read32(v, frameList + 4 * i);
            if (mfn == GuestCopy.FAULT) {
                return Errno.EFAULT.result();
            }
            frames[i] = (int) mfn;
        }
        v.machine().charge((long) pages * VALIDATION_COST);
        return install(v, frames, entries) ? 0 : Errno.EINVAL.result();
    }

    /** Installs a GDT of the given frames; false when one of them is not acceptable, and then nothing has changed. */
    boolean install(Vcpu v, int[] frames, int entries) {
        for (int i = 0; i < frames.length; i++) {
            if (!v.machine().frameTypes().getPageAndType(frames[i], v.domain.id(), PageType.GDT)) {
                while (--i >= 0) {
                    v.machine().frameTypes().putPageAndType(frames[i]);
                }
                return false;
            }
        }
        dropGdt(v);
        v.gdtEntries = entries;
        for (int i = 0; i < frames.length; i++) {
            v.gdtFrames[i] = frames[i];
            map(v, i, entry(frames[i]));
        }
        changed(v);
        return true;
    }

    /** Gives the GDT's pages back (SEG-12). */
    protected void dropGdt(Vcpu v) {
        v.gdtEntries = 0;
        for (int i = 0; i < GDT_PAGES; i++) {
            if (v.gdtFrames[i] != NONE) {
                map(v, i, 0);
                v.machine().frameTypes().putPageAndType(v.gdtFrames[i]);
                v.gdtFrames[i] = NONE;
            }
        }
        changed(v);
    }

    /**
     * MMUEXT_SET_LDT (SEG-10): page-aligned, up to 8192 entries, below the hypervisor. The pages are looked at when they are
     * used; the first one is tried at once.
     *
     * @return false when refused
     */
    public boolean setLdt(Vcpu v, int linear, int entries) {
        if ((linear & 0xFFF) != 0
                || Integer.compareUnsigned(entries, Selectors.MAX_LDT_ENTRIES) > 0
                || !v.parts().guestCopy.arrayInGuestRange(linear, entries, 8)) {
            return false;
        }
        if (v.ldtEntries == entries && v.ldtBase == linear) {
            return true;
        }
        dropLdt(v);
        v.ldtBase = linear;
        v.ldtEntries = entries;
        v.machine().loadLdtRegister(v);
        if (entries != 0) {
            mapLdtPage(v, 0);
        }
        changed(v);
        return true;
    }

    /** Drops the mappings of LDT pages and gives the pages back (SEG-12); they are mapped again when they are used. */
    void dropLdt(Vcpu v) {
        for (int page = 0; page < LDT_PAGES; page++) {
            if (v.ldtFrames[page] != NONE) {
                map(v, PerDomainArea.LDT_PAGE + page, 0);
                v.machine().frameTypes().putPageAndType(v.ldtFrames[page]);
                v.ldtFrames[page] = NONE;
            }
        }
        changed(v);
    }

    /**
     * update_descriptor (SEG-08, SEG-09): one descriptor, by machine address, in a page that is in use as descriptors or that
     * is an ordinary one of the caller's. The descriptor is validated like those of a whole page.
     */
    public int update(Vcpu v, long machineAddress, long descriptor) {
        Descriptor d = Descriptor.of(descriptor);
        long mfn = machineAddress >>> 12;
        if ((machineAddress & 7) != 0
                || mfn > Integer.MAX_VALUE
                || !v.parts().descriptorChecks.check(d)) {
            return Errno.EINVAL.result();
        }
        if (!v.machine().getForDescriptor((int) mfn, v.domain.id())) {
            return Errno.EINVAL.result();
        }
        memory(v).write64(machineAddress, d.bits());
        v.machine().frameTypes().putPageAndType((int) mfn);
        changed(v);
        return 0;
    }

    /** Whether a machine address lies in a page that holds descriptors now. */
    protected final boolean inUseAsDescriptors(Vcpu v, long machineAddress) {
        int mfn = (int) (machineAddress >>> 12);
        return v.machine().machineMemory.frames().valid(mfn)
                && v.machine().machineMemory.frames().type(mfn).descriptors();
    }

    // ---- use by the processor

    /** Whether a linear address lies in the mapped tables of that vcpu. */
    boolean inTables(Vcpu v, int linear) {
        int offset = linear - area(v).gdtLinear(v.id);
        return offset >= 0 && offset < PerDomainArea.PAGES << 12;
    }

    /**
     * The processor faulted while it read a descriptor. In the LDT the page is mapped now if it can be, else the guest gets a
     * page fault for the address in its own LDT (SEG-10). In the GDT the guest gets a #GP for the selector (SEG-02).
     */
    public void fault(Vcpu v, int linear, int errorCode) {
        int ldtOffset = linear - area(v).ldtLinear(v.id);
        if (ldtOffset < 0) {
            v.parts().exceptions.generalProtection(v, linear - area(v).gdtLinear(v.id) & 0xFFF8);
        } else if (!mapLdtPage(v, ldtOffset >>> 12)) {
            v.parts().trapDelivery.pageFault(v, v.ldtBase + ldtOffset, errorCode);
        }
    }

    /**
     * Maps one page of the LDT after checking it.
     *
     * @return false when the guest has no page there, or one that cannot hold descriptors
     */
    protected boolean mapLdtPage(Vcpu v, int page) {
        int mfn = v.machine().guestFrame(v, v.ldtBase + (page << 12));
        if (mfn < 0) {
            return false;
        }
        v.machine().charge(VALIDATION_COST);
        if (!v.machine().frameTypes().getPageAndType(mfn, v.domain.id(), PageType.LDT)) {
            return false;
        }
        v.ldtFrames[page] = mfn;
        map(v, PerDomainArea.LDT_PAGE + page, entry(mfn));
        return true;
    }

    /**
     * Reads the descriptor of a selector that is not null, as the hypervisor does for the guest, mapping the LDT's page if need
     * be.
     *
     * @return false when there is none: beyond the limit, or its page is absent
     */
    boolean read(Vcpu v, int selector, Descriptor d) {
        long address = address(v, selector);
        if (address < 0) {
            return false;
        }
        PhysicalMemory memory = memory(v);
        d.low = memory.read32(address);
        d.high = memory.read32(address + 4);
        return true;
    }

    /** Sets the accessed bit of a descriptor that was just read, as a load of it does. */
    void markAccessed(Vcpu v, int selector, Descriptor d) {
        if ((d.high & ACCESSED) == 0) {
            d.high |= ACCESSED;
            memory(v).write32(address(v, selector) + 4, d.high);
        }
    }

    /** Writes a descriptor back in place. */
    void write(Vcpu v, int selector, Descriptor d) {
        memory(v).write64(address(v, selector), d.bits());
        changed(v);
    }

    /** The machine address of a selector's descriptor, or a negative number. */
    private long address(Vcpu v, int selector) {
        int offset = selector & 0xFFF8;
        int page = offset >>> 12;
        int mfn;
        if ((selector & 4) != 0) {
            if (offset + 8 > v.ldtEntries * 8 || v.ldtFrames[page] == NONE && !mapLdtPage(v, page)) {
                return NONE;
            }
            mfn = v.ldtFrames[page];
        } else if (offset >= GDT_BYTES) {
            return NONE;
        } else {
            mfn = page < GDT_PAGES ? v.gdtFrames[page] : v.machine().xenGdtFrame();
            if (mfn == NONE) {
                return NONE;
            }
        }
        return ((long) mfn << 12) + (offset & 0xFFF);
    }

    // ---- helpers of the above

    private static void map(Vcpu v, int page, long entry) {
        area(v).map(v.id, page, entry);
        v.cpu.mmu().flushPage(area(v).gdtLinear(v.id) + (page << 12));
    }

    private static long entry(int mfn) {
        return (long) mfn << 12 | FLAGS;
    }

    private static PerDomainArea area(Vcpu v) {
        return v.domain.memory.area();
    }

    private static PhysicalMemory memory(Vcpu v) {
        return v.domain.machine.memory;
    }

    /** Segment registers, of this vcpu or another, may now hold what the tables no longer say. */
    private static void changed(Vcpu v) {
        v.machine().descriptorsChanged();
    }
}
