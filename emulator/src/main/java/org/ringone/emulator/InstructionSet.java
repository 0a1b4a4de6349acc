package org.ringone.emulator;

import org.ringone.emulator.fpu.FpuInstructions;
import org.ringone.emulator.op.IntegerInstructions;
import org.ringone.emulator.sse.VectorInstructions;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;

/** Binds decoded instructions to operations: all families together. */
public final class InstructionSet {
    private static final OperationTable TABLE = new OperationTable();
    private static final Operation UNDEFINED = (cpu, memory, i) -> cpu.fault(Vector.UD);
    private static final Operation TOO_LONG = (cpu, memory, i) -> cpu.fault(Vector.GP, 0);

    static {
        IntegerInstructions.bind(TABLE);
        SegmentInstructions.bind(TABLE);
        FarTransfers.bind(TABLE);
        InterruptReturn.bind(TABLE);
        SystemInstructions.bind(TABLE);
        DebugInstructions.bind(TABLE);
        PortInstructions.bind(TABLE);
        FpuInstructions.bind(TABLE);
        VectorInstructions.bind(TABLE);
    }

    private InstructionSet() {}

    /** The operation of an instruction; one that this processor does not have raises #UD. */
    public static Operation bind(Instruction i) {
        if (i.form == Form.TOO_LONG) {
            return TOO_LONG;
        }
        Binder binder = TABLE.binder(i.form.mnemonic());
        return binder == null ? UNDEFINED : binder.bind(i);
    }
}
