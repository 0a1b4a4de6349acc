package org.ringone.reference;

import org.ringone.xen.AddressSpace;
import org.ringone.xen.Selectors;

/**
 * What a guest may put into a descriptor table (SEG-03 to SEG-06). The limits of its segments are what keeps a guest in ring 1
 * out of the hypervisor's memory, and the privilege levels are what keeps it out of ring 0.
 */
public class DescriptorChecks {

    /** The lowest privilege number that a guest's descriptor or selector may carry. */
    protected static final int GUEST_KERNEL_RING = 1;

    private static final int CALL_GATE_32 = 0xC;
    private static final int GATE_RESERVED = 0xE0;

    /**
     * Checks one descriptor and takes away what the guest may not have, in place. A descriptor that is refused may have been
     * fixed up in part: the era's Xen leaves it so, and it only takes rights away (SEG-03).
     *
     * @return whether the descriptor is acceptable
     */
    public boolean check(Descriptor d) {
        if (!d.present()) {
            return true; // it faults when used, whatever it says
        }
        raiseDpl(d);
        return d.system() ? checkCallGate(d) : checkSegment(d);
    }

    /** SEG-04: no descriptor gives ring 0 away. */
    protected void raiseDpl(Descriptor d) {
        if (d.dpl() < GUEST_KERNEL_RING) {
            d.setDpl(GUEST_KERNEL_RING);
        }
    }

    /** SEG-05: of the system descriptors only 32-bit call gates, and only into code that the guest may call. */
    protected boolean checkCallGate(Descriptor d) {
        if (d.systemType() != CALL_GATE_32) {
            return false;
        }
        int target = codeSelector(d.gateSelector());
        if (!gateTarget(target)) {
            return false;
        }
        d.setGateSelector(target);
        return (d.high & GATE_RESERVED) == 0;
    }

    /** SEG-06: no segment reaches beyond the readable machine-to-physical table. */
    protected boolean checkSegment(Descriptor d) {
        int base = d.base();
        if (Integer.compareUnsigned(base, segmentEnd() - AddressSpace.PAGE_SIZE) >= 0) {
            return false;
        }
        int size = d.granular() ? d.rawLimit() + 1 << AddressSpace.PAGE_SHIFT : d.rawLimit() + 1;
        int end = base + size;
        int wanted;
        if (d.expandDown()) {
            if (Integer.compareUnsigned(end, base) <= 0) {
                return true; // the forbidden part runs up to the top of the address space already
            }
            wanted = -(base & -AddressSpace.PAGE_SIZE);
        } else {
            if (Integer.compareUnsigned(end, base) > 0 && Integer.compareUnsigned(end, segmentEnd()) <= 0) {
                return true;
            }
            wanted = segmentEnd() - base;
        }
        if (!d.granular()) {
            return false;
        }
        d.setRawLimit((wanted >>> AddressSpace.PAGE_SHIFT) - 1);
        return true;
    }

    /** The first linear address that no guest segment may cover. */
    protected int segmentEnd() {
        return AddressSpace.MACH2PHYS_END;
    }

    /** A selector for guest code with its RPL raised to the guest kernel's (TRAP-04, UPC-01, SEG-05). */
    public int codeSelector(int selector) {
        return (selector & 3) < GUEST_KERNEL_RING ? selector & 0xFFFC | GUEST_KERNEL_RING : selector & 0xFFFF;
    }

    /** A selector for the guest kernel's stack with its RPL raised (TRAP-08). */
    public int stackSelector(int selector) {
        return codeSelector(selector);
    }

    /**
     * Whether a gate may name that code selector. The processor ignores a gate's RPL, so it must not name one of the
     * hypervisor's own segments (SEG-05, TRAP-06).
     */
    public boolean gateTarget(int selector) {
        return selector >>> 3 < Selectors.FIRST_RESERVED_GDT_ENTRY
                || selector == Selectors.FLAT_RING1_CS
                || (selector & 4) != 0;
    }
}
