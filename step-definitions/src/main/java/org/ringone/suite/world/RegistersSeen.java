package org.ringone.suite.world;

import java.util.EnumSet;
import java.util.Set;
import org.ringone.guest.Entry;
import org.ringone.guest.Outcome;
import org.ringone.guest.Register;
import org.ringone.guest.Registers;
import org.ringone.guest.SavedFrame;
import org.ringone.suite.verdict.Violation;

/**
 * The registers with which a piece of guest code ended: as it left them at its end, or as the entry into the kernel that ended
 * it found them.
 */
public record RegistersSeen(Registers registers, SavedFrame frame) {

    /** The registers without a meaning of their own. */
    public static final Set<Register> GENERAL = EnumSet.of(
            Register.EAX,
            Register.ECX,
            Register.EDX,
            Register.EBX,
            Register.ESP,
            Register.EBP,
            Register.ESI,
            Register.EDI);

    static RegistersSeen of(Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) {
            return new RegistersSeen(completed.registers(), completed.frame());
        }
        if (outcome instanceof Outcome.Trapped trapped) {
            return of(trapped.trap());
        }
        if (outcome instanceof Outcome.FailedSafe failed) {
            return of(failed.failsafe());
        }
        throw Violation.of("the code runs to its end", new Answer.Ran(outcome).toString());
    }

    private static RegistersSeen of(Entry entry) {
        return new RegistersSeen(entry.registers(), entry.frame());
    }

    /** The value of a register; of CS the selector alone. */
    public int value(Register register) {
        return switch (register) {
            case EAX -> registers.eax();
            case ECX -> registers.ecx();
            case EDX -> registers.edx();
            case EBX -> registers.ebx();
            case ESP -> registers.esp();
            case EBP -> registers.ebp();
            case ESI -> registers.esi();
            case EDI -> registers.edi();
            case EFLAGS -> registers.eflags();
            case EIP -> frame.eip();
            case CS -> frame.cs();
            case SS -> frame.ss();
            case DS -> registers.ds();
            case ES -> registers.es();
            case FS -> registers.fs();
            case GS -> registers.gs();
        };
    }

    /** Gives the general registers' values their names, so that one register can be compared with another. */
    public void name(Guest guest) {
        for (Register register : GENERAL) {
            guest.name(register.name(), value(register) & 0xFFFF_FFFFL);
        }
    }
}
