package org.ringone.properties.tables;

import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.api.Profile.Privilege;
import org.ringone.xen.PageTableBits;

/**
 * What the rules say of an entry by itself (PT-05, PT-06), and what they leave open in a profile.
 *
 * @param era whose interface it is
 * @param wideHost whether the host is a 64-bit one: the guest's L3 is then no top table, and the hypervisor gives its entries the
 *     rights that the levels below narrow
 * @param privileged whether the guest is the initial domain, which may map more than its own memory
 * @param marksBases whether the processor, as no real one does, sets ACCESSED in the entries of a base that it walks: as a
 *     reserved bit there (PT-06) it makes the table unfit to be one again
 */
record TableRules(Era era, boolean wideHost, boolean privileged, boolean marksBases) {

    /** The feature of a profile whose processor is QEMU's. */
    private static final String QEMU = "qemu-cpu";

    private static final int CACHING = PageTableBits.PWT | PageTableBits.PCD;
    private static final int NOT_NX = Mapping.NX - 1;
    private static final int IN_AN_L3 =
            PageTableBits.PRESENT | PageTableBits.PWT | PageTableBits.PCD | PageTableBits.AVAIL;

    TableRules(Profile profile) {
        this(
                profile.era(),
                profile.host() == Profile.Host.X86_64,
                profile.privilege() == Privilege.INITIAL,
                profile.features().contains(QEMU));
    }

    /** Whether a present entry's bits are acceptable in a table of that level. */
    boolean bits(int level, Mapping entry) {
        return level == TableModel.L3
                ? (entry.flags() & ~IN_AN_L3) == 0 && entry.top() == 0
                : (entry.flags() & (PageTableBits.GLOBAL | PageTableBits.PSE)) == 0 && (entry.top() & NOT_NX) == 0;
    }

    /** Whether nothing is said of a present entry in a table of that level, whatever else is the case. */
    boolean open(int level, Mapping entry) {
        boolean laterBits = era != Era.XEN_3_1 && !bits(level, entry);
        boolean cached = era != Era.XEN_3_1 && level != TableModel.L1 && (entry.flags() & CACHING) != 0;
        boolean noMemory = entry.target() == Mapping.NO_FRAME || wideHost && entry.target() == Mapping.HYPERVISOR;
        boolean hardware = privileged && noMemory;
        boolean linear = level != TableModel.L1 && entry.target() >= TableTrial.ROOT;
        return laterBits
                || cached
                || hardware
                || linear && !(level == TableModel.L3 && entry.target() != TableTrial.ROOT);
    }

    /** What stands in a table of that level when an entry has been accepted. */
    Mapping installed(int level, Mapping entry) {
        return wideHost && level == TableModel.L3 && entry.present()
                ? new Mapping(entry.target(), entry.flags() | PageTableBits.RW | PageTableBits.USER, entry.top())
                : entry;
    }

    /** Whether nothing is said of a store to a table in use with the assist off: later Xens emulate it for the initial domain. */
    boolean openWithoutAssist() {
        return era != Era.XEN_3_1 && privileged;
    }

    /** Whether a store of the high half that makes a present entry invalid is refused: later Xens clear PRESENT (PT-10). */
    boolean refusesBadHighHalf() {
        return era == Era.XEN_3_1;
    }
}
