package org.ringone.emulator.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringone.emulator.UserSpace;
import org.ringone.x86.Branch;
import org.ringone.x86.Flag;
import org.ringone.x86.Instruction;

/**
 * A program and what it starts from. It ends with the software interrupt {@link #END}, behind which stand functions.
 *
 * @param pages pages of data, by address, that are not open
 */
record Program(List<Piece> pieces, int[] r, int eflags, SortedMap<Integer, UserSpace.Page> pages) {
    /** Vector of the interrupt that ends programs. */
    static final int END = 0x7F;

    private static final Piece LAST = Piece.of((byte) 0xCD, (byte) END);

    static Piece end() {
        return LAST;
    }

    int size() {
        return pieces.size();
    }

    /** Where each piece begins; one more for the end. */
    private int[] places() {
        int[] places = new int[size() + 1];
        for (int k = 0; k < size(); k++) {
            places[k + 1] = places[k] + pieces.get(k).code().length;
        }
        return places;
    }

    /** @return null when an address does not fit its place */
    byte[] code(int base) {
        int[] places = places();
        ByteBuffer code = ByteBuffer.allocate(places[size()]).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < size(); k++) {
            Piece piece = pieces.get(k);
            code.put(places[k], piece.code());
            if (!piece.refers()) {
                continue;
            }
            int target = places[piece.target()] + piece.delta();
            int value = piece.relative() ? target - places[k + 1] : base + target;
            if (piece.width() == 4) {
                code.putInt(places[k] + piece.at(), value);
            } else if (value == (byte) value) {
                code.put(places[k] + piece.at(), (byte) value);
            } else {
                return null;
            }
        }
        return code.array();
    }

    /** By the address of each instruction: the number of its piece. */
    NavigableMap<Integer, Integer> instructions(int base) {
        NavigableMap<Integer, Integer> all = new TreeMap<>();
        int at = base;
        for (int k = 0; k < size(); k++) {
            for (Instruction i : pieces.get(k).instructions()) {
                all.put(at, k);
                at += i.length;
            }
        }
        return all;
    }

    int place(int piece, int base) {
        return base + places()[piece];
    }

    /** The program with another piece before one of its pieces; what leads to that leads to the new one. */
    Program inserted(int before, Piece piece) {
        List<Piece> more = new ArrayList<>();
        for (Piece p : pieces) {
            more.add(p.refers() && p.target() > before ? p.to(p.target() + 1) : p);
        }
        more.add(before, piece);
        return new Program(more, r, eflags, pages);
    }

    /** The program without some pieces; what leads to one of them leads to the next that is left. */
    Program without(int from, int to) {
        List<Piece> fewer = new ArrayList<>();
        for (int k = 0; k < size(); k++) {
            Piece p = pieces.get(k);
            if (k >= from && k < to && p != LAST) {
                continue;
            }
            int target = p.target();
            int dropped = 0;
            for (int n = from; n < Math.min(to, target); n++) {
                dropped += pieces.get(n) == LAST ? 0 : 1;
            }
            fewer.add(p.refers() ? p.to(target - dropped) : p);
        }
        return new Program(fewer, r, eflags, pages);
    }

    Program with(int[] registers, SortedMap<Integer, UserSpace.Page> otherPages) {
        return new Program(pieces, registers, eflags, otherPages);
    }

    /** The flags that may be undefined before each piece, whatever way led there. */
    int[] open() {
        int[] open = new int[size() + 1];
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int k = 0; k < size(); k++) {
                int after = after(k, open[k]);
                changed |= join(open, k + 1, after);
                Instruction last = pieces.get(k).last();
                if (last.form.branch() == Branch.RETURN) {
                    for (int n = 0; n < size(); n++) {
                        boolean called = pieces.get(n).last().form.branch() == Branch.CALL;
                        changed |= called && join(open, n + 1, after);
                    }
                } else if (pieces.get(k).refers()) {
                    changed |= join(open, pieces.get(k).target(), after);
                }
            }
        }
        return open;
    }

    /** The flags that may be undefined after some instructions of a piece, or all. */
    int after(int k, int before) {
        int after = before;
        for (Instruction i : pieces.get(k).instructions()) {
            after = OpenFlags.possible(i, after);
        }
        return after;
    }

    private static boolean join(int[] open, int k, int more) {
        boolean changed = (open[k] | more) != open[k];
        open[k] |= more;
        return changed;
    }

    /** The first piece that looks at flags that may be undefined, or -1. */
    int undetermined() {
        int[] open = open();
        for (int k = 0; k < size(); k++) {
            int before = open[k];
            for (Instruction i : pieces.get(k).instructions()) {
                if ((i.form.flagsTested() & before & Flag.STATUS) != 0) {
                    return k;
                }
                before = OpenFlags.possible(i, before);
            }
        }
        return -1;
    }

    /** The space that it runs in. */
    UserSpace space(long seed) {
        UserSpace space = new UserSpace(seed);
        for (Map.Entry<Integer, UserSpace.Page> page : pages.entrySet()) {
            space.page(page.getKey(), page.getValue());
        }
        return space;
    }

    String before(int base) {
        StringBuilder text = new StringBuilder(Report.state(r, base, eflags));
        pages.forEach((at, page) -> text.append(String.format(
                "%n        page %x %s", at, page.toString().toLowerCase().replace('_', ' '))));
        return text.toString();
    }
}
