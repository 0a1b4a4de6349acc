package org.ringone.emulator;

import java.util.Arrays;

/**
 * Paging and its translation lookaside buffer.
 *
 * <p>The buffer is honest: an entry stays, stale or not, until it is flushed or another page takes its place; a permission that an
 * entry lacks is looked up afresh before a fault is raised, as processors do. It is direct-mapped with 4096 entries. Nothing here
 * throws.
 *
 * <p>Accesses are named by the page-fault error code bits that they have: {@link #READ}, {@link #WRITE}, {@link #FETCH}.
 */
public final class Mmu {
    public static final int READ = 0;
    public static final int WRITE = Vector.PF_WRITE;
    public static final int FETCH = Vector.PF_FETCH;

    static final int ENTRIES = 4096;
    static final int PAGE = 0xFFFF_F000;

    /** Permission bits in {@link #key}: what an entry allows without a further look. */
    static final int SUPERVISOR_READ = 1;

    static final int SUPERVISOR_WRITE = 2;
    static final int SUPERVISOR_FETCH = 4;
    /** Shift from a supervisor permission to the user's. */
    static final int USER_SHIFT = 3;
    /** In {@link #key}: what was found by this page's linear addresses is remembered, and must be forgotten with the entry. */
    private static final int FETCHED = 0x40;
    /** A permission that no entry gives: makes every access take the slow way. */
    static final int NEVER = 0x800;

    /** By page number modulo 4096: the linear page and the permissions; 0 when empty. */
    final int[] key = new int[ENTRIES];
    /** The index of the frame in the memory's arrays. */
    final int[] frame = new int[ENTRIES];

    /** What the page tables said: {@link PageWalk} attribute bits. */
    private final byte[] attributes = new byte[ENTRIES];
    /** Which entries have been filled since the last full flush. */
    private final short[] filled = new short[ENTRIES];

    /** Whether an entry marked as {@link #FETCHED} gave place to another page's since {@link #fetchEpoch} moved. */
    private boolean fetchedGone;

    /**
     * Moves whenever a translation is forgotten that code was fetched by, and when else what was found by linear address need no longer hold: see {@link CodeCache}.
     */
    long fetchEpoch;

    private int fillings;
    private int largePages;
    private int faultAddress;
    private int faultCode;

    private final CpuState s;
    private final PhysicalMemory memory;
    private final PageWalk walk;

    Mmu(CpuState s, PhysicalMemory memory, CpuConfig config) {
        this.s = s;
        this.memory = memory;
        this.walk = new PageWalk(s, memory, config);
    }

    void copyFrom(Mmu o) {
        System.arraycopy(o.key, 0, key, 0, ENTRIES);
        System.arraycopy(o.frame, 0, frame, 0, ENTRIES);
        System.arraycopy(o.attributes, 0, attributes, 0, ENTRIES);
        System.arraycopy(o.filled, 0, filled, 0, ENTRIES);
        fillings = o.fillings;
        largePages = o.largePages;
        walk.copyFrom(o.walk);
    }

    /** Forgets all translations, global ones too. */
    public void flushAll() {
        forgetFetched();
        if (fillings > ENTRIES / 4) {
            Arrays.fill(key, 0);
        } else {
            for (int i = 0; i < fillings; i++) {
                key[filled[i]] = 0;
            }
        }
        fillings = 0;
        largePages = 0;
    }

    /** Forgets all translations but those of global pages: what a load of CR3 does. */
    public void flushNonGlobal() {
        forgetFetched();
        int kept = 0;
        for (int i = 0; i < fillings; i++) {
            int at = filled[i];
            if (key[at] != 0 && (attributes[at] & PageWalk.GLOBAL) != 0) {
                filled[kept++] = (short) at;
            } else {
                key[at] = 0;
            }
        }
        fillings = kept;
    }

    /** Forgets the translation of a page, global or not: what INVLPG does. */
    public void flushPage(int linear) {
        int at = linear >>> 12 & ENTRIES - 1;
        if (((key[at] ^ linear) & PAGE) == 0) {
            drop(at);
        }
        if (fetchedGone) {
            forgetFetched(); // perhaps it was this page's
        }
        if (largePages > 0) {
            int size = (s.cr4 & CpuState.CR4_PAE) != 0 ? 0xFFE0_0000 : 0xFFC0_0000;
            for (int i = 0; i < ENTRIES; i++) {
                if (key[i] != 0 && (attributes[i] & PageWalk.LARGE) != 0 && ((key[i] ^ linear) & size) == 0) {
                    drop(i);
                }
            }
        }
    }

    /** Empties an entry; it stays listed as filled, which does no harm: see {@link #fill}. */
    private void drop(int at) {
        if ((key[at] & FETCHED) != 0) {
            forgetFetched();
        }
        key[at] = 0;
    }

    private void forgetFetched() {
        fetchEpoch++;
        fetchedGone = false;
    }

    /** Code at a linear address, just translated, is remembered by that address until {@link #fetchEpoch} moves. */
    void fetched(int linear) {
        int at = linear >>> 12 & ENTRIES - 1;
        if (((key[at] ^ linear) & PAGE) == 0) {
            key[at] |= FETCHED;
        } else {
            fetchedGone = true;
        }
    }

    /**
     * Loads the page-directory-pointer registers from the table at CR3, as a load of CR3 with PAE does.
     *
     * @return false, with the old ones kept, when a present one has reserved bits set
     */
    public boolean loadPointers(int cr3) {
        return walk.loadPointers(cr3);
    }

