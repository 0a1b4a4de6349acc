package org.ringone.emulator.differential;

import java.util.HexFormat;
import org.ringone.emulator.RowBytes;
import org.ringone.x86.Disassembler;
import org.ringone.x86.Instruction;

/**
 * A case in which two processors differ, for people: the program as assembly, the state before it, and the state after it of each.
 *
 * @param program see {@link #listing}
 */
record Report(String program, String before, String ours, String theirs) {
    private static final String[] FLAGS = {
        "CF", "", "PF", "", "AF", "", "ZF", "SF", "TF", "IF", "DF", "OF", "", "", "NT", "", "RF", "VM", "AC", "", "",
        "ID"
    };

    /** A line for each instruction of a piece of code: its address, its bytes, its text. */
    static String listing(byte[] code, int address) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < code.length; ) {
            byte[] rest = java.util.Arrays.copyOfRange(code, at, code.length);
            Instruction i = RowBytes.decode(rest);
            int length = Math.max(1, i.length);
            text.append(String.format(
                    "  %05x  %-24s %s%n",
                    address + at,
                    HexFormat.of().formatHex(rest, 0, Math.min(length, rest.length)),
                    Disassembler.text(i, address + at)));
            at += length;
        }
        return text.toString();
    }

    /** General registers, EIP and flags in a line. */
    static String state(int[] r, int eip, int eflags) {
        return String.format(
                "eax %x ecx %x edx %x ebx %x esp %x ebp %x esi %x edi %x eip %x flags %x%s",
                r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], eip, eflags, names(eflags));
    }

    private static String names(int eflags) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < FLAGS.length; bit++) {
            if ((eflags >> bit & 1) != 0 && !FLAGS[bit].isEmpty()) {
                text.append(text.isEmpty() ? " (" : " ").append(FLAGS[bit]);
            }
        }
        return text.isEmpty() ? "" : text.append(')').toString();
    }

    @Override
    public String toString() {
        return String.format("%n%sbefore  %s%nours    %s%ntheirs  %s%n", program, before, ours, theirs);
    }
}
