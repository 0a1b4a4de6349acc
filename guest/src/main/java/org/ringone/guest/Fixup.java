package org.ringone.guest;

/**
 * A word of a message that is another one on every machine: how the image finds it out for itself.
 *
 * @param offset where it stands in the message; words need not be aligned
 * @param kind what it is
 * @param landmark the number of a landmark of the script (see {@link Replay}): the page it is of is so many behind that
 * @param index so many pages behind the landmark; or the number of the slot where it is remembered
 * @param addend what is added in the end: low bits of an entry, an offset in the page, a difference
 */
public record Fixup(int offset, Kind kind, int landmark, int index, int addend) {

    /** What a word is, in the order of the numbers in {@code replay.asm}. */
    public enum Kind {
        /** A machine frame number. */
        FRAME,
        /** The low word of a machine address or a table entry. */
        LOW,
        /** The high word of a table entry. */
        HIGH,
        /** The low word of a table entry in an answer, but for its accessed and dirty bits: processors set those as they please. */
        ENTRY,
        /** Four bytes a machine frame: the address of its entry in the machine-to-physical table. */
        REVERSE,
        /** A virtual address. */
        ADDRESS,
        /** A pseudo-physical frame number. */
        NUMBER,
        /** A word remembered from an earlier answer. */
        SLOT,
        /** A word of an answer that is not compared, but remembered. */
        REMEMBER,
        /** The flags that an entry saved, but for RF: some processors set it in the frame of a fault, and others do not. */
        FLAGS
    }

    /** A word that is remembered from an answer. */
    public static Fixup remember(int offset, int slot) {
        return new Fixup(offset, Kind.REMEMBER, 0, slot, 0);
    }

    /** The same word at another place. */
    public Fixup at(int newOffset) {
        return new Fixup(newOffset, kind, landmark, index, addend);
    }

    /** The same place as something else. */
    public Fixup as(Kind other) {
        return new Fixup(offset, other, landmark, index, addend);
    }
}
