package org.ringone.emulator.differential;

import java.util.List;
import org.ringone.x86.Branch;
import org.ringone.x86.Form;
import org.ringone.x86.InstructionTable;
import org.ringone.x86.Privilege;

/** The rows of the table that a user's program may have, all but jumps and calls. */
final class UserRows {
    private UserRows() {}

    static List<Form> forms() {
        return InstructionTable.forms().stream()
                .skip(3)
                .filter(form -> form.privilege() == Privilege.NONE)
                .filter(form -> form.branch() == Branch.NONE
                        || form.branch() == Branch.SYSTEM
                        || form.mnemonic().equals("BOUND"))
                .toList();
    }
}
