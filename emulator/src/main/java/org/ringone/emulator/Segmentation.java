package org.ringone.emulator;

/**
 * Descriptor tables and segment registers: loads with the architecture's checks, and without them for owners.
 *
 * <p>A check that fails records its fault on the processor and returns false, with nothing changed. The tables are read through
 * paging with the supervisor's privilege.
 */
public final class Segmentation {
    /** The part of a selector that goes into an error code. */
    static final int ERROR_MASK = 0xFFFC;

    /** Rights of the segments of virtual-8086 mode: writable data of DPL 3. */
    private static final int RIGHTS_8086 = 0xF3;

    private final Cpu cpu;
    private final CpuState s;
    /** The last return to an outer level, for the next one: often the same. */
    KnownReturn known;

    Segmentation(Cpu cpu) {
        this.cpu = cpu;
        this.s = cpu.s;
    }

    // ---- without checks

    /**
     * Sets a segment register, hidden parts and all, without any check. A load of CS sets CPL: to the selector's RPL in protected
     * mode, 3 in virtual-8086 mode.
     *
     * @param register ES 0, CS 1, SS 2, DS 3, FS 4, GS 5, LDTR 6, TR 7
     * @param limit in bytes
     * @param rights bits 8 to 23 of the descriptor's upper word; 0 for a null segment
     */
    public void set(int register, int selector, int base, int limit, int rights) {
        s.selector[register] = selector & 0xFFFF;
        s.base[register] = base;
        s.limit[register] = limit;
        s.rights[register] = rights;
        if (register == CpuState.CS) {
            s.cpl = s.virtual8086() ? 3 : s.protectedMode() ? selector & 3 : 0;
            cpu.modeChanged();
        }
        if (register < 6) {
            cpu.segmentChanged(register);
        }
    }

    /** Sets a segment register from a descriptor, without any check. */
    public void set(int register, int selector, long descriptor) {
        set(
                register,
                selector,
                Descriptor.base(descriptor),
                Descriptor.limit(descriptor),
                Descriptor.rights(descriptor));
    }

    /** Makes a segment register unusable. */
    public void setNull(int register, int selector) {
        set(register, selector, 0, 0, 0);
    }

    /** Sets a segment register as real mode and virtual-8086 mode do. */
    public void setReal(int register, int selector) {
        if (s.virtual8086()) {
            set(register, selector, (selector & 0xFFFF) << 4, 0xFFFF, RIGHTS_8086);
        } else { // limit and rights stay what they were, which makes "unreal" mode
            set(
                    register,
                    selector,
                    (selector & 0xFFFF) << 4,
                    s.limit[register],
                    s.rights[register] | Descriptor.PRESENT);
        }
    }

    /** Sets the privilege level alone. */
    public void cpl(int level) {
        s.cpl = level;
        cpu.modeChanged();
    }

    // ---- tables

    /** Whether segments are those of real or virtual-8086 mode, without descriptors. */
    public boolean real() {
        return !s.protectedMode() || s.virtual8086();
    }

    static boolean isNull(int selector) {
        return (selector & ERROR_MASK) == 0;
    }

    /** Linear address of a selector's descriptor, or -1 in the upper half when it is outside its table. */
    private long at(int selector) {
        boolean local = (selector & 4) != 0;
        int limit = local ? s.limit[CpuState.LDTR] : s.gdtrLimit;
        boolean exists = !local || s.rights[CpuState.LDTR] != 0;
        if (!exists || Integer.compareUnsigned(selector & 0xFFFF | 7, limit) > 0) {
            return -1;
        }
        return (local ? s.base[CpuState.LDTR] : s.gdtrBase) + (selector & 0xFFF8) & 0xFFFF_FFFFL;
    }

    /** Linear address of the descriptor of a selector that {@link #exists}. */
    int address(int selector) {
        return (int) at(selector);
    }

    /** Whether a selector is within its table. */
    boolean exists(int selector) {
        return at(selector) >= 0;
    }

    /**
     * Reads a descriptor. Outside the table, {@code vector} is raised with the selector; ask {@link Cpu#faulted}.
     *
     * @return the descriptor, 0 after a fault
     */
    long fetch(int selector, int vector) {
        long at = at(selector);
        if (at < 0) {
            refuse(vector, selector);
            return 0;
        }
        return cpu.port.readSystem((int) at, 8);
    }

    /**
     * Whether a selector still names this descriptor, as far as can be told at once; if not, the way with all checks must be gone,
     * which tells.
     */
    boolean stillNames(int selector, long descriptor) {
        long at = at(selector);
        return at >= 0 && cpu.port.peekSystem((int) at) == descriptor;
    }

    /** Raises a fault with a selector as its error code. */
    boolean refuse(int vector, int selector) {
        cpu.fault(vector, selector & ERROR_MASK);
        return false;
    }

    /**
     * Sets the accessed bit of a code or data descriptor in its table, if it is clear.
     *
     * @return false after a fault
     */
    boolean markAccessed(int selector, long descriptor) {
        if ((Descriptor.rights(descriptor) & Descriptor.ACCESSED) == 0) {
            int at = (int) at(selector) + 5;
            cpu.port.writeSystem(at, 1, descriptor >>> 40 & 0xFF | Descriptor.ACCESSED);
        }
        return !cpu.faulted();
    }

    static long accessed(long descriptor) {
        return descriptor | 1L << 40;
    }

    /** Marks the descriptor of a TSS as busy or available. */
    private void markBusy(int selector, long descriptor) {
        cpu.port.writeSystem((int) at(selector) + 5, 1, descriptor >>> 40 & 0xFF | 2);
    }

