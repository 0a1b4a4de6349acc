package org.ringone.reference;

import static org.ringone.reference.Vcpu.CS;
import static org.ringone.reference.Vcpu.DS;
import static org.ringone.reference.Vcpu.ES;
import static org.ringone.reference.Vcpu.FS;
import static org.ringone.reference.Vcpu.GS;
import static org.ringone.reference.Vcpu.SS;

/**
 * Segment registers as ring 0 loads them: the hypervisor reloads the guest's data selectors and its code and stack on every
 * way back to the guest (Intel SDM volume 2, MOV to a segment register and IRET). All of it tells success or failure; what a
 * failure means is {@link GuestReturn}'s business.
 */
public class SegmentReload {

    private static final int[] DATA = {DS, ES, FS, GS};

    /**
     * Looks at a selector as ring 0 does when it loads one of DS, ES, FS and GS, and gives the segment.
     *
     * @param d room for the descriptor
     * @return false when loading it would fault
     */
    boolean dataSegment(Vcpu v, int selector, Descriptor d, SegmentView view) {
        if ((selector & ~3) == 0) {
            view.setNull();
            return true;
        }
        if (!readData(v, selector, d)) {
            return false;
        }
        view.set(d);
        return true;
    }

    private boolean readData(Vcpu v, int selector, Descriptor d) {
        DescriptorTables tables = v.parts().descriptorTables;
        if (!tables.read(v, selector, d) || !d.readable() || !d.present()) {
            return false;
        }
        if (!d.conforming() && (selector & 3) > d.dpl()) {
            return false;
        }
        tables.markAccessed(v, selector, d);
        return true;
    }

    /**
     * Loads DS, ES, FS and GS with the selectors wanted.
     *
     * @return false when one of them would fault (UPC-03)
     */
    boolean loadData(Vcpu v, Descriptor d) {
        for (int segment : DATA) {
            int selector = v.selector(segment);
            if ((selector & ~3) == 0) {
                v.cpu.segmentation().setNull(segment, selector);
            } else if (readData(v, selector, d)) {
                load(v, segment, selector, d);
            } else {
                return false;
            }
        }
        return true;
    }

    private static void load(Vcpu v, int segment, int selector, Descriptor d) {
        v.cpu.segmentation().set(segment, selector, d.bits());
    }

    /**
     * Returns to the code and stack wanted, as IRET does from ring 0 to an outer ring.
     *
     * @return false when it would fault (UPC-04)
     */
    boolean returnToGuest(Vcpu v, Descriptor code, Descriptor stack) {
        int cs = v.selector(CS);
        int ss = v.selector(SS);
        int ring = cs & 3;
        DescriptorTables tables = v.parts().descriptorTables;
        if ((cs & ~3) == 0 || ring == 0 || !tables.read(v, cs, code) || !code.code() || !code.present()) {
            return false;
        }
        if (code.conforming() ? code.dpl() > ring : code.dpl() != ring) {
            return false;
        }
        if ((ss & ~3) == 0 || (ss & 3) != ring || !tables.read(v, ss, stack)) {
            return false;
        }
        if (!stack.writableData() || stack.dpl() != ring || !stack.present()) {
            return false;
        }
        if (Integer.compareUnsigned(v.state.eip, code.byteLimit()) > 0) {
            return false;
        }
        tables.markAccessed(v, cs, code);
        tables.markAccessed(v, ss, stack);
        load(v, CS, cs, code);
        load(v, SS, ss, stack);
        dropInnerSegments(v, ring);
        return true;
    }

    /** A data segment of an inner ring does not survive the return to an outer one. */
    private static void dropInnerSegments(Vcpu v, int ring) {
        for (int segment : DATA) {
            if (!staysUsable(v.state.rights(segment), ring)) {
                v.cpu.segmentation().setNull(segment, 0);
            }
        }
    }

    /** Conforming code and segments of that ring or an outer one stay; so does a null one, which is unusable already. */
    private static boolean staysUsable(int rights, int ring) {
        boolean conformingCode = (rights & 0x1C) == 0x1C;
        return rights == 0 || conformingCode || (rights >>> 5 & 3) >= ring;
    }

    /** Whether the current stack segment allows a word to be pushed there. */
    boolean stackCovers(Vcpu v, int offset) {
        int rights = v.state.rights(SS);
        if ((rights & 0x9A) != 0x92) {
            return false;
        }
        boolean expandDown = (rights & 0x4) != 0;
        int limit = v.state.limit(SS);
        if (Integer.compareUnsigned(offset + 3, offset) < 0) {
            return false;
        }
        return expandDown
                ? Integer.compareUnsigned(offset, limit) > 0
                : Integer.compareUnsigned(offset + 3, limit) <= 0;
    }

    /** Enters virtual-8086 mode: six segments without descriptors (TRAP-10). */
    void enterVm86(Vcpu v) {
        for (int segment = 0; segment < 6; segment++) {
            v.cpu.segmentation().setReal(segment, v.selector(segment));
        }
    }
}
