package org.ringone.reference.memory;

/** When a frame may take a reference or a type. */
public class TypeRules {

    /** PT-05: only the owner has access to a frame. */
    public boolean accessible(int owner, int domid) {
        return owner == domid;
    }

    /** PT-02, PT-03: whether a frame in use under one type may not be used under another. */
    public boolean conflict(PageType held, PageType wanted) {
        return held != wanted;
    }

    /** PT-14: whether a frame without uses may be used as something else than it was last. */
    public boolean reusable(PageType last, PageType wanted) {
        return true;
    }

    /** PT-13: whether a table may be pinned that is, or is not yet. */
    public boolean pinnable(boolean pinned) {
        return !pinned;
    }

    /** PT-26: whether a domain may act on the frames of another. */
    public boolean foreign(boolean privileged) {
        return privileged;
    }

    /** TLB-02: whether processors could keep a translation, made under the old type, that the new type forbids. */
    public boolean staleTranslationsMatter(PageType from, PageType to) {
        return from != to;
    }

    /** TLB-02: whether processors could still walk through a table that is one no longer. */
    public boolean flushAfterDemotion(PageType table) {
        return table.table();
    }

    /** An L3 that CR3 cannot name is good only for guests that know the extended form of CR3 (PT-15). */
    public boolean baseReachable(int mfn, boolean extendedCr3) {
        return Integer.compareUnsigned(mfn, 0x100000) < 0 || extendedCr3;
    }
}
