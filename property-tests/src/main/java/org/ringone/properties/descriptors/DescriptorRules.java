package org.ringone.properties.descriptors;

import java.util.OptionalLong;
import org.ringone.api.Profile;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Selectors;

/**
 * Which descriptors a guest may have, and what becomes of those it may (SEG-03 to SEG-06): stated as the set of linear
 * addresses that a segment reaches.
 *
 * @param limitsProtect whether segment limits are what keeps the guest out of the hypervisor, as on a 32-bit host; on a 64-bit
 *     one segments are of two sizes of code, a flat segment reaches all of 4 GiB, and every use of a gate faults (SEG-05)
 * @param ldtAtOnce whether the first page of an LDT is looked at when it is set (3.1), or like the others when it is used
 *     (SEG-10)
 * @param oneTableAPage whether a page in the GDT can be none of the LDT's, and the other way round (3.1); later Xens have one type
 *     for both
 */
public record DescriptorRules(boolean limitsProtect, boolean ldtAtOnce, boolean oneTableAPage) {

    private static final long PRESENT = 1L << 47;
    private static final long CODE_OR_DATA = 1L << 44;
    private static final long CODE = 1L << 43;
    private static final long EXPAND_DOWN = 1L << 42;
    private static final long PAGE_GRANULAR = 1L << 55;
    private static final long LONG_MODE = 1L << 53;
    private static final int DPL_SHIFT = 45;
    private static final long ADDRESSES = 1L << 32;
    private static final int CALL_GATE_32 = 0xC;

    /** Segments must end here. */
    private static final long END = AddressSpace.MACH2PHYS_END & 0xFFFF_FFFFL;

    /** Where the hypervisor's range begins. */
    private static final long START = AddressSpace.VIRT_START & 0xFFFF_FFFFL;

    public DescriptorRules(Profile profile) {
        this(
                profile.host() == Profile.Host.PAE_32,
                profile.era() == Profile.Era.XEN_3_1,
                profile.era() == Profile.Era.XEN_3_1);
    }

    /** The descriptor as it will stand in the table; empty when it is refused. */
    public OptionalLong accepted(long descriptor) {
        if ((descriptor & PRESENT) == 0) {
            return OptionalLong.of(descriptor);
        }
        long raised = withoutRing0(descriptor);
        if ((descriptor & CODE_OR_DATA) == 0) {
            return limitsProtect ? gate(raised) : closedGate(descriptor);
        }
        return limitsProtect ? segment(raised) : flat(raised);
    }

    /** A present descriptor with a DPL of at least 1. */
    static long withoutRing0(long descriptor) {
        boolean raised = (descriptor & PRESENT) != 0 && (descriptor >>> DPL_SHIFT & 3) == 0;
        return raised ? descriptor | 1L << DPL_SHIFT : descriptor;
    }

    /**
     * Whether a page whose check failed may hold {@code seen} where it held the descriptor: with some of the rights taken away
     * that the check takes away, and nothing else changed (SEG-03).
     */
    boolean maybeLeft(long descriptor, long seen) {
        if ((descriptor & PRESENT) == 0) {
            return seen == descriptor;
        }
        long raised = withoutRing0(descriptor);
        boolean callGate = (descriptor & CODE_OR_DATA) == 0 && (descriptor >>> 40 & 0xF) == CALL_GATE_32;
        return seen == descriptor
                || seen == raised
                || callGate && seen == withoutRing0Target(raised)
                || accepted(descriptor).equals(OptionalLong.of(seen));
    }

    private static OptionalLong gate(long gate) {
        if ((gate >>> 40 & 0xF) != CALL_GATE_32 || (gate >>> 37 & 7) != 0) {
            return OptionalLong.empty();
        }
        long raised = withoutRing0Target(gate);
        long selector = raised >>> 16 & 0xFFFF;
        boolean inGuestTables = (selector & 4) != 0 || selector < Selectors.FIRST_RESERVED_GDT_BYTE;
        return inGuestTables || selector == Selectors.FLAT_RING1_CS ? OptionalLong.of(raised) : OptionalLong.empty();
    }

    /** A gate whose target selector has an RPL of at least 1. */
    private static long withoutRing0Target(long gate) {
        return (gate >>> 16 & 3) == 0 ? gate | 1L << 16 : gate;
    }

    /**
     * As on a 64-bit host: a use of the gate faults and is emulated, so that its own DPL is 0 and its selector's RPL what that
     * was. No selector is made good.
     */
    private static OptionalLong closedGate(long given) {
        if ((given >>> 40 & 0xF) == 0) {
            return OptionalLong.of(given);
        }
        boolean targetRing0 = (given >>> 16 & 0xFFFF) == Selectors.FLAT_RING1_CS - 1;
        long gate = withoutRing0(given);
        if (targetRing0 || gate(gate).isEmpty()) {
            return OptionalLong.empty();
        }
        long ring = gate >>> DPL_SHIFT & 3;
        return OptionalLong.of(gate & ~(3L << DPL_SHIFT | 3L << 16) | ring << 16);
    }

    /** As on a 64-bit host: no 64-bit code; what reaches behind the start of the hypervisor's range reaches everything. */
    private static OptionalLong flat(long descriptor) {
        if ((descriptor & LONG_MODE) != 0) {
            return OptionalLong.empty();
        }
        long limit = descriptor & 0xFFFF | descriptor >>> 32 & 0xF_0000;
        long size = (limit + 1) * ((descriptor & PAGE_GRANULAR) != 0 ? AddressSpace.PAGE_SIZE : 1);
        return OptionalLong.of(base(descriptor) == 0 && size > START ? withLimit(descriptor, 0xF_FFFF) : descriptor);
    }

    private static long base(long descriptor) {
        return descriptor >>> 16 & 0xFF_FFFF | (descriptor >>> 56 & 0xFF) << 24;
    }

    private static OptionalLong segment(long descriptor) {
        long base = base(descriptor);
        if (base >= END - AddressSpace.PAGE_SIZE) {
            return OptionalLong.empty();
        }
        boolean pages = (descriptor & PAGE_GRANULAR) != 0;
        long limit = descriptor & 0xFFFF | descriptor >>> 32 & 0xF_0000;
        long size = (limit + 1) * (pages ? AddressSpace.PAGE_SIZE : 1);
        boolean expandDown = (descriptor & (CODE | EXPAND_DOWN)) == EXPAND_DOWN;
        boolean safe = expandDown ? base + size >= ADDRESSES : base + size <= END;
        if (safe) {
            return OptionalLong.of(descriptor);
        }
        if (!pages) {
            return OptionalLong.empty();
        }
        long safeSize = expandDown ? ADDRESSES - (base & -AddressSpace.PAGE_SIZE) : END - base;
        return OptionalLong.of(withLimit(descriptor, (safeSize / AddressSpace.PAGE_SIZE) - 1));
    }

    private static long withLimit(long descriptor, long limit) {
        return descriptor & ~(0xF_0000L << 32 | 0xFFFF) | (limit & 0xF_0000) << 32 | limit & 0xFFFF;
    }
}
