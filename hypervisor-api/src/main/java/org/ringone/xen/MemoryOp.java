package org.ringone.xen;

/** {@code memory_op}: commands. */
public final class MemoryOp {

    /** Get frames. */
    public static final int INCREASE_RESERVATION = 0;

    /** Give frames back. */
    public static final int DECREASE_RESERVATION = 1;

    /** The highest machine frame. */
    public static final int MAXIMUM_RAM_PAGE = 2;

    /** Frames held. */
    public static final int CURRENT_RESERVATION = 3;

    /** Frames that may be held. */
    public static final int MAXIMUM_RESERVATION = 4;

    /** The frames of the machine-to-physical table. */
    public static final int MACHPHYS_MFN_LIST = 5;

    /** Get frames for given pseudo-physical ones. */
    public static final int POPULATE_PHYSMAP = 6;

    /** Place a page in a translated domain. */
    public static final int ADD_TO_PHYSMAP = 7;

    /** Translate a translated domain's frames. */
    public static final int TRANSLATE_GPFN_LIST = 8;

    /** The pseudo-physical memory map. */
    public static final int MEMORY_MAP = 9;

    /** The machine's memory map; initial domain. */
    public static final int MACHINE_MEMORY_MAP = 10;

    /** Exchange frames. */
    public static final int EXCHANGE = 11;

    /** Where the machine-to-physical table lies. */
    public static final int MACHPHYS_MAPPING = 12;

    /** Set the pseudo-physical memory map. */
    public static final int SET_MEMORY_MAP = 13;

    private MemoryOp() {}
}
