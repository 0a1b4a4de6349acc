package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

/**
 * The sink of a bare machine: delivers through the interrupt descriptor table, as the processor does by itself; in real mode through
 * the interrupt vector table.
 *
 * <p>A fault during delivery is delivered in turn, or becomes a double fault; one during that shuts the processor down. A task gate
 * switches to its task.
 */
public final class IdtDelivery implements TrapSink {
    /** What asked for delivery: decides about the gate's DPL and the EXT bit of error codes. */
    private enum Source {
        EXCEPTION,
        SOFTWARE,
        EXTERNAL
    }

    private static final int KNOWN = 32;
    /** Ways that were gone lately, by vector modulo the length. */
    private final KnownEntry[] known = new KnownEntry[KNOWN];

    @Override
    public void exception(Cpu cpu, int vector, int errorCode) {
        deliver(cpu, vector, errorCode, Source.EXCEPTION);
    }

    @Override
    public void interrupt(Cpu cpu, int vector, InterruptKind kind, int start) {
        boolean software = kind != InterruptKind.ICEBP;
        if (!software) {
            deliver(cpu, vector, Vector.NO_ERROR_CODE, Source.EXCEPTION);
        } else if (!enter(cpu, vector, Vector.NO_ERROR_CODE, Source.SOFTWARE)) {
            if (!cpu.faultedInNewTask()) {
                cpu.s.eip = start; // the fault is that of the instruction
            }
            again(cpu, vector, Source.SOFTWARE);
        }
    }

    /** Delivers an interrupt from outside; the caller has looked at IF and {@link Cpu#interruptShadow}. */
    public void external(Cpu cpu, int vector) {
        if (cpu.withinRepeat()) {
            cpu.s.flags |= CpuState.RF;
        }
        deliver(cpu, vector, Vector.NO_ERROR_CODE, Source.EXTERNAL);
    }

    private void deliver(Cpu cpu, int vector, int errorCode, Source source) {
        if (!enter(cpu, vector, errorCode, source)) {
            again(cpu, vector, source);
        }
    }

    /** Goes on with the fault that delivery met, and with those that its delivery meets. */
    private void again(Cpu cpu, int vector, Source source) {
        int first = source == Source.EXCEPTION ? vector : -1;
        while (true) {
            int second = cpu.faultVector();
            int code = cpu.faultCode();
            cpu.clearFault();
            if (first == Vector.DF) {
                cpu.shutDown();
                return;
            }
            if (contributory(first) && contributory(second)
                    || first == Vector.PF && (contributory(second) || second == Vector.PF)) {
                second = Vector.DF;
                code = 0;
            }
            if (enter(cpu, second, code, Source.EXCEPTION)) {
                return;
            }
            first = second;
        }
    }

    private static boolean contributory(int vector) {
        return vector == Vector.DE || vector >= Vector.TS && vector <= Vector.GP;
    }

    /** Enters a handler; false with a fault recorded and nothing changed. */
    private boolean enter(Cpu cpu, int vector, int errorCode, Source source) {
        CpuState s = cpu.s;
        if (!s.protectedMode()) {
            return enterReal(cpu, vector);
        }
        boolean software = source == Source.SOFTWARE;
        int external = software ? 0 : Vector.EXT;
        if (Integer.compareUnsigned(vector * 8 + 7, s.idtrLimit) > 0) {
            cpu.fault(Vector.GP, vector * 8 | Vector.IDT | external);
            return false;
        }
        long gate = cpu.port.readSystem(s.idtrBase + vector * 8, 8);
        if (cpu.faulted()) {
            return false;
        }
        KnownEntry entry = known[vector % KNOWN];
        if (entry != null
                && entry.sameGate(s, gate, software)
                && cpu.segmentation().stillNames(entry.selector(), entry.code())) {
            Segmentation.InnerStack named = cpu.segmentation().innerStack(entry.level());
            if (named == null) {
                return false;
            }
            if (entry.sameStack(cpu.segmentation(), named)) {
                return entry.enter(cpu, named.pointer(), errorCode);
            }
        }
        return enterChecked(cpu, vector, gate, errorCode, software);
    }

