package org.ringone.properties.tables;

import org.ringone.xen.PageTableBits;

/**
 * A table entry. Only its machine frame is said in other words.
 *
 * @param target the page it names, counted from 0 among the tables of a trial, or {@link #NO_FRAME} or
 *     {@link #HYPERVISOR}
 * @param flags its bits 0 to 11
 * @param top its bits 48 to 63
 */
public record Mapping(int target, int flags, int top) {

    /** The target of an entry that names machine frame 0, as an empty one does. */
    public static final int NO_FRAME = -1;

    /** The target of an entry that names a frame of the hypervisor. */
    public static final int HYPERVISOR = -2;

    /** An empty entry. */
    public static final Mapping NONE = new Mapping(NO_FRAME, 0, 0);

    /** NX, as it stands in {@code top}. */
    public static final int NX = 0x8000;

    private static final int ORDINARY =
            PageTableBits.PRESENT | PageTableBits.USER | PageTableBits.ACCESSED | PageTableBits.DIRTY;
    private static final int TARGET_BITS = 0xFF;

    /** The usual entry for a page. */
    public static Mapping of(int target, boolean writable) {
        return new Mapping(target, ORDINARY | (writable ? PageTableBits.RW : 0), 0);
    }

    public boolean present() {
        return (flags & PageTableBits.PRESENT) != 0;
    }

    /** Whether it is present and has RW set. */
    public boolean writable() {
        return present() && (flags & PageTableBits.RW) != 0;
    }

    /** The same but for the flag byte. */
    Mapping withFlagByte(int low) {
        return new Mapping(target, flags & ~0xFF | low & 0xFF, top);
    }

    /** The entry as it stands in memory when its target is that frame. */
    long bits(long mfn) {
        return (long) top << 48 | mfn << 12 | flags;
    }

    @Override
    public String toString() {
        String page = target == NO_FRAME ? "frame 0" : target == HYPERVISOR ? "a hypervisor's frame" : name(target);
        return equals(NONE)
                ? "nothing"
                : String.format("%s with %03x%s", page, flags, top == 0 ? "" : String.format(" and top %04x", top));
    }

    /** The name of a table of a trial. */
    static String name(int page) {
        return switch (page) {
            case TableTrial.ROOT -> "root";
            case TableTrial.TOP -> "root.l2";
            case TableTrial.BOOT_TOP -> "boot_l2";
            case TableTrial.BOOT_ROOT -> "boot_l3";
            default -> "p" + (page & TARGET_BITS);
        };
    }
}
