package org.ringone.reference.memory;

/** What a guest asks for in a batch or by {@code update_va_mapping}. */
public enum UpdateKind {
    /** A write to a table, or a plain one to a page that is none. */
    ENTRY,
    /** A machine-to-physical entry. */
    MACHINE_TO_PHYSICAL,
    /** The entry that maps an address. */
    MAPPING,
    /** A pin. */
    PIN,
    /** The end of a pin. */
    UNPIN,
    /** Another page-table base. */
    NEW_BASE,
    /** A TLB flush. */
    FLUSH,
    /** A flush of caches. */
    FLUSH_CACHE,
    /** Another LDT. */
    LDT
}