    // ---- loads

    /**
     * Loads any of ES, SS, DS, FS, GS as MOV and POP do.
     *
     * @return false when a fault was recorded
     */
    public boolean load(int register, int selector) {
        return register == CpuState.SS ? loadStack(selector) : loadData(register, selector);
    }

    /** Loads ES, DS, FS or GS. */
    public boolean loadData(int register, int selector) {
        if (real()) {
            setReal(register, selector);
            return true;
        }
        if (isNull(selector)) {
            setNull(register, selector);
            return true;
        }
        long descriptor = fetch(selector, Vector.GP);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(descriptor);
        boolean usable = Descriptor.data(rights) || Descriptor.code(rights) && (rights & Descriptor.READABLE) != 0;
        boolean checked = !Descriptor.code(rights) || !Descriptor.conforming(rights);
        if (!usable || checked && Math.max(s.cpl, selector & 3) > Descriptor.dpl(rights)) {
            return refuse(Vector.GP, selector);
        }
        if (!Descriptor.present(rights)) {
            return refuse(Vector.NP, selector);
        }
        if (!markAccessed(selector, descriptor)) {
            return false;
        }
        set(register, selector, accessed(descriptor));
        return true;
    }

    /** Loads SS at the present privilege level. */
    public boolean loadStack(int selector) {
        if (real()) {
            setReal(CpuState.SS, selector);
            return true;
        }
        long descriptor = stack(selector, s.cpl, Vector.GP, Vector.SS);
        if (cpu.faulted() || !markAccessed(selector, descriptor)) {
            return false;
        }
        set(CpuState.SS, selector, accessed(descriptor));
        return true;
    }

    /**
     * Checks a selector for use in SS at a privilege level.
     *
     * @param bad the vector for all faults but that for a segment that is not present
     * @return the descriptor, 0 after a fault
     */
    long stack(int selector, int level, int bad, int absent) {
        if (isNull(selector)) {
            refuse(bad, 0);
            return 0;
        }
        long descriptor = fetch(selector, bad);
        if (cpu.faulted()) {
            return 0;
        }
        int rights = Descriptor.rights(descriptor);
        if ((selector & 3) != level
                || !Descriptor.data(rights)
                || (rights & Descriptor.WRITABLE) == 0
                || Descriptor.dpl(rights) != level) {
            refuse(bad, selector);
        } else if (!Descriptor.present(rights)) {
            refuse(absent, selector);
        }
        return cpu.faulted() ? 0 : descriptor;
    }

    /** Makes data segment registers null that a less privileged level may not use: after a return to it. */
    void dropInner() {
        for (int register = CpuState.ES; register <= CpuState.GS; register++) {
            if (register == CpuState.CS || register == CpuState.SS) {
                continue;
            }
            int rights = s.rights[register];
            boolean open = Descriptor.code(rights) && Descriptor.conforming(rights);
            if (rights != 0 && !open && Descriptor.dpl(rights) < s.cpl) {
                setNull(register, 0);
            }
        }
    }

    /** Loads LDTR as LLDT does; the caller has checked the privilege. */
    public boolean loadLdt(int selector) {
        if (isNull(selector)) {
            setNull(CpuState.LDTR, selector);
            return true;
        }
        if ((selector & 4) != 0) {
            return refuse(Vector.GP, selector);
        }
        long descriptor = fetch(selector, Vector.GP);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(descriptor);
        if (Descriptor.type(rights) != Descriptor.LDT) {
            return refuse(Vector.GP, selector);
        }
        if (!Descriptor.present(rights)) {
            return refuse(Vector.NP, selector);
        }
        set(CpuState.LDTR, selector, descriptor);
        return true;
    }

    /** Loads TR as LTR does; the caller has checked the privilege. */
    public boolean loadTask(int selector) {
        if (isNull(selector) || (selector & 4) != 0) {
            return refuse(Vector.GP, selector);
        }
        long descriptor = fetch(selector, Vector.GP);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(descriptor);
        int type = Descriptor.type(rights);
        if (type != Descriptor.TSS16 && type != Descriptor.TSS32) {
            return refuse(Vector.GP, selector);
        }
        if (!Descriptor.present(rights)) {
            return refuse(Vector.NP, selector);
        }
        markBusy(selector, descriptor);
        if (cpu.faulted()) {
            return false;
        }
        set(CpuState.TR, selector, descriptor | 2L << 40);
        return true;
    }

    // ---- the task state segment

    /** The stack of an inner level, as the TSS names it. */
    record InnerStack(int selector, int pointer) {}

    /**
     * Reads the stack of an inner level from the TSS.
     *
     * @return null after a fault
     */
    InnerStack innerStack(int level) {
        boolean wide = (s.rights[CpuState.TR] & 8) != 0;
        int offset = wide ? 4 + 8 * level : 2 + 4 * level;
        int length = wide ? 6 : 4;
        if (s.rights[CpuState.TR] == 0 || Integer.compareUnsigned(offset + length - 1, s.limit[CpuState.TR]) > 0) {
            refuse(Vector.TS, s.selector[CpuState.TR]);
            return null;
        }
        int at = s.base[CpuState.TR] + offset;
        int pointer = (int) cpu.port.readSystem(at, wide ? 4 : 2);
        int selector = (int) cpu.port.readSystem(at + (wide ? 4 : 2), 2);
        return cpu.faulted() ? null : new InnerStack(selector, pointer);
    }
}
