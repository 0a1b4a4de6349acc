package org.ringone.emulator.differential;

import java.util.ArrayList;
import java.util.List;
import org.ringone.emulator.RowBytes;
import org.ringone.x86.Instruction;

/**
 * A piece of a program: an instruction or a few that belong together, and the place in its code where another piece's address stands.
 *
 * @param at where in the code the address stands; -1 when there is none
 * @param width bytes of the address: 1 or 4
 * @param relative whether it counts from the address's end, which then is the end of the code
 * @param target the number of the other piece
 * @param delta is added to the other piece's address
 */
record Piece(byte[] code, int at, int width, boolean relative, int target, int delta) {
    static Piece of(byte... code) {
        return new Piece(code, -1, 0, false, -1, 0);
    }

    /** The piece followed by another that stands alone. */
    Piece then(byte... more) {
        byte[] all = java.util.Arrays.copyOf(code, code.length + more.length);
        System.arraycopy(more, 0, all, code.length, more.length);
        return new Piece(all, at, width, relative, target, delta);
    }

    Piece to(int other) {
        return new Piece(code, at, width, relative, other, delta);
    }

    boolean refers() {
        return at >= 0;
    }

    List<Instruction> instructions() {
        List<Instruction> all = new ArrayList<>();
        for (int from = 0; from < code.length; from += all.get(all.size() - 1).length) {
            all.add(RowBytes.decode(java.util.Arrays.copyOfRange(code, from, code.length)));
        }
        return all;
    }

    Instruction last() {
        List<Instruction> all = instructions();
        return all.get(all.size() - 1);
    }
}