    /** Whether translation is on. */
    public boolean paging() {
        return (s.cr0 & CpuState.CR0_PG) != 0;
    }

    /**
     * Translates an address for an access, through the buffer; fills it and sets accessed and dirty bits as a processor does.
     *
     * @param access {@link #READ}, {@link #WRITE} or {@link #FETCH}
     * @param user whether with user privilege
     * @return the physical address; negative when it faults, then {@link #faultCode} and {@link #faultAddress} tell
     */
    public long translate(int linear, int access, boolean user) {
        int at = linear >>> 12 & ENTRIES - 1;
        int need = permission(access, user);
        if ((key[at] & (PAGE | need)) != (linear & PAGE | need)) {
            if (!fill(linear, access, user, at)) {
                return -1;
            }
            if (frame[at] == memory.frames()) {
                return walk.address(linear);
            }
        } else if (frame[at] == memory.frames()) {
            walk.look(linear, access, user);
            return walk.address(linear);
        }
        return (long) frame[at] << 12 | linear & ~PAGE;
    }

    static int permission(int access, boolean user) {
        int need = access == READ ? SUPERVISOR_READ : access == WRITE ? SUPERVISOR_WRITE : SUPERVISOR_FETCH;
        return user ? need << USER_SHIFT : need;
    }

    /** As {@link #translate}, giving the memory's index of the frame; -1 when it faults. */
    int slot(int linear, int access, boolean user) {
        int at = linear >>> 12 & ENTRIES - 1;
        int need = permission(access, user);
        if ((key[at] & (PAGE | need)) == (linear & PAGE | need) || fill(linear, access, user, at)) {
            return frame[at];
        }
        return -1;
    }

    private boolean fill(int linear, int access, boolean user, int at) {
        if (!walk.look(linear, access, user)) {
            faultAddress = linear;
            faultCode = walk.fault();
            if (((key[at] ^ linear) & PAGE) == 0) {
                drop(at); // a fault forgets the page's translation
            }
            return false;
        }
        walk.markUsed(access);
        if (fillings == ENTRIES) { // entries listed twice: list the live ones anew
            fillings = 0;
            for (int i = 0; i < ENTRIES; i++) {
                if (key[i] != 0) {
                    filled[fillings++] = (short) i;
                }
            }
        }
        if (key[at] == 0 && fillings < ENTRIES) {
            filled[fillings++] = (short) at;
        }
        attributes[at] = (byte) walk.attributes();
        frame[at] = memory.slot(walk.address(linear) >>> 12);
        boolean samePage = ((key[at] ^ linear) & PAGE) == 0;
        fetchedGone |= !samePage && (key[at] & FETCHED) != 0;
        key[at] = linear & PAGE | permissions(walk.attributes()) | (samePage ? key[at] & FETCHED : 0);
        if ((walk.attributes() & PageWalk.LARGE) != 0) {
            largePages++;
        }
        return true;
    }

    private int permissions(int a) {
        boolean writable = (a & PageWalk.WRITABLE) != 0;
        boolean dirty = (a & PageWalk.DIRTY) != 0;
        boolean execute = (a & PageWalk.NO_EXECUTE) == 0;
        int supervisor = SUPERVISOR_READ
                | (dirty && (writable || (s.cr0 & CpuState.CR0_WP) == 0) ? SUPERVISOR_WRITE : 0)
                | (execute ? SUPERVISOR_FETCH : 0);
        int user = SUPERVISOR_READ | (dirty && writable ? SUPERVISOR_WRITE : 0) | (execute ? SUPERVISOR_FETCH : 0);
        return supervisor | ((a & PageWalk.USER) != 0 ? user << USER_SHIFT : 0);
    }

    /** CR0.WP has changed: it takes part in every access, the translations stay. */
    void writeProtectChanged() {
        for (int i = 0; i < ENTRIES; i++) {
            if (key[i] != 0) {
                key[i] = key[i] & (PAGE | FETCHED) | permissions(attributes[i]);
            }
        }
    }

    /** The address of the last fault found here. */
    public int faultAddress() {
        return faultAddress;
    }

    /** The error code of the last fault found here. */
    public int faultCode() {
        return faultCode;
    }

    /**
     * Reads bytes at a linear address.
     *
     * @return false when a page faulted; bytes before it have been read
     */
    public boolean read(int linear, byte[] to, int offset, int length, boolean user) {
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, PhysicalMemory.FRAME_SIZE - (linear + done & ~PAGE));
            long a = translate(linear + done, READ, user);
            if (a < 0) {
                return false;
            }
            memory.read(a, to, offset + done, part);
            done += part;
        }
        return true;
    }

    /**
     * Writes bytes at a linear address.
     *
     * @return false when a page faulted; then nothing has been written
     */
    public boolean write(int linear, byte[] from, int offset, int length, boolean user) {
        if (!probe(linear, length, WRITE, user)) {
            return false;
        }
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, PhysicalMemory.FRAME_SIZE - (linear + done & ~PAGE));
            memory.write(translate(linear + done, WRITE, user), from, offset + done, part);
            done += part;
        }
        return true;
    }

    /** Whether all pages of a range allow an access. */
    public boolean probe(int linear, int length, int access, boolean user) {
        for (int done = 0; done < length; ) {
            if (translate(linear + done, access, user) < 0) {
                return false;
            }
            done += PhysicalMemory.FRAME_SIZE - (linear + done & ~PAGE);
        }
        return true;
    }
}
