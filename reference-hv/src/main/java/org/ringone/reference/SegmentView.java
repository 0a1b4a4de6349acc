package org.ringone.reference;

/** A data segment as the hypervisor uses it when it works through one of the guest's selectors; reused, not allocated anew. */
final class SegmentView {

    int base;
    private int limit;
    private boolean expandDown;
    private boolean big;
    boolean writable;
    boolean readable;

    void set(Descriptor d) {
        base = d.base();
        limit = d.byteLimit();
        expandDown = d.expandDown();
        big = d.big();
        writable = d.writableData();
        readable = d.readable();
    }

    /** A segment of virtual-8086 mode. */
    void setVm86(int selector) {
        base = selector << 4;
        limit = 0xFFFF;
        expandDown = false;
        big = false;
        writable = true;
        readable = true;
    }

    /** A null segment: every access faults. */
    void setNull() {
        base = 0;
        limit = -1;
        expandDown = true;
        big = true;
        writable = false;
        readable = false;
    }

    /** Whether an access of that many bytes lies within the limit. */
    boolean covers(int offset, int size) {
        int last = offset + size - 1;
        if (Integer.compareUnsigned(last, offset) < 0) {
            return false;
        }
        if (expandDown) {
            return Integer.compareUnsigned(offset, limit) > 0 && (big || Integer.compareUnsigned(last, 0xFFFF) <= 0);
        }
        return Integer.compareUnsigned(last, limit) <= 0;
    }
}