    private boolean enterChecked(Cpu cpu, int vector, long gate, int errorCode, boolean software) {
        CpuState s = cpu.s;
        int external = software ? 0 : Vector.EXT;
        int error = vector * 8 | Vector.IDT | external;
        int rights = Descriptor.rights(gate);
        int type = Descriptor.type(rights);
        boolean wide = (type & 8) != 0;
        boolean task = type == Descriptor.TASK_GATE;
        boolean usable = task || (type | 9) == Descriptor.TRAP_GATE32 && (type & Descriptor.SEGMENT) == 0;
        if (!usable || software && Descriptor.dpl(rights) < s.cpl) {
            cpu.fault(Vector.GP, error);
        } else if (!Descriptor.present(rights)) {
            cpu.fault(Vector.NP, error);
        }
        if (cpu.faulted()) {
            return false;
        }
        if (task) {
            return TaskSwitch.deliver(cpu, (int) (gate >>> 16) & 0xFFFF, external, errorCode);
        }
        Handler handler = Handler.find(cpu, gate, wide, external);
        if (handler == null) {
            return false;
        }
        int from = s.cpl;
        boolean masksInterrupts = (type & 1) == 0;
        if (handler.level >= from) {
            return handler.enterSame(cpu, errorCode, masksInterrupts);
        }
        boolean from8086 = s.virtual8086();
        Segmentation.InnerStack named = cpu.segmentation().innerStack(handler.level);
        if (named == null) {
            return false;
        }
        long stack = cpu.segmentation().stack(named.selector(), handler.level, Vector.TS, Vector.SS);
        if (cpu.faulted() || !handler.enterInner(cpu, named, stack, errorCode, masksInterrupts)) {
            return false;
        }
        if (wide && !from8086) {
            known[vector % KNOWN] = new KnownEntry(
                    gate,
                    software,
                    from,
                    handler.selector,
                    Segmentation.accessed(handler.code),
                    handler.offset,
                    handler.level,
                    named.selector(),
                    Segmentation.accessed(stack));
        }
        return true;
    }

    /** Flags, CS and EIP as a handler begins with them. */
    static void start(Cpu cpu, int selector, long code, int offset, boolean masksInterrupts) {
        CpuState s = cpu.s;
        int cleared = CpuState.TF | CpuState.NT | CpuState.RF | CpuState.VM;
        s.flags &= ~(masksInterrupts ? cleared | CpuState.IF : cleared);
        cpu.segmentation().set(CS, selector, Segmentation.accessed(code));
        s.eip = offset;
    }

    private static boolean enterReal(Cpu cpu, int vector) {
        CpuState s = cpu.s;
        if (Integer.compareUnsigned(vector * 4 + 3, s.idtrLimit) > 0) {
            cpu.fault(Vector.GP, Vector.NO_ERROR_CODE);
            return false;
        }
        int target = (int) cpu.port.readSystem(s.idtrBase + vector * 4, 4);
        NewStack stack = NewStack.current(cpu);
        if (cpu.faulted() || !stack.probe(3, 2)) {
            return false;
        }
        stack.push(s.eflags(), 2);
        stack.push(s.selector[CS], 2);
        stack.push(s.eip, 2);
        s.r[ESP] = stack.pointer();
        s.flags &= ~(CpuState.IF | CpuState.TF | CpuState.AC | CpuState.RF);
        s.eip = target & 0xFFFF;
        cpu.segmentation().setReal(CS, target >>> 16);
        return true;
    }

    /** A handler whose checks have passed: where it is, at which level it runs, on which stack. */
    private record Handler(int selector, long code, int offset, int level, int size, int external) {

