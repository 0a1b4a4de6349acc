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
        KnownReturn known = segments.known;
        if (known != null && known.sameCode(segments, s.cpl, selector)) {
            return toOuter(cpu, selector, known.code(), known, eip, frame, released);
        }
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
        if (level > s.cpl) {
            return toOuter(cpu, selector, code, null, eip, frame, released);
        }
        if (!reaches(cpu, eip, code) || !segments.markAccessed(selector, code)) {
            return false;
        }
        frame.commit();
        segments.set(CS, selector, Segmentation.accessed(code));
        s.eip = eip;
        return true;
    }

    /** @param known a return whose code segment was the same, or null */
    private static boolean toOuter(
            Cpu cpu, int selector, long code, KnownReturn known, int eip, Popped frame, int released) {
        CpuState s = cpu.s;
        Segmentation segments = cpu.segmentation();
        int pointer = frame.next() + released;
        int stack = frame.next() & 0xFFFF;
        if (cpu.faulted()) {
            return false;
        }
        if (known != null && known.sameStack(segments, stack) && reaches(cpu, eip, code)) {
            commit(cpu, known, eip, pointer);
            return true;
        }
        long stackDescriptor = segments.stack(stack, selector & 3, Vector.GP, Vector.SS);
        if (cpu.faulted()
                || !reaches(cpu, eip, code)
                || !segments.markAccessed(selector, code)
                || !segments.markAccessed(stack, stackDescriptor)) {
            return false;
        }
        segments.known = new KnownReturn(
                s.cpl, selector, Segmentation.accessed(code), stack, Segmentation.accessed(stackDescriptor));
        commit(cpu, segments.known, eip, pointer);
        return true;
    }

    private static void commit(Cpu cpu, KnownReturn to, int eip, int pointer) {
        CpuState s = cpu.s;
        Segmentation segments = cpu.segmentation();
        boolean wide = (Descriptor.rights(to.stack()) & Descriptor.BIG) != 0;
        s.r[ESP] = wide ? pointer : s.r[ESP] & 0xFFFF_0000 | pointer & 0xFFFF;
        segments.set(CS, to.selector(), to.code());
        s.eip = eip;
        segments.set(SS, to.stackSelector(), to.stack());
        segments.dropInner();
    }

    /** Whether the target lies within the code segment; if not, #GP(0) is recorded. */
    private static boolean reaches(Cpu cpu, int eip, long code) {
        if (Integer.compareUnsigned(eip, Descriptor.limit(code)) > 0) {
            cpu.fault(Vector.GP, 0);
            return false;
        }
        return true;
    }
}
