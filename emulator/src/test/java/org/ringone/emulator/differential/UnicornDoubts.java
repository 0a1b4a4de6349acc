package org.ringone.emulator.differential;

import java.util.regex.Pattern;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.UserSpace;
import org.ringone.x86.Access;
import org.ringone.x86.Flag;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** What Unicorn is wrong about, or what means nothing: instructions that are not compared. The manual's words stand with each. */
final class UnicornDoubts {
    /**
     * Rows that it takes for undefined: TEST with reg 1 is TEST (AMD's manual, volume 3, appendix A: group 3), hints in registers are
     * NOPs (SDM volume 2, table A-6: group 16, "reserved NOP").
     */
    private static final Pattern UNDEFINED_THERE = Pattern.compile("^(F[67] /1 |0F 18 /[0-3] +\\| NOP)");

    private UnicornDoubts() {}

    static boolean about(Form form) {
        return UNDEFINED_THERE.matcher(form.toString()).find();
    }

    /**
     * RET releases up to 65,535 bytes, the count has no sign (SDM volume 2, RET: "number of stack bytes to release"); BSWAP of a 16-bit
     * register is undefined (SDM volume 2, BSWAP); the second bound of BOUND lies at a 16-bit address too, which wraps (as it does on a
     * bare processor). What a segment allows it does not check: writes by CS would be refused.
     *
     * @param address where the memory operand lies; if that is not known, FFFFh
     */
    static boolean about(Instruction i, int address) {
        boolean listed =
                switch (i.form.mnemonic()) {
                    case "RET" -> i.form.operands() > 0 && (i.immediate & 0x8000) != 0;
                    case "BSWAP" -> i.operandSize == 2;
                    case "BOUND" -> i.addressSize == 2 && (address & 0xFFFF) >= 0x1_0000 - i.operandSize;
                    default -> false;
                };
        return listed || about(i.form) || i.segment == CpuState.CS;
    }

    /**
     * What goes wrong there only behind other instructions: a faulting RCL, RCR or SETcc of memory, and every CMPXCHG8B, take the flags from
     * what stood in memory for them and not from the instructions before; so do LOOPE and LOOPNE when they have counted to zero. And
     * behind PAUSE there is no single step.
     */
    static boolean behindOthers(Instruction i) {
        return switch (i.form.mnemonic()) {
            case "RCL", "RCR", "SETCC" -> i.memory();
            case "CMPXCHG8B", "LOOPE", "LOOPNE", "PAUSE" -> true;
            default -> false;
        };
    }

    /** Instructions of several accesses that have done part of their work there when a later one faults. */
    static boolean partial(Instruction i) {
        return switch (i.form.mnemonic()) {
            case "PUSHA", "POPA", "ENTER" -> true;
            default -> false;
        };
    }

    /**
     * Whether two addresses of page faults are taken for the same. Of two operands of which neither can be read, CMPS tells of the second
     * there; and an operand across two pages is read there before it is checked for the write, so that a second page that cannot be read
     * comes before a first that cannot be written. A bare processor does both as here.
     */
    static boolean sameFault(Instruction i, int ours, int theirs) {
        boolean across = i.memory() && i.memoryAccess() == Access.READ_WRITE && (theirs >>> 12) - (ours >>> 12) == 1;
        return ours >>> 12 == theirs >>> 12 || across || i.form.mnemonic().equals("CMPS");
    }

    /** Whether the first page of an operand across two is marked as written to, which there is not done yet when the second one faults. */
    static boolean marksFirst(Instruction i, int address) {
        return i.memory() && i.memoryAccess() == Access.READ_WRITE && (address & 0xFFF) == 0;
    }

    /** Whether a segment register holds one that may not be written to, which is not looked at there. */
    static boolean guarded(CpuState s) {
        for (int register : new int[] {CpuState.ES, CpuState.DS, CpuState.FS, CpuState.GS}) {
            int selector = s.selector(register);
            if (selector != UserSpace.DATA_SELECTOR && selector != UserSpace.MOVED_SELECTOR) {
                return true;
            }
        }
        return false;
    }

    /** Whether an operand may reach over the end of the address space: beyond the segment's limit, which is not looked at there. */
    static boolean limit(Instruction i, int[] r) {
        if (i.form.string()) {
            return atTheEnd(r[CpuState.ESI]) || atTheEnd(r[CpuState.EDI]);
        }
        int base = i.base >= 0 ? r[i.base] : 0;
        int index = i.index >= 0 ? r[i.index] << i.scale : 0;
        boolean bits = i.form.mnemonic().startsWith("BT") && i.form.operand(1).kind() == Operand.Kind.REG;
        int offset = i.displacement + base + index + (bits ? r[i.reg] >> 3 : 0);
        return i.memory() && i.addressSize == 4 && atTheEnd(offset);
    }

    private static boolean atTheEnd(int offset) {
        return offset >= -64 && offset < 0;
    }

    /** Flags that it takes from elsewhere: those of LOCK NEG from the operand, not from the result (SDM volume 2, NEG). */
    static int flags(Instruction i) {
        return i.lock && i.form.mnemonic().equals("NEG") ? Flag.S | Flag.P : 0;
    }
}
