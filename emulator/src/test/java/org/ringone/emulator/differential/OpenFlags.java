package org.ringone.emulator.differential;

import java.util.Set;
import org.ringone.x86.Flag;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Which flags an instruction leaves undefined, as the table says. */
final class OpenFlags {
    /** Instructions whose last operand is a count, of which five bits matter. */
    private static final Set<String> COUNTED = Set.of("ROL", "ROR", "RCL", "RCR", "SHL", "SHR", "SAR", "SHLD", "SHRD");

    private OpenFlags() {}

    /** The flags that are undefined after an instruction. @param ecx before it */
    static int after(Instruction i, int ecx) {
        if (!counted(i)) {
            return i.form.flagsUndefined();
        }
        int count =
                switch (i.form.operand(i.form.operands() - 1)) {
                    case CL -> ecx & 31;
                    case ONE -> 1;
                    default -> i.immediate & 31;
                };
        if (count == 0) {
            return 0;
        }
        int beyond = count > 8 * i.operandSize ? i.form.flagsUndefinedBeyondWidth() : 0;
        return i.form.flagsUndefined() & ~(count == 1 ? Flag.O : 0) | beyond;
    }

    /**
     * The flags that may be undefined after an instruction, whatever the registers are and whether it faults or not.
     *
     * @param before those that may be undefined before it
     */
    static int possible(Instruction i, int before) {
        if (counted(i)) {
            boolean byRegister = i.form.operand(i.form.operands() - 1) == Operand.CL;
            int count = i.immediate & 31;
            int open = byRegister ? i.form.flagsUndefined() | i.form.flagsUndefinedBeyondWidth() : after(i, 0);
            return open | (byRegister || i.memory() || count == 0 ? before : before & ~i.form.flagsWritten());
        }
        if (UnicornDoubts.flags(i) != 0) {
            return before | UnicornDoubts.flags(i);
        }
        boolean always = !i.memory() && !i.form.string() && i.form.flagsUndefined() != Flag.STATUS;
        return i.form.flagsUndefined() | (always ? before & ~i.form.flagsWritten() : before);
    }

    private static boolean counted(Instruction i) {
        return COUNTED.contains(i.form.mnemonic());
    }
}
