package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;

/**
 * Where a far jump or call goes: all checks passed, nothing changed yet.
 *
 * @param selector of the code segment, its RPL not meaningful
 * @param descriptor of the code segment
 * @param level the privilege level it will run at
 * @param gateSize 0 when there was no gate, else the bytes of its stack items: 2 or 4
 * @param parameters how many items a gate copies to an inner stack
 */
record CodeTarget(int selector, long descriptor, int offset, int level, int gateSize, int parameters) {

    /**
     * Finds and checks the target of a far jump or call in protected mode.
     *
     * @return null after a fault
     */
    static CodeTarget find(Cpu cpu, int selector, int offset, boolean call) {
        CpuState s = cpu.s;
        Segmentation segments = cpu.segmentation();
        if (Segmentation.isNull(selector)) {
            cpu.fault(Vector.GP, 0);
            return null;
        }
        long descriptor = segments.fetch(selector, Vector.GP);
        if (cpu.faulted()) {
            return null;
        }
        int rights = Descriptor.rights(descriptor);
        if (!Descriptor.code(rights)) {
            return throughGate(cpu, selector, descriptor, call);
        }
        int dpl = Descriptor.dpl(rights);
        boolean allowed = Descriptor.conforming(rights) ? dpl <= s.cpl : dpl == s.cpl && (selector & 3) <= s.cpl;
        if (!allowed) {
            segments.refuse(Vector.GP, selector);
            return null;
        }
        return checked(cpu, selector, descriptor, offset, s.cpl, 0, 0);
    }

    private static CodeTarget throughGate(Cpu cpu, int gate, long descriptor, boolean call) {
        CpuState s = cpu.s;
        Segmentation segments = cpu.segmentation();
        int rights = Descriptor.rights(descriptor);
        int type = Descriptor.type(rights);
        boolean wide = type == Descriptor.CALL_GATE32;
        if (!wide && type != Descriptor.CALL_GATE16 || Descriptor.dpl(rights) < Math.max(s.cpl, gate & 3)) {
            segments.refuse(Vector.GP, gate);
            return null;
        }
        if (!Descriptor.present(rights)) {
            segments.refuse(Vector.NP, gate);
            return null;
        }
        int selector = (int) (descriptor >>> 16) & 0xFFFF;
        int offset = (int) descriptor & 0xFFFF | (wide ? (int) (descriptor >>> 32) & 0xFFFF_0000 : 0);
        if (Segmentation.isNull(selector)) {
            cpu.fault(Vector.GP, 0);
            return null;
        }
        long code = segments.fetch(selector, Vector.GP);
        if (cpu.faulted()) {
            return null;
        }
        int codeRights = Descriptor.rights(code);
        int dpl = Descriptor.dpl(codeRights);
        boolean inner = call && !Descriptor.conforming(codeRights);
        boolean allowed = call || Descriptor.conforming(codeRights) ? dpl <= s.cpl : dpl == s.cpl;
        if (!Descriptor.code(codeRights) || !allowed) {
            segments.refuse(Vector.GP, selector);
            return null;
        }
        int parameters = (int) (descriptor >>> 32) & 31;
        return checked(cpu, selector, code, offset, inner ? dpl : s.cpl, wide ? 4 : 2, parameters);
    }

    /** Present, and the offset within the limit. */
    static CodeTarget checked(Cpu cpu, int selector, long descriptor, int offset, int level, int gate, int parameters) {
        if (!Descriptor.present(Descriptor.rights(descriptor))) {
            cpu.segmentation().refuse(Vector.NP, selector);
            return null;
        }
        if (Integer.compareUnsigned(offset, Descriptor.limit(descriptor)) > 0) {
            cpu.fault(Vector.GP, 0);
            return null;
        }
        return new CodeTarget(selector, descriptor, offset, level, gate, parameters);
    }

    /** Loads CS and EIP; the accessed bit has been set in the table. */
    void enter(Cpu cpu) {
        cpu.segmentation().set(CS, selector & ~3 | level, Segmentation.accessed(descriptor));
        cpu.s.eip = offset;
    }
}
