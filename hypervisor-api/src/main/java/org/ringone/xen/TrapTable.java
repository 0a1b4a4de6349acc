package org.ringone.xen;

/** Entries of {@code set_trap_table}: vector, flags, cs, address. */
public final class TrapTable {

    /** Bytes of an entry. */
    public static final int ENTRY_SIZE = 8;

    /** Offset: byte. */
    public static final int VECTOR = 0;

    /** Offset: byte. */
    public static final int FLAGS = 1;

    /** Offset: 16 bits. */
    public static final int CS = 2;

    /** Offset: 32 bits; 0 ends the table. */
    public static final int ADDRESS = 4;

    /** Flags: the lowest privilege that may raise it by INT n. */
    public static final int FLAG_DPL_MASK = 3;

    /** Flags: mask events on entry. */
    public static final int FLAG_MASK_EVENTS = 4;

    private TrapTable() {}
}
