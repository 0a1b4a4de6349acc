package org.ringone.xen;

/** Hypercall {@code grant_table_op}: commands, structures and status values ({@code public/grant_table.h}). */
public final class GrantTableOp {

    public static final int MAP_GRANT_REF = 0;
    public static final int UNMAP_GRANT_REF = 1;
    public static final int SETUP_TABLE = 2;
    public static final int TRANSFER = 4;
    public static final int COPY = 5;
    public static final int QUERY_SIZE = 6;

    /** The most elements of one hypercall. */
    public static final int MOST_ELEMENTS = 512;

    // Status values.
    public static final int OKAY = 0;
    public static final int GENERAL_ERROR = -1;
    public static final int BAD_DOMAIN = -2;
    public static final int BAD_GNTREF = -3;
    public static final int BAD_HANDLE = -4;
    public static final int NO_DEVICE_SPACE = -7;
    public static final int PERMISSION_DENIED = -8;
    public static final int BAD_PAGE = -9;
    public static final int BAD_COPY_ARG = -10;

    // Flags of a mapping.
    public static final int DEVICE_MAP = 1;
    public static final int HOST_MAP = 1 << 1;
    public static final int READONLY = 1 << 2;
    public static final int APPLICATION_MAP = 1 << 3;
    public static final int CONTAINS_PTE = 1 << 4;

    // Flags of a copy.
    public static final int SOURCE_GREF = 1;
    public static final int DEST_GREF = 1 << 1;

    // An entry of the table: 16-bit flags, 16-bit domain, 32-bit frame.
    public static final int ENTRY_SIZE = 8;
    public static final int ENTRY_DOMID = 2;
    public static final int ENTRY_FRAME = 4;

    // Flags of an entry.
    public static final int GTF_TYPE_MASK = 3;
    public static final int GTF_PERMIT_ACCESS = 1;
    public static final int GTF_ACCEPT_TRANSFER = 2;
    public static final int GTF_READONLY = 1 << 2;
    public static final int GTF_READING = 1 << 3;
    public static final int GTF_WRITING = 1 << 4;
    public static final int GTF_TRANSFER_COMMITTED = 1 << 2;
    public static final int GTF_TRANSFER_COMPLETED = 1 << 3;

    private GrantTableOp() {}
}
