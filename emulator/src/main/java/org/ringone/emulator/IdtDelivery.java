package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

/**
 * The sink of a bare machine: delivers through the interrupt descriptor table, as the processor does by itself; in real mode through
 * the interrupt vector table.
 *
 * <p>A fault during delivery is delivered in turn, or becomes a double fault; one during that shuts the processor down. A task gate is
 * refused like a descriptor of a wrong type, since there is no task switching in hardware.
 */
public final class IdtDelivery implements TrapSink {
    /** What asked for delivery: decides about the gate's DPL and the EXT bit of error codes. */
    private enum Source {
        EXCEPTION,
        SOFTWARE,
        EXTERNAL
    }

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
            cpu.s.eip = start; // the fault is that of the instruction
            again(cpu, vector, Source.SOFTWARE);
        }
    }

    /** Delivers an interrupt from outside; the caller has looked at IF and {@link Cpu#interruptShadow}. */
    public void external(Cpu cpu, int vector) {
        deliver(cpu, vector, Vector.NO_ERROR_CODE, Source.EXTERNAL);
    }

    private static void deliver(Cpu cpu, int vector, int errorCode, Source source) {
        if (!enter(cpu, vector, errorCode, source)) {
            again(cpu, vector, source);
        }
    }

    /** Goes on with the fault that delivery met, and with those that its delivery meets. */
    private static void again(Cpu cpu, int vector, Source source) {
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
    private static boolean enter(Cpu cpu, int vector, int errorCode, Source source) {
        if (!cpu.s.protectedMode()) {
            return enterReal(cpu, vector);
        }
        int external = source == Source.SOFTWARE ? 0 : Vector.EXT;
        int error = vector * 8 | Vector.IDT | external;
        CpuState s = cpu.s;
        if (Integer.compareUnsigned(vector * 8 + 7, s.idtrLimit) > 0) {
            cpu.fault(Vector.GP, error);
            return false;
        }
        long gate = cpu.port.readSystem(s.idtrBase + vector * 8, 8);
        if (cpu.faulted()) {
            return false;
        }
        int rights = Descriptor.rights(gate);
        int type = Descriptor.type(rights);
        boolean wide = (type & 8) != 0;
        boolean usable = (type | 9) == Descriptor.TRAP_GATE32 && (type & Descriptor.SEGMENT) == 0;
        if (!usable || source == Source.SOFTWARE && Descriptor.dpl(rights) < s.cpl) {
            cpu.fault(Vector.GP, error);
        } else if (!Descriptor.present(rights)) {
            cpu.fault(Vector.NP, error);
        }
        if (cpu.faulted()) {
            return false;
        }
        Handler handler = Handler.find(cpu, gate, wide, external);
        return handler != null && handler.enter(cpu, errorCode, (type & 1) == 0);
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

        boolean enter(Cpu cpu, int errorCode, boolean masksInterrupts) {
            CpuState s = cpu.s;
            boolean inner = level < s.cpl;
            Segmentation segments = cpu.segmentation();
            NewStack stack = NewStack.current(cpu);
            int stackSelector = 0;
            long stackDescriptor = 0;
            if (inner) {
                Segmentation.InnerStack named = segments.innerStack(level);
                if (named == null) {
                    return false;
                }
                stackSelector = named.selector();
                stackDescriptor = segments.stack(stackSelector, level, Vector.TS, Vector.SS);
                if (cpu.faulted()) {
                    return false;
                }
                stack = new NewStack(cpu, stackSelector, stackDescriptor, named.pointer(), level);
            }
            boolean from8086 = s.virtual8086();
            int items = (from8086 ? 9 : inner ? 5 : 3) + (errorCode == Vector.NO_ERROR_CODE ? 0 : 1);
            if (!stack.probe(items, size)) {
                return false;
            }
            if (Integer.compareUnsigned(offset, Descriptor.limit(code)) > 0) {
                cpu.fault(Vector.GP, external);
                return false;
            }
            if (!segments.markAccessed(selector, code)
                    || inner && !segments.markAccessed(stackSelector, stackDescriptor)) {
                return false;
            }
            push(s, stack, inner, from8086, errorCode);
            s.flags &= ~(CpuState.TF | CpuState.NT | CpuState.RF | CpuState.VM);
            if (masksInterrupts) {
                s.flags &= ~CpuState.IF;
            }
            if (from8086) {
                for (int register : new int[] {CpuState.GS, CpuState.FS, CpuState.DS, CpuState.ES}) {
                    segments.setNull(register, 0);
                }
            }
            segments.set(CS, selector & ~3 | level, Segmentation.accessed(code));
            if (inner) {
                segments.set(SS, stackSelector, Segmentation.accessed(stackDescriptor));
            }
            s.r[ESP] = stack.pointer();
            s.eip = offset;
            return true;
        }

        private void push(CpuState s, NewStack stack, boolean inner, boolean from8086, int errorCode) {
            if (from8086) {
                stack.push(s.selector[CpuState.GS], size);
                stack.push(s.selector[CpuState.FS], size);
                stack.push(s.selector[CpuState.DS], size);
                stack.push(s.selector[CpuState.ES], size);
            }
            if (inner) {
                stack.push(s.selector[SS], size);
                stack.push(s.r[ESP], size);
            }
            stack.push(s.eflags(), size);
            stack.push(s.selector[CS], size);
            stack.push(s.eip, size);
            if (errorCode != Vector.NO_ERROR_CODE) {
                stack.push(errorCode, size);
            }
        }
    }
}