        static Handler find(Cpu cpu, long gate, boolean wide, int external) {
            CpuState s = cpu.s;
            int selector = (int) (gate >>> 16) & 0xFFFF;
            int offset = (int) gate & 0xFFFF | (wide ? (int) (gate >>> 32) & 0xFFFF_0000 : 0);
            if (Segmentation.isNull(selector)) {
                cpu.fault(Vector.GP, external);
                return null;
            }
            if (!cpu.segmentation().exists(selector)) {
                return refuse(cpu, Vector.GP, selector, external);
            }
            long code = cpu.segmentation().fetch(selector, Vector.GP);
            if (cpu.faulted()) {
                return null;
            }
            int rights = Descriptor.rights(code);
            int dpl = Descriptor.dpl(rights);
            if (!Descriptor.code(rights) || dpl > s.cpl) {
                return refuse(cpu, Vector.GP, selector, external);
            }
            int level = Descriptor.conforming(rights) ? s.cpl : dpl;
            if (s.virtual8086() && level != 0) {
                return refuse(cpu, Vector.GP, selector, external);
            }
            if (!Descriptor.present(rights)) {
                return refuse(cpu, Vector.NP, selector, external);
            }
            return new Handler(selector, code, offset, level, wide ? 4 : 2, external);
        }

        private static Handler refuse(Cpu cpu, int vector, int selector, int external) {
            cpu.fault(vector, selector & Segmentation.ERROR_MASK | external);
            return null;
        }

        boolean enterSame(Cpu cpu, int errorCode, boolean masksInterrupts) {
            NewStack stack = NewStack.current(cpu);
            if (!stack.probe(3 + (errorCode == Vector.NO_ERROR_CODE ? 0 : 1), size)
                    || !reaches(cpu)
                    || !cpu.segmentation().markAccessed(selector, code)) {
                return false;
            }
            pushReturn(cpu.s, stack, errorCode);
            start(cpu, selector & ~3 | level, code, offset, masksInterrupts);
            cpu.s.r[ESP] = stack.pointer();
            return true;
        }

        boolean enterInner(
                Cpu cpu, Segmentation.InnerStack named, long descriptor, int errorCode, boolean masksInterrupts) {
            CpuState s = cpu.s;
            Segmentation segments = cpu.segmentation();
            NewStack stack = new NewStack(cpu, named.selector(), descriptor, named.pointer(), level);
            boolean from8086 = s.virtual8086();
            int items = (from8086 ? 9 : 5) + (errorCode == Vector.NO_ERROR_CODE ? 0 : 1);
            if (!stack.probe(items, size)
                    || !reaches(cpu)
                    || !segments.markAccessed(selector, code)
                    || !segments.markAccessed(named.selector(), descriptor)) {
                return false;
            }
            if (from8086) {
                pushData(s, stack);
            }
            stack.push(s.selector[SS], size);
            stack.push(s.r[ESP], size);
            pushReturn(s, stack, errorCode);
            if (from8086) {
                dropData(segments);
            }
            start(cpu, selector & ~3 | level, code, offset, masksInterrupts);
            segments.set(SS, named.selector(), Segmentation.accessed(descriptor));
            s.r[ESP] = stack.pointer();
            return true;
        }

        /** Whether the handler lies within its code segment; if not, #GP has been recorded. */
        private boolean reaches(Cpu cpu) {
            if (Integer.compareUnsigned(offset, Descriptor.limit(code)) > 0) {
                cpu.fault(Vector.GP, external);
                return false;
            }
            return true;
        }

        private void pushData(CpuState s, NewStack stack) {
            stack.push(s.selector[CpuState.GS], size);
            stack.push(s.selector[CpuState.FS], size);
            stack.push(s.selector[CpuState.DS], size);
            stack.push(s.selector[CpuState.ES], size);
        }

        private static void dropData(Segmentation segments) {
            segments.setNull(CpuState.GS, 0);
            segments.setNull(CpuState.FS, 0);
            segments.setNull(CpuState.DS, 0);
            segments.setNull(CpuState.ES, 0);
        }

        private void pushReturn(CpuState s, NewStack stack, int errorCode) {
            stack.push(s.eflags(), size);
            stack.push(s.selector[CS], size);
            stack.push(s.eip, size);
            if (errorCode != Vector.NO_ERROR_CODE) {
                stack.push(errorCode, size);
            }
        }
    }
}
