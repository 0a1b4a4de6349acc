package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.Vector;
import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** WAIT, and the instructions on control and status words. */
final class FpuControl {
    private static final Operation NOTHING = (cpu, m, i) -> {};

    private FpuControl() {}

    static void bind(OperationTable t) {
        t.bind("WAIT", FpuControl::await);
        t.bind("FNOP", FpuGate.computing(NOTHING));
        t.bind("FNENI", FpuGate.control(NOTHING));
        t.bind("FNDISI", FpuGate.control(NOTHING));
        t.bind("FNSETPM", FpuGate.control(NOTHING));
        t.bind("FNINIT", FpuGate.control((cpu, m, i) -> cpu.fpu().reset()));
        t.bind("FNCLEX", FpuGate.control((cpu, m, i) -> cpu.fpu().clearExceptions()));
        t.bind("FNSTSW", FpuGate.control(FpuControl::storeStatus));
        t.bind("FNSTCW", FpuGate.control((cpu, m, i) -> {
            int address = Operands.address(cpu.s, i);
            m.write16(i.segment, address, cpu.fpu().control());
        }));
        t.bind("FLDCW", FpuGate.waiting((cpu, m, i) -> {
            int value = m.read16(i.segment, Operands.address(cpu.s, i));
            if (!cpu.faulted()) {
                cpu.fpu().control(value);
            }
        }));
    }

    private static void await(Cpu cpu, MemoryPort m, Instruction i) {
        int both = CpuState.CR0_MP | CpuState.CR0_TS;
        if ((cpu.s.cr0() & both) == both) {
            cpu.fault(Vector.NM);
        } else {
            FpuGate.noneWaiting(cpu);
        }
    }

    private static void storeStatus(Cpu cpu, MemoryPort m, Instruction i) {
        if (i.memory()) {
            m.write16(i.segment, Operands.address(cpu.s, i), cpu.fpu().status());
        } else {
            Operands.register(cpu.s, CpuState.EAX, 2, cpu.fpu().status());
        }
    }
}
