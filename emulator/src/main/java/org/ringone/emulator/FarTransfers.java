package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/**
 * Far JMP, CALL and RET: call gates and task switches included.
 */
final class FarTransfers {
    private FarTransfers() {}

    static void bind(OperationTable t) {
        t.bind("JMPF", FarTransfers::jump);
        t.bind("CALLF", FarTransfers::call);
        t.bind("RETF", FarTransfers::ret);
    }

    /** Offset in the low, selector in the upper half; ask {@link Cpu#faulted}. */
    private static long target(Cpu cpu, MemoryPort m, Instruction i) {
        if (!i.memory()) {
            return pointer(i.immediate2, i.operandSize == 4 ? i.immediate : i.immediate & 0xFFFF);
        }
        int at = Operands.address(cpu.s, i);
        int selectorAt = at + i.operandSize;
        if (i.addressSize == 2) {
            selectorAt &= 0xFFFF;
        }
        int offset = i.operandSize == 4 ? m.read32(i.segment, at) : m.read16(i.segment, at);
        return pointer(m.read16(i.segment, selectorAt), offset);
    }

    private static long pointer(int selector, int offset) {
        return (long) (selector & 0xFFFF) << 32 | offset & 0xFFFF_FFFFL;
    }

    private static void jump(Cpu cpu, MemoryPort m, Instruction i) {
        long target = target(cpu, m, i);
        if (cpu.faulted()) {
            return;
        }
        int selector = (int) (target >>> 32);
        int offset = (int) target;
        Segmentation segments = cpu.segmentation();
        if (segments.real()) {
            jumpReal(cpu, selector, offset);
            return;
        }
        if (TaskSwitch.taken(cpu, selector, TaskSwitch.Cause.JUMP)) {
            return;
        }
        CodeTarget code = CodeTarget.find(cpu, selector, offset, false);
        if (code != null && segments.markAccessed(code.selector(), code.descriptor())) {
            code.enter(cpu);
        }
    }

    /** Whether the offset was within the limit, which stays. */
    private static boolean jumpReal(Cpu cpu, int selector, int offset) {
        if (!cpu.canJump(offset)) {
            return false;
        }
        cpu.segmentation().setReal(CS, selector);
        cpu.s.eip = offset;
        return true;
    }

    private static void call(Cpu cpu, MemoryPort m, Instruction i) {
        long target = target(cpu, m, i);
        if (cpu.faulted()) {
            return;
        }
        CpuState s = cpu.s;
        int selector = (int) (target >>> 32);
        int offset = (int) target;
        Segmentation segments = cpu.segmentation();
        if (segments.real()) {
            NewStack stack = NewStack.current(cpu);
            if (cpu.canJump(offset) && stack.probe(2, i.operandSize)) {
                stack.push(s.selector[CS], i.operandSize);
                stack.push(s.eip, i.operandSize);
                s.r[ESP] = stack.pointer();
                jumpReal(cpu, selector, offset);
            }
            return;
        }
        if (TaskSwitch.taken(cpu, selector, TaskSwitch.Cause.CALL)) {
            return;
        }
        CodeTarget code = CodeTarget.find(cpu, selector, offset, true);
        if (code == null) {
            return;
        }
        int size = code.gateSize() == 0 ? i.operandSize : code.gateSize();
        if (code.level() < s.cpl) {
            callInner(cpu, code, size);
            return;
        }
        NewStack stack = NewStack.current(cpu);
        if (stack.probe(2, size) && segments.markAccessed(code.selector(), code.descriptor())) {
            stack.push(s.selector[CS], size);
            stack.push(s.eip, size);
            s.r[ESP] = stack.pointer();
            code.enter(cpu);
        }
    }

    /** A call through a gate to an inner level: new stack, parameters copied from the old one. */
    private static void callInner(Cpu cpu, CodeTarget code, int size) {
        CpuState s = cpu.s;
        Segmentation segments = cpu.segmentation();
        Segmentation.InnerStack inner = segments.innerStack(code.level());
        if (inner == null) {
            return;
        }
        long stackDescriptor = segments.stack(inner.selector(), code.level(), Vector.TS, Vector.SS);
        if (cpu.faulted()) {
            return;
        }
        NewStack stack = new NewStack(cpu, inner.selector(), stackDescriptor, inner.pointer(), code.level());
        int[] parameters = new int[code.parameters()];
        for (int n = 0; n < parameters.length; n++) {
            int at = s.r[ESP] + n * size & (s.stack32() ? -1 : 0xFFFF);
            parameters[n] = size == 4 ? cpu.port.read32(SS, at) : cpu.port.read16(SS, at);
        }
        if (cpu.faulted()
                || !stack.probe(4 + parameters.length, size)
                || !segments.markAccessed(inner.selector(), stackDescriptor)
                || !segments.markAccessed(code.selector(), code.descriptor())) {
            return;
        }
        stack.push(s.selector[SS], size);
        stack.push(s.r[ESP], size);
        for (int n = parameters.length - 1; n >= 0; n--) {
            stack.push(parameters[n], size);
        }
        stack.push(s.selector[CS], size);
        stack.push(s.eip, size);
        code.enter(cpu);
        segments.set(SS, inner.selector(), Segmentation.accessed(stackDescriptor));
        s.r[ESP] = stack.pointer();
    }

    private static void ret(Cpu cpu, MemoryPort m, Instruction i) {
        int released = i.form.operands() > 0 ? i.immediate & 0xFFFF : 0;
        Popped frame = new Popped(cpu, m, i.operandSize);
        int eip = frame.next();
        int selector = frame.next() & 0xFFFF;
        if (cpu.faulted()) {
            return;
        }
        if (cpu.segmentation().real()) {
            if (jumpReal(cpu, selector, eip)) {
                frame.skip(released);
                frame.commit();
            }
            return;
        }
        frame.skip(released);
        Return.to(cpu, selector, eip, frame, released);
    }
}
