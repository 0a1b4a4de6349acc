package org.ringone.cli.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.ringone.guest.AnswerWords;
import org.ringone.guest.Fixup;
import org.ringone.xen.PageTableBits;

/** Finds the words of one message, or of one answer, that differ between the settings, and what they are. */
final class Differences {

    private static final int WORD = 4;
    private static final int HIGH_PLAIN_BITS = 0x7FFF_FFFF;

    private final Explanations explanations;
    private final List<byte[]> variants;
    private final TreeMap<Integer, AnswerWords.Word> words = new TreeMap<>();
    private final boolean answer;
    private final List<Fixup> fixups = new ArrayList<>();
    private final int length;
    private int done;

    private Differences(
            Explanations explanations, List<byte[]> variants, List<AnswerWords.Word> words, boolean answer) {
        this.explanations = explanations;
        this.variants = variants;
        this.answer = answer;
        this.length = variants.get(0).length;
        words.forEach(word -> this.words.put(word.offset(), word));
    }

    /** Of a message, as it was in each setting. A word that cannot be explained is an obstacle. */
    static List<Fixup> ofRequest(Explanations explanations, List<byte[]> variants) throws NotExportable {
        return new Differences(explanations, variants, List.of(), false).find();
    }

    /** Of an answer. A word that cannot be explained is not compared, but remembered: later ones may be the same. */
    static List<Fixup> ofAnswer(Explanations explanations, List<byte[]> variants, List<AnswerWords.Word> words)
            throws NotExportable {
        return new Differences(explanations, variants, words, true).find();
    }

    private List<Fixup> find() throws NotExportable {
        for (byte[] variant : variants) {
            if (variant.length != length) {
                throw new NotExportable("its course depends on the machine: " + (answer ? "an answer" : "a message")
                        + " has another length on another machine");
            }
        }
        while (done < length) {
            AnswerWords.Word word = words.get(done);
            if (word != null && word.meaning() == AnswerWords.Meaning.TIME) {
                remember(done);
            } else if (word != null && word.meaning() == AnswerWords.Meaning.SAVED_FLAGS && same(done)) {
                flags();
            } else if (differs(done)) {
                explain();
            } else {
                done++;
            }
        }
        return fixups;
    }

    private boolean differs(int at) {
        byte first = variants.get(0)[at];
        return variants.stream().anyMatch(variant -> variant[at] != first);
    }

    /** Whether the word there is the same in all settings. */
    private boolean same(int at) {
        for (int i = at; i < at + WORD; i++) {
            if (differs(i)) {
                return false;
            }
        }
        return true;
    }

    private void flags() {
        fixups.add(new Fixup(done, Fixup.Kind.FLAGS, 0, 0, word(done)[0]));
        done += WORD;
    }

    /** The byte at {@code done} differs. */
    private void explain() throws NotExportable {
        int first = done;
        int from = fixups.isEmpty() ? 0 : fixups.get(fixups.size() - 1).offset() + WORD;
        int aligned = wordAround(first);
        if (aligned >= from && tryAt(aligned)) {
            return;
        }
        for (int at = first; at > first - WORD; at--) {
            if (at >= from && at + WORD <= length && tryAt(at)) {
                return;
            }
        }
        if (!answer) {
            throw new NotExportable(
                    "it sends a word that is another one on another machine, and nobody can tell what it is");
        }
        int at = aligned >= from ? aligned : Math.min(first, length - WORD);
        if (at < from) {
            throw new NotExportable("an answer has a byte that is another one on another machine");
        }
        remember(at);
    }

    /** Where the word begins that the byte at an offset belongs to; -1 when that is not known. */
    private int wordAround(int offset) {
        Integer start = words.floorKey(offset);
        return start == null || offset - start >= WORD ? -1 : start;
    }

    private boolean tryAt(int at) {
        Optional<Fixup> found = explanations.of(word(at), !answer);
        if (found.isEmpty()) {
            return false;
        }
        Fixup fixup = found.get().at(at);
        done = at + WORD;
        boolean low = fixup.kind() == Fixup.Kind.LOW;
        boolean entry = low && answer && (fixup.addend() & PageTableBits.PRESENT) != 0;
        fixups.add(entry ? fixup.as(Fixup.Kind.ENTRY) : fixup);
        if (low) {
            high(fixup);
        }
        return true;
    }

    /** Behind the low word of an entry stands the high one: the same on every small machine, but not on a large one. */
    private void high(Fixup low) {
        int at = low.offset() + WORD;
        if (at + WORD > length) {
            return;
        }
        int[] word = word(at);
        for (int w : word) {
            if (w != word[0] || (w & HIGH_PLAIN_BITS) != 0) {
                return;
            }
        }
        fixups.add(new Fixup(at, Fixup.Kind.HIGH, low.landmark(), low.index(), word[0]));
        done = at + WORD;
    }

    private void remember(int at) {
        fixups.add(Fixup.remember(at, explanations.remember(word(at))));
        done = at + WORD;
    }

    private int[] word(int at) {
        return variants.stream()
                .mapToInt(b ->
                        b[at] & 0xFF | (b[at + 1] & 0xFF) << 8 | (b[at + 2] & 0xFF) << 16 | (b[at + 3] & 0xFF) << 24)
                .toArray();
    }
}
