package org.ringone.emulator;

import org.ringone.emulator.op.IntegerInstructions;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.Privilege;

/** Binds decoded instructions to operations: all families together. */
public final class InstructionSet {
    private static final OperationTable TABLE = new OperationTable();

    static {
        IntegerInstructions.bind(TABLE);
        SystemInstructions.bind(TABLE);
    }

    private InstructionSet() {}

    /** The operation of an instruction; one that this processor does not have raises #UD. */
    public static Operation bind(Instruction i) {
        if (i.form == Form.TOO_LONG) {
            return (cpu, memory, x) -> cpu.fault(Vector.GP, 0);
        }
        Binder binder = TABLE.binder(i.form.mnemonic());
        if (binder == null) {
            return (cpu, memory, x) -> cpu.fault(Vector.UD);
        }
        Operation operation = binder.bind(i);
        if (i.form.privilege() == Privilege.CPL0) {
            return (cpu, memory, x) -> {
                if (cpu.s.cpl != 0) {
                    cpu.fault(Vector.GP, 0);
                } else {
                    operation.execute(cpu, memory, x);
                }
            };
        }
        return operation;
    }
}
