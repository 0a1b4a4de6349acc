package org.ringone.reference.memory;

import java.util.Arrays;

/**
 * References to frames and uses of them under a type. A frame becomes a table when the first use as one is taken, if all of its
 * contents are acceptable, and stops to be one when the last use is dropped; what its entries hold is taken and dropped with it.
 *
 * <p>Chains of tables that name each other can be as long as memory: so dropping works off a list, and never recurses.
 */
public final class PageTypes {

    private static final int THEN_DROP_REFERENCE = 1 << 31;

    private final MachineMemory machine;
    private final FrameTable frames;
    private final TypeRules rules;
    private final TableContents contents;

    /** Tables whose last use has gone and whose entries are still to be dropped. */
    private int[] demoted = new int[16];

    private int demotedCount;
    private boolean working;

    PageTypes(MachineMemory machine, TypeRules rules, EntryChecks entries, DescriptorValidation descriptors) {
        this.machine = machine;
        this.frames = machine.frames();
        this.rules = rules;
        this.contents = new TableContents(machine, this, entries, rules, descriptors);
    }

    TableContents contents() {
        return contents;
    }

    /**
     * Takes a reference to a frame (PT-05).
     *
     * @param mfn any number
     * @return false when the frame is not the domain's
     */
    public boolean getPage(int mfn, int domid) {
        if (!frames.valid(mfn)
                || !rules.accessible(frames.owner(mfn), domid)
                || frames.references(mfn) == 0
                || frames.references(mfn) == FrameTable.MAX_REFERENCES) {
            return false;
        }
        frames.addReference(mfn);
        return true;
    }

    /** Drops a reference; with the last one the frame is free. */
    public void putPage(int mfn) {
        if (frames.dropReference(mfn)) {
            machine.frameFreed(mfn);
        }
    }

    /** Takes a reference to a domain's frame and a use under a type. */
    public boolean getPageAndType(int mfn, int domid, PageType type) {
        if (!getPage(mfn, domid)) {
            return false;
        }
        if (!getType(mfn, type)) {
            putPage(mfn);
            return false;
        }
        return true;
    }

    /** Drops a use and a reference. */
    public void putPageAndType(int mfn) {
        if (dropUse(mfn)) {
            demote(mfn | THEN_DROP_REFERENCE);
        } else {
            putPage(mfn);
        }
    }

    /**
     * Takes a use under a type of a frame that the caller has a reference to (PT-02, PT-03).
     *
     * @return false when the frame is in use under another type or its contents are not acceptable; then nothing has changed
     */
    public boolean getType(int mfn, PageType type) {
        int uses = frames.typeCount(mfn);
        PageType held = frames.type(mfn);
        if (uses == FrameTable.MAX_TYPE_COUNT) {
            return false;
        }
        if (uses == 0) {
            if (held != type) {
                if (!rules.reusable(held, type)) {
                    return false;
                }
                if (rules.staleTranslationsMatter(held, type)) {
                    machine.flushIfStale(mfn);
                }
                frames.setType(mfn, type);
                frames.setValidated(mfn, !type.validated());
            }
        } else if (rules.conflict(held, type) || !frames.validated(mfn)) {
            return false;
        }
        frames.addUse(mfn);
        if (!frames.validated(mfn)) {
            if (!contents.take(mfn, type)) {
                frames.setType(mfn, PageType.NONE);
                return false;
            }
            frames.setValidated(mfn, true);
        }
        return true;
    }

    /** Drops a use. */
    public void putType(int mfn) {
        if (dropUse(mfn)) {
            demote(mfn);
        }
    }

    /** One more use, under the present type, of a table that is one already (linear tables). */
    boolean addTableUse(int mfn, PageType level) {
        PageType held = frames.type(mfn);
        if (frames.typeCount(mfn) == FrameTable.MAX_TYPE_COUNT
                || !frames.validated(mfn)
                || held != level && !(level == PageType.L2 && held == PageType.XEN_L2)) {
            return false;
        }
        frames.addUse(mfn);
        return true;
    }

    /** @return whether a table is one no longer */
    private boolean dropUse(int mfn) {
        if (frames.dropUse(mfn) != 0) {
            return false;
        }
        frames.setReleased(mfn, machine.clock().now());
        if (!frames.type(mfn).table() || !frames.validated(mfn)) {
            return false;
        }
        frames.setValidated(mfn, false);
        return true;
    }

    /** Ends a table that still has uses: those of other tables of a dead domain that name each other. */
    void demoteForcibly(int mfn) {
        if (frames.type(mfn).table() && frames.validated(mfn)) {
            frames.setValidated(mfn, false);
            demote(mfn);
        }
    }

    private void demote(int item) {
        if (demotedCount == demoted.length) {
            demoted = Arrays.copyOf(demoted, demotedCount * 2);
        }
        demoted[demotedCount++] = item;
        if (working) {
            return;
        }
        working = true;
        while (demotedCount > 0) {
            int next = demoted[--demotedCount];
            int mfn = next & ~THEN_DROP_REFERENCE;
            PageType type = frames.type(mfn);
            if (rules.flushAfterDemotion(type)) {
                machine.flushLater(frames.owner(mfn));
            }
            contents.drop(mfn, type);
            if (type == PageType.XEN_L2) {
                frames.renameType(mfn, PageType.L2);
            }
            if (next < 0) {
                putPage(mfn);
            }
        }
        working = false;
    }
}
