package org.ringone.reference.memory;

import java.util.Arrays;

/**
 * What the hypervisor knows about every machine frame: its owner, how many references to it there are, and its type with the
 * number of uses under that type. State only, with no decisions: those are {@link PageTypes}'.
 *
 * <p>Machine frame numbers are unsigned; everything but {@link #valid} expects a valid one.
 */
public final class FrameTable {

    /** The owner of a frame that belongs to nobody. */
    public static final int NOBODY = -1;

    /** The owner of the hypervisor's own frames: the number of no domain, so that no guest can ask for them. */
    public static final int HYPERVISOR = 0x7FFF;

    /** The most uses under one type; one more is refused. */
    public static final int MAX_TYPE_COUNT = 0xFFFF;

    /** The most references; one more is refused. */
    public static final int MAX_REFERENCES = (1 << 29) - 1;

    private static final int ALLOCATED = 1 << 31;
    private static final int COUNT = 0xFFFF;
    private static final int PINNED = 1 << 16;
    private static final int VALIDATED = 1 << 17;
    private static final int LENT = 1 << 18;
    private static final int TYPE_SHIFT = 24;

    private final short[] owner;
    private final int[] references;
    private final int[] use;
    private final int[] released;

    /** A table in which no frame has an owner. */
    public FrameTable(int frames) {
        owner = new short[frames];
        Arrays.fill(owner, (short) NOBODY);
        references = new int[frames];
        use = new int[frames];
        released = new int[frames];
    }

    private FrameTable(FrameTable original) {
        owner = original.owner.clone();
        references = original.references.clone();
        use = original.use.clone();
        released = original.released.clone();
    }

    FrameTable fork() {
        return new FrameTable(this);
    }

    /** The number of machine frames. */
    public int frames() {
        return owner.length;
    }

    /** Whether such a frame exists. */
    public boolean valid(int mfn) {
        return Integer.compareUnsigned(mfn, owner.length) < 0;
    }

    /** The domain that owns the frame, or {@link #NOBODY}. */
    public int owner(int mfn) {
        return owner[mfn];
    }

    /** References to the frame, the one that its allocation stands for included. 0: not in use. */
    public int references(int mfn) {
        return references[mfn] & ~ALLOCATED;
    }

    /** Whether the owner still holds the frame, as opposed to having given it back while it is in use. */
    public boolean allocated(int mfn) {
        return references[mfn] < 0;
    }

    /** The present type, or with no uses left the last one. */
    public PageType type(int mfn) {
        return PageType.of(use[mfn] >>> TYPE_SHIFT);
    }

    /** Uses under the type, 0 to {@link #MAX_TYPE_COUNT}. */
    public int typeCount(int mfn) {
        return use[mfn] & COUNT;
    }

    /** Whether the guest has pinned the frame to its type. */
    public boolean pinned(int mfn) {
        return (use[mfn] & PINNED) != 0;
    }

    /** Whether the contents have been found good for the type. */
    public boolean validated(int mfn) {
        return (use[mfn] & VALIDATED) != 0;
    }

    /** Whether this is a frame of the hypervisor's that the owner may map, as its shared_info page is. */
    public boolean lent(int mfn) {
        return (use[mfn] & LENT) != 0;
    }

    /** The {@link FlushClock} time at which the last use under the last type ended. */
    int released(int mfn) {
        return released[mfn];
    }

    void setReleased(int mfn, int time) {
        released[mfn] = time;
    }

    void forgetReleaseTimes() {
        Arrays.fill(released, 0);
    }

    /** Gives a frame without references to an owner, who holds the first reference. */
    void assign(int mfn, int domid) {
        owner[mfn] = (short) domid;
        references[mfn] = ALLOCATED | 1;
        use[mfn] = 0;
        released[mfn] = 0;
    }

    void setLent(int mfn) {
        use[mfn] |= LENT;
    }

    /** Takes a frame without references away from its owner. */
    void disown(int mfn) {
        owner[mfn] = NOBODY;
        references[mfn] = 0;
        use[mfn] = 0;
    }

    void addReference(int mfn) {
        references[mfn]++;
    }

    /** @return whether it was the last one */
    boolean dropReference(int mfn) {
        return (--references[mfn] & ~ALLOCATED) == 0;
    }

    /** Ends the owner's hold; the reference that goes with it is still to be dropped. */
    boolean clearAllocated(int mfn) {
        boolean was = references[mfn] < 0;
        references[mfn] &= ~ALLOCATED;
        return was;
    }

    void setType(int mfn, PageType type) {
        use[mfn] = use[mfn] & LENT | type.ordinal() << TYPE_SHIFT;
    }

    /** Renames the type and leaves the rest. */
    void renameType(int mfn, PageType type) {
        use[mfn] = use[mfn] & (1 << TYPE_SHIFT) - 1 | type.ordinal() << TYPE_SHIFT;
    }

    void addUse(int mfn) {
        use[mfn]++;
    }

    /** @return the uses that are left */
    int dropUse(int mfn) {
        return --use[mfn] & COUNT;
    }

    void setPinned(int mfn, boolean pinned) {
        use[mfn] = pinned ? use[mfn] | PINNED : use[mfn] & ~PINNED;
    }

    void setValidated(int mfn, boolean validated) {
        use[mfn] = validated ? use[mfn] | VALIDATED : use[mfn] & ~VALIDATED;
    }
}
