package org.ringone.emulator;

import java.util.HashMap;
import java.util.Map;
import org.ringone.x86.Instruction;
import org.ringone.x86.Privilege;

/** Which operation each mnemonic of the instruction table has: filled once, by the families. */
public final class OperationTable {
    private final Map<String, Binder> binders = new HashMap<>();

    OperationTable() {}

    /** Binds all forms of a mnemonic to one operation. */
    public void bind(String mnemonic, Operation operation) {
        choose(mnemonic, i -> operation);
    }

    /**
     * Binds a mnemonic to a choice by operand form. The conditions that the instruction table names (privilege level 0, protected mode
     * only) are checked before the operation is called.
     */
    public void choose(String mnemonic, Binder binder) {
        put(mnemonic, i -> guard(i, binder.bind(i)));
    }

    /** Binds a mnemonic to an operation that checks privilege by itself. */
    void bindUnguarded(String mnemonic, Operation operation) {
        put(mnemonic, i -> operation);
    }

    private void put(String mnemonic, Binder binder) {
        if (binders.put(mnemonic, binder) != null) {
            throw new IllegalStateException(mnemonic + " is bound twice");
        }
    }

    private static Operation guard(Instruction i, Operation operation) {
        boolean protectedOnly = i.form.protectedModeOnly();
        boolean innermost = i.form.privilege() == Privilege.CPL0;
        if (!protectedOnly && !innermost) {
            return operation;
        }
        return (cpu, memory, x) -> {
            if (protectedOnly && cpu.segmentation().real()) {
                cpu.fault(Vector.UD);
            } else if (innermost && cpu.s.cpl != 0) {
                cpu.fault(Vector.GP, 0);
            } else {
                operation.execute(cpu, memory, x);
            }
        };
    }

    /** The binder of a mnemonic, or null. */
    Binder binder(String mnemonic) {
        return binders.get(mnemonic);
    }
}
