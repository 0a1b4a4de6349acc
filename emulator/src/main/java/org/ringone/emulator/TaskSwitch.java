package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.LDTR;
import static org.ringone.emulator.CpuState.TR;

/**
 * Task switching in hardware, to and from task state segments of 32 and 16 bits (SDM volume 3, chapter 8, "Task Management").
 *
 * <p>All that can be refused beforehand is refused with nothing changed. Then the old task is saved and the new one is there: a fault
 * from then on (a segment of the new task, its stack for an error code) is the new task's, at its first instruction.
 */
final class TaskSwitch {
    /** What asked for the switch: decides about busy bits, the link, NT, and which fault names a bad TSS. */
    enum Cause {
        JUMP,
        CALL,
        RETURN,
        EVENT
    }

    private static final int BUSY = 2;
    /** Which of DR7's enable bits hold for one task only, LE among them. */
    private static final int DR7_LOCAL = 0x155;

    private final Cpu cpu;
    private final CpuState s;
    private final Cause cause;
    /** {@link Vector#EXT} or 0, in all error codes. */
    private final int external;

    private final int selector;
    private long descriptor;
    private TaskState to;

    private TaskSwitch(Cpu cpu, int selector, Cause cause, int external) {
        this.cpu = cpu;
        this.s = cpu.s;
        this.selector = selector;
        this.cause = cause;
        this.external = external;
    }

    /**
     * Goes to another task if that is what the selector of a far jump or call in protected mode names: a TSS, or a task gate.
     *
     * @return whether it names one; then the switch has been made, or a fault is recorded
     */
    static boolean taken(Cpu cpu, int selector, Cause cause) {
        Segmentation segments = cpu.segmentation();
        if (Segmentation.isNull(selector) || !segments.exists(selector)) {
            return false;
        }
        long descriptor = segments.fetch(selector, Vector.GP);
        int rights = Descriptor.rights(descriptor);
        int type = Descriptor.type(rights);
        boolean gate = type == Descriptor.TASK_GATE;
        if (cpu.faulted() || !gate && !isTask(type)) {
            return cpu.faulted();
        }
        if (Descriptor.dpl(rights) < Math.max(cpu.s.cpl, selector & 3)) {
            segments.refuse(Vector.GP, selector);
        } else if (!gate) {
            new TaskSwitch(cpu, selector, cause, 0).go(Vector.NO_ERROR_CODE);
        } else if (!Descriptor.present(rights)) {
            segments.refuse(Vector.NP, selector);
        } else {
            new TaskSwitch(cpu, (int) (descriptor >>> 16) & 0xFFFF, cause, 0).go(Vector.NO_ERROR_CODE);
        }
        return true;
    }

    /** Returns to the task that the present one is nested in, as IRET does with NT set; ask {@link Cpu#faulted}. */
    static void back(Cpu cpu) {
        int link = (int) cpu.port.readSystem(cpu.s.base[TR], 2);
        if (!cpu.faulted()) {
            new TaskSwitch(cpu, link, Cause.RETURN, 0).go(Vector.NO_ERROR_CODE);
        }
    }

    /**
     * Delivers an event to the task that a task gate names; the gate has been checked.
     *
     * @param external {@link Vector#EXT} unless an instruction asked
     * @return false with a fault recorded
     */
    static boolean deliver(Cpu cpu, int selector, int external, int errorCode) {
        return new TaskSwitch(cpu, selector, Cause.EVENT, external).go(errorCode);
    }

    private static boolean isTask(int type) {
        return (type & ~(BUSY | 8)) == Descriptor.TSS16;
    }

    private boolean go(int errorCode) {
        if (!find()) {
            return false;
        }
        boolean nested = cause == Cause.CALL || cause == Cause.EVENT;
        TaskState from = new TaskState(cpu, s.base[TR], (s.rights[TR] & 8) != 0);
        int linear = to.base();
        if (Integer.compareUnsigned(s.limit[TR], from.lastSaved()) < 0 || s.rights[TR] == 0) {
            return refuse(Vector.TS, s.selector[TR]);
        }
        if (!from.probeSaved() || !to.probe() || nested && !cpu.mmu().probe(linear, 2, Mmu.WRITE, false)) {
            cpu.pageFault();
            return false;
        }
        if (!nested && !marked(s.selector[TR], false) || cause != Cause.RETURN && !marked(selector, true)) {
            return false;
        }
        from.save(cause == Cause.RETURN ? CpuState.NT : 0);
        to.read();
        if (nested) {
            cpu.port.writeSystem(linear, 2, s.selector[TR]);
        }
        enter(nested);
        if (load() && (errorCode == Vector.NO_ERROR_CODE || pushed(errorCode))) {
            if (to.traps()) {
                cpu.debugTrap(DebugRegisters.BT);
            }
            return true;
        }
        cpu.faultIsNewTasks();
        return false;
    }

    private boolean refuse(int vector, int named) {
        cpu.fault(vector, named & Segmentation.ERROR_MASK | external);
        return false;
    }

    /** Finds the new TSS, with all checks of its descriptor. */
    private boolean find() {
        Segmentation segments = cpu.segmentation();
        int bad = cause == Cause.RETURN ? Vector.TS : Vector.GP;
        if ((selector & 4) != 0 || Segmentation.isNull(selector) || !segments.exists(selector)) {
            return refuse(bad, selector);
        }
        descriptor = segments.fetch(selector, bad);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(descriptor);
        int type = Descriptor.type(rights);
        if (!isTask(type) || (type & BUSY) != 0 != (cause == Cause.RETURN)) {
            return refuse(bad, selector);
        }
        if (!Descriptor.present(rights)) {
            return refuse(Vector.NP, selector);
        }
        to = new TaskState(cpu, Descriptor.base(descriptor), (type & 8) != 0);
        return Integer.compareUnsigned(Descriptor.limit(descriptor), to.last()) >= 0 || refuse(Vector.TS, selector);
    }

