package org.ringone.xen;

/** Byte offsets in {@code start_info}, which ESI points to at the guest's first instruction. */
public final class StartInfo {

    /** 32 bytes: "xen-3.0-x86_32p". */
    public static final int MAGIC = 0;

    /** Pages given to the domain. */
    public static final int NR_PAGES = 32;

    /** Machine address of the shared info page. */
    public static final int SHARED_INFO = 36;

    /** Bit 0: privileged; bit 1: initial domain. */
    public static final int FLAGS = 40;

    /** Machine frame of the store ring. */
    public static final int STORE_MFN = 44;

    /** Event channel of the store. */
    public static final int STORE_EVTCHN = 48;

    /** Machine frame of the console ring (ordinary domain). */
    public static final int CONSOLE_MFN = 52;

    /** Event channel of the console (ordinary domain). */
    public static final int CONSOLE_EVTCHN = 56;

    /** Offset of the video console info (initial domain). */
    public static final int CONSOLE_INFO_OFFSET = 52;

    /** Size of the video console info (initial domain). */
    public static final int CONSOLE_INFO_SIZE = 56;

    /** Virtual address of the page-table base. */
    public static final int PT_BASE = 60;

    /** Frames of boot page tables. */
    public static final int NR_PT_FRAMES = 64;

    /** Virtual address of the frame list. */
    public static final int MFN_LIST = 68;

    /** Virtual address of the ramdisk, 0 without one. */
    public static final int MOD_START = 72;

    /** Bytes of the ramdisk. */
    public static final int MOD_LEN = 76;

    /** NUL-terminated command line. */
    public static final int CMD_LINE = 80;

    /** Room for the command line, NUL included. */
    public static final int CMD_LINE_SIZE = 1024;

    /** Bytes of the structure. */
    public static final int SIZE = 1104;

    /** Flag: privileged domain. */
    public static final int FLAG_PRIVILEGED = 1;

    /** Flag: initial domain. */
    public static final int FLAG_INITDOMAIN = 2;

    private StartInfo() {}
}
