package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

/** The common part of RETF and IRET in protected mode: to the same or an outer level. */
final class Return {
    private Return() {}

    /**
     * Checks and carries out a return.
     *
     * @param frame what has been popped so far; SS:ESP of an outer level come next
     * @param released bytes to release on the outer stack too
     * @return whether it could
     */
    static boolean to(Cpu cpu, int selector, int eip, Popped frame, int released) {
        CpuState s = cpu.s;
        Segmentation segments = cpu.segmentation();
        if (Segmentation.isNull(selector)) {
            cpu.fault(Vector.GP, 0);
            return false;
        }
        long code = segments.fetch(selector, Vector.GP);
        if (cpu.faulted()) {
            return false;
        }
        int level = selector & 3;
        int rights = Descriptor.rights(code);
        int dpl = Descriptor.dpl(rights);
        if (!Descriptor.code(rights) || level < s.cpl || (Descriptor.conforming(rights) ? dpl > level : dpl != level)) {
            return segments.refuse(Vector.GP, selector);
        }
        if (!Descriptor.present(rights)) {
            return segments.refuse(Vector.NP, selector);
        }
        boolean outer = level > s.cpl;
        int pointer = 0;
        int stack = 0;
        long stackDescriptor = 0;
        if (outer) {
            pointer = frame.next();
            stack = frame.next() & 0xFFFF;
            if (cpu.faulted()) {
                return false;
            }
            stackDescriptor = segments.stack(stack, level, Vector.GP, Vector.SS);
            if (cpu.faulted()) {
                return false;
            }
        }
        if (Integer.compareUnsigned(eip, Descriptor.limit(code)) > 0) {
            cpu.fault(Vector.GP, 0);
            return false;
        }
        if (!segments.markAccessed(selector, code) || outer && !segments.markAccessed(stack, stackDescriptor)) {
            return false;
        }
        if (outer) {
            boolean wide = (Descriptor.rights(stackDescriptor) & Descriptor.BIG) != 0;
            int released32 = pointer + released;
            s.r[ESP] = wide ? released32 : s.r[ESP] & 0xFFFF_0000 | released32 & 0xFFFF;
        } else {
            frame.commit();
        }
        segments.set(CS, selector, Segmentation.accessed(code));
        s.eip = eip;
        if (outer) {
            segments.set(SS, stack, Segmentation.accessed(stackDescriptor));
            segments.dropInner();
        }
        return true;
    }
}
