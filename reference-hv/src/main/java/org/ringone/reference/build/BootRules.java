package org.ringone.reference.build;

import org.ringone.xen.PageTableBits;

/** The decisions of the domain builder, each replaceable: what it accepts and what it tells the guest. */
public class BootRules {

    /** No address given. */
    public static final long UNSET = -1;

    /** BOOT-01: whether a kernel for that interface (note XEN_VERSION) runs here. */
    public boolean interfaceOffered(String version) {
        return version.startsWith("xen-3.0");
    }

    /** BOOT-01: whether this is the loader for a kernel; the era also loads what calls itself linux. */
    public boolean loaderFits(String loader, String guestOs) {
        return loader.startsWith("generic") || guestOs.startsWith("linux");
    }

    /** BOOT-01: whether a note of owner "Xen" whose type the era does not know is passed over. */
    public boolean passesOver(int noteType) {
        return true;
    }

    /** BOOT-02: whether a kernel that says nothing of itself is refused. */
    public boolean needsWishes() {
        return true;
    }

    /** BOOT-03: whether a kernel fits that does, or does not, run with PAE. */
    public boolean paeFits(boolean pae) {
        return pae;
    }

    /** BOOT-04: whether a feature's name is known; one that is not is refused, required or not. */
    public boolean featureKnown(String name) {
        return Feature.named(name) != null;
    }

    /**
     * BOOT-04: whether a kernel gets by that requires a feature. The era's tools take a kernel's word for every feature but the
     * one that changes what they build; its hypervisor, which builds the initial domain, lets none be required.
     */
    public boolean requirementMet(String name, boolean initialDomain) {
        return !initialDomain && Feature.named(name) != Feature.AUTO_TRANSLATED_PHYSMAP;
    }

    /** BOOT-04: what is said of a requirement that is not met, behind the feature's name. */
    public String whyNot(boolean initialDomain) {
        return initialDomain ? ": an initial domain may require none" : ", which this hypervisor does not have";
    }

    /**
     * BOOT-05: the first instruction's address.
     *
     * @param note what note ENTRY says, or {@link #UNSET}
     * @param header what the ELF header says
     */
    public long entry(long note, long header) {
        return note == UNSET ? header : note;
    }

    /** BOOT-08: what start_info begins with. */
    public String magic() {
        return "xen-3.0-x86_32p";
    }

    /**
     * BOOT-09: what a field of start_info says.
     *
     * @param offset which field, see {@link org.ringone.xen.StartInfo}
     * @param value what is true
     */
    public int startInfo(int offset, int value) {
        return value;
    }

    /** BOOT-09: the command line as the guest gets it, before it is cut to the room there is. */
    public String commandLine(String given) {
        return given;
    }

    /** BOOT-10: bytes that are mapped and free behind the last boot element, at least. */
    public int slack() {
        return 512 << 10;
    }

    /** BOOT-10: the first stack pointer, for a boot stack that ends there. */
    public int stackPointer(int end) {
        return end;
    }

    /** BOOT-11: what the frame list says of a pseudo-physical frame. */
    public int listed(int pfn, int mfn) {
        return mfn;
    }

    /**
     * BOOT-12: the flags of the L1 entry that maps a page of the boot region.
     *
     * @param pageTable whether the page is a page table
     * @param frameList whether it holds a part of the frame list
     */
    public int mapping(boolean pageTable, boolean frameList) {
        return PageTableBits.PRESENT | PageTableBits.ACCESSED | (pageTable ? 0 : PageTableBits.RW);
    }

    /** BOOT-13: the number that a slot of the hypercall page calls. */
    public int hypercall(int slot) {
        return slot;
    }

    /**
     * BOOT-19: whether loadable segments may follow each other so.
     *
     * @param end where the one before ends
     * @param start where this one starts
     */
    public boolean segmentsFit(long end, long start) {
        return start >= end;
    }

    /** BOOT-19: whether an entry point will do for a kernel that lies between two addresses. */
    public boolean entryInside(long entry, long start, long end) {
        return entry >= start && entry <= end;
    }
}
