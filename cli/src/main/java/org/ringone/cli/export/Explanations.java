package org.ringone.cli.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.ringone.guest.Fixup;
import org.ringone.guest.Fixup.Kind;
import org.ringone.guest.Replay;
import org.ringone.xen.AddressSpace;

/**
 * Says what a word is that was another one in every setting: a frame, an address, an entry of a table, or something that an
 * earlier answer had.
 */
final class Explanations {

    private static final int LOW_BITS = 0xFFF;

    /** start_info, the store's page and the console's lie side by side. */
    private static final int PAGES_AFTER_START_INFO = 3;

    private static final int PAGES_AFTER_BASE_TABLE = 32;
    private static final int PAGES_BEFORE_END = 1024;
    private static final int MOST_TABLES = 100;

    private final List<Ground> grounds;
    private final List<Replay.Table> tables = new ArrayList<>();

    /** By landmark: its pseudo-physical frame in each setting. */
    private final List<int[]> landmarks = new ArrayList<>();

    /** By slot: the word remembered in each setting. */
    private final List<int[]> slots = new ArrayList<>();

    Explanations(List<Ground> grounds) {
        this.grounds = List.copyOf(grounds);
        landmarks.add(each(ground -> 0));
        landmarks.add(each(Ground::startInfo));
        landmarks.add(each(Ground::frameList));
        landmarks.add(each(Ground::baseTable));
        landmarks.add(each(Ground::pages));
        landmarks.add(each(ground -> -1));
        findTables();
    }

    @FunctionalInterface
    private interface Fact {
        int of(Ground ground);
    }

    private int[] each(Fact fact) {
        return grounds.stream().mapToInt(fact::of).toArray();
    }

    /** The tables that there are in every setting. */
    private void findTables() {
        List<String> ways = new ArrayList<>();
        for (String way : grounds.get(0).tables().keySet()) {
            if (ways.size() < MOST_TABLES
                    && grounds.stream().allMatch(g -> g.tables().containsKey(way))) {
                int cut = way.indexOf('/');
                int parent = cut < 0 ? Replay.BASE_TABLE : Replay.FIRST_TABLE + ways.indexOf(way.substring(0, cut));
                tables.add(new Replay.Table(parent, Integer.parseInt(way.substring(cut + 1))));
                landmarks.add(each(ground -> ground.tables().get(way)));
                ways.add(way);
            }
        }
    }

    /** The tables among the landmarks. */
    List<Replay.Table> tables() {
        return tables;
    }

    /** How many words are remembered. */
    int slots() {
        return slots.size();
    }

    /** Remembers a word that is not explained; gives its slot. */
    int remember(int[] word) {
        slots.add(word);
        return slots.size() - 1;
    }

    /**
     * What a word is, for a place still to be named.
     *
     * @param word the word in each setting
     * @param computed whether it may be something remembered with something added: clients compute, answers repeat
     */
    Optional<Fixup> of(int[] word, boolean computed) {
        return frame(Kind.FRAME, word, w -> w, 0)
                .or(() -> entry(word))
                .or(() -> reverse(word))
                .or(() -> address(word))
                .or(() -> number(word))
                .or(() -> remembered(word, computed));
    }

    private Optional<Fixup> entry(int[] word) {
        int low = word[0] & LOW_BITS;
        return allEqual(word, w -> w & LOW_BITS) ? frame(Kind.LOW, word, w -> w >>> 12, low) : Optional.empty();
    }

    private Optional<Fixup> reverse(int[] word) {
        int table = AddressSpace.MACH2PHYS_START;
        for (int w : word) {
            if (Integer.compareUnsigned(w, table) < 0) {
                return Optional.empty();
            }
        }
        int low = word[0] & 3;
        return allEqual(word, w -> w & 3)
                ? frame(Kind.REVERSE, word, w -> w - table >>> 2, table + low)
                : Optional.empty();
    }

    private Optional<Fixup> address(int[] word) {
        int[] pfns = new int[word.length];
        for (int i = 0; i < word.length; i++) {
            pfns[i] = grounds.get(i).pfn(word[i]);
            if (pfns[i] < 0 || pfns[i] > grounds.get(i).pages()) {
                return Optional.empty();
            }
        }
        int low = word[0] & LOW_BITS;
        return allEqual(word, w -> w & LOW_BITS) ? page(Kind.ADDRESS, pfns, low) : Optional.empty();
    }

    private Optional<Fixup> number(int[] word) {
        return page(Kind.NUMBER, word, 0);
    }

    private Optional<Fixup> remembered(int[] word, boolean computed) {
        for (int slot = slots.size() - 1; slot >= 0; slot--) {
            int[] known = slots.get(slot);
            int difference = word[0] - known[0];
            boolean same = computed || difference == 0;
            for (int i = 1; same && i < word.length; i++) {
                same = word[i] - known[i] == difference;
            }
            if (same) {
                return Optional.of(new Fixup(0, Kind.SLOT, 0, slot, difference));
            }
        }
        return Optional.empty();
    }

    private Optional<Fixup> frame(Kind kind, int[] word, IntUnaryOperator mfnOf, int addend) {
        int[] pfns = new int[word.length];
        boolean shared = true;
        boolean own = true;
        for (int i = 0; i < word.length; i++) {
            int mfn = mfnOf.applyAsInt(word[i]);
            shared &= mfn == grounds.get(i).sharedInfoMfn();
            Integer pfn = grounds.get(i).pfnOf(mfn);
            own &= pfn != null;
            pfns[i] = pfn == null ? -1 : pfn;
        }
        if (shared) {
            return Optional.of(new Fixup(0, kind, Replay.SHARED_INFO, 0, addend));
        }
        return own ? page(kind, pfns, addend) : Optional.empty();
    }

    /** The landmark that these pages are equally far from. */
    private Optional<Fixup> page(Kind kind, int[] pfns, int addend) {
        for (int landmark = 0; landmark < landmarks.size(); landmark++) {
            int[] at = landmarks.get(landmark);
            int index = pfns[0] - at[0];
            boolean same = landmark != Replay.SHARED_INFO && near(landmark, index);
            for (int i = 1; same && i < pfns.length; i++) {
                same = pfns[i] - at[i] == index;
            }
            if (same) {
                return Optional.of(new Fixup(0, kind, landmark, index, addend));
            }
        }
        return Optional.empty();
    }

    private boolean near(int landmark, int index) {
        return switch (landmark) {
            case Replay.FIRST_FRAME -> true;
            case Replay.START_INFO -> index >= 0 && index < PAGES_AFTER_START_INFO;
            case Replay.FRAME_LIST ->
                index >= 0
                        && index <= grounds.get(0).startInfo() - grounds.get(0).frameList();
            case Replay.BASE_TABLE -> index >= 0 && index < PAGES_AFTER_BASE_TABLE;
            case Replay.END -> index <= 0 && index >= -PAGES_BEFORE_END;
            default -> index == 0;
        };
    }

    private static boolean allEqual(int[] word, IntUnaryOperator part) {
        int first = part.applyAsInt(word[0]);
        for (int w : word) {
            if (part.applyAsInt(w) != first) {
                return false;
            }
        }
        return true;
    }
}
