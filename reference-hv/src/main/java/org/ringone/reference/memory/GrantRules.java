package org.ringone.reference.memory;

import org.ringone.xen.GrantTableOp;
import org.ringone.xen.MmuUpdate;

/** What a grant lets others do, and what the hypervisor says of it in the table (GNT-01 to GNT-06). */
public class GrantRules {

    /** GNT-01: the frame that a place of the list names, of the table's frames in order. */
    public int listed(int[] frames, int place) {
        return frames[place];
    }

    /**
     * GNT-02: whether an entry that nobody uses yet lets that domain use its frame.
     *
     * @param flags the entry's flags
     * @param grantee the domain that it names
     */
    public boolean granted(int flags, int grantee, int user) {
        return (flags & GrantTableOp.GTF_TYPE_MASK) == GrantTableOp.GTF_PERMIT_ACCESS && grantee == user;
    }

    /** GNT-02: whether a frame may be written to that is granted so. */
    public boolean mayWrite(int flags) {
        return (flags & GrantTableOp.GTF_READONLY) == 0;
    }

    /** GNT-03: the flags of an entry from the moment that its frame is used on. */
    public int inUse(int flags, boolean readOnly) {
        return flags | GrantTableOp.GTF_READING | (readOnly ? 0 : GrantTableOp.GTF_WRITING);
    }

    /** GNT-04: whether what is mapped at an address is the mapping that is to go. */
    public boolean mapped(int mfnThere, int mfn) {
        return mfnThere == mfn;
    }

    /** GNT-05: whether a use makes its frame an ordinary writable one, which no page table is. */
    public boolean writes(boolean readOnly) {
        return !readOnly;
    }

    /** GNT-06: whether a copy may name a frame of that domain by its number; it may be DOMID_SELF only. */
    public boolean copiesByNumber(int domid) {
        return domid == MmuUpdate.DOMID_SELF;
    }
}