    /** Marks a TSS in the table as busy or not; of the two marks of a switch the second cannot fail: {@link #find} saw its page. */
    private boolean marked(int tss, boolean busy) {
        Segmentation segments = cpu.segmentation();
        if (!segments.exists(tss)) {
            return refuse(Vector.TS, tss);
        }
        int at = segments.address(tss) + 5;
        int[] both = {at, segments.address(selector) + 5};
        for (int each : both) {
            if (!cpu.mmu().probe(each, 1, Mmu.WRITE, false)) {
                cpu.pageFault();
                return false;
            }
        }
        int rights = (int) cpu.port.readSystem(at, 1);
        cpu.port.writeSystem(at, 1, busy ? rights | BUSY : rights & ~BUSY);
        return true;
    }

    /** The new task's registers, selectors without their segments. From here on there is no way back. */
    private void enter(boolean nested) {
        Segmentation segments = cpu.segmentation();
        segments.set(TR, selector, descriptor | (long) BUSY << 40);
        s.eflags(to.flags() | (nested ? CpuState.NT : 0));
        to.general(s.r);
        s.eip = to.eip();
        for (int register = 0; register < 6; register++) {
            segments.setNull(register, to.selector(register));
        }
        segments.setNull(LDTR, to.selector(LDTR));
        s.dr[7] &= ~DR7_LOCAL;
        cpu.control().cr0(s.cr0 | CpuState.CR0_TS);
        cpu.modeChanged();
    }

    /** CR3 and the segments, in the order of their checks. */
    private boolean load() {
        if (to.wide() && cpu.mmu().paging() && !cpu.control().cr3(to.cr3())) {
            return refuse(Vector.GP, 0);
        }
        if (!loadLocalTable()) {
            return false;
        }
        if (s.virtual8086()) {
            for (int register = 0; register < 6; register++) {
                cpu.segmentation().setReal(register, to.selector(register));
            }
        } else if (!loadCode() || !loadStack() || !loadData()) {
            return false;
        }
        return Integer.compareUnsigned(s.eip, s.limit[CS]) <= 0 || refuse(Vector.GP, 0);
    }

    private boolean loadLocalTable() {
        int local = to.selector(LDTR);
        if (Segmentation.isNull(local)) {
            return true;
        }
        if ((local & 4) != 0) {
            return refuse(Vector.TS, local);
        }
        long table = fetch(local);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(table);
        if (Descriptor.type(rights) != Descriptor.LDT || !Descriptor.present(rights)) {
            return refuse(Vector.TS, local);
        }
        cpu.segmentation().set(LDTR, local, table);
        return true;
    }

    /** The descriptor of a segment of the new task; ask {@link Cpu#faulted}. */
    private long fetch(int named) {
        if (Segmentation.isNull(named) || !cpu.segmentation().exists(named)) {
            refuse(Vector.TS, named);
            return 0;
        }
        return cpu.segmentation().fetch(named, Vector.TS);
    }

    private boolean loadCode() {
        int code = to.selector(CS);
        long segment = fetch(code);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(segment);
        int dpl = Descriptor.dpl(rights);
        boolean level = Descriptor.conforming(rights) ? dpl <= (code & 3) : dpl == (code & 3);
        if (!Descriptor.code(rights) || !level) {
            return refuse(Vector.TS, code);
        }
        return Descriptor.present(rights) ? used(CS, code, segment) : refuse(Vector.NP, code);
    }

    private boolean loadStack() {
        int stack = to.selector(CpuState.SS);
        long segment = fetch(stack);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(segment);
        boolean writable = Descriptor.data(rights) && (rights & Descriptor.WRITABLE) != 0;
        if (!writable || Descriptor.dpl(rights) != s.cpl || (stack & 3) != s.cpl) {
            return refuse(Vector.TS, stack);
        }
        return Descriptor.present(rights) ? used(CpuState.SS, stack, segment) : refuse(Vector.SS, stack);
    }

    private boolean loadData() {
        for (int register : new int[] {CpuState.DS, CpuState.ES, CpuState.FS, CpuState.GS}) {
            int data = to.selector(register);
            if (Segmentation.isNull(data)) {
                continue;
            }
            long segment = fetch(data);
            if (cpu.faulted()) {
                return false;
            }
            int rights = Descriptor.rights(segment);
            boolean code = Descriptor.code(rights);
            boolean usable = Descriptor.data(rights) || code && (rights & Descriptor.READABLE) != 0;
            boolean open = code && Descriptor.conforming(rights);
            if (!usable || !open && Math.max(s.cpl, data & 3) > Descriptor.dpl(rights)) {
                return refuse(Vector.TS, data);
            }
            if (!Descriptor.present(rights)) {
                return refuse(Vector.NP, data);
            }
            if (!used(register, data, segment)) {
                return false;
            }
        }
        return true;
    }

    private boolean used(int register, int named, long segment) {
        if (!cpu.segmentation().markAccessed(named, segment)) {
            return false;
        }
        cpu.segmentation().set(register, named, Segmentation.accessed(segment));
        return true;
    }

    /** The event's error code on the new task's stack. */
    private boolean pushed(int errorCode) {
        NewStack stack = NewStack.current(cpu);
        int size = to.wide() ? 4 : 2;
        if (!stack.probe(1, size)) {
            return false;
        }
        stack.push(errorCode, size);
        s.r[CpuState.ESP] = stack.pointer();
        return true;
    }
}
