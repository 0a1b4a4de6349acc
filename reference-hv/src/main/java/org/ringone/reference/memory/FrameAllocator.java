package org.ringone.reference.memory;

/**
 * Which machine frames are free. Hands out the highest ones first, so that a guest's machine frames run against its
 * pseudo-physical ones and nobody can confuse the two unnoticed.
 */
final class FrameAllocator {

    /** No frame, or no run of frames, is free. */
    static final int NONE = -1;

    private final long[] free;
    private int count;
    /** No word above this one has a free frame. */
    private int top;

    /** All frames from {@code first} on are free. */
    FrameAllocator(int first, int frames) {
        free = new long[frames + 63 >>> 6];
        for (int mfn = first; mfn < frames; mfn++) {
            free[mfn >>> 6] |= 1L << mfn;
        }
        count = frames - first;
        top = free.length - 1;
    }

    private FrameAllocator(FrameAllocator original) {
        free = original.free.clone();
        count = original.count;
        top = original.top;
    }

    FrameAllocator fork() {
        return new FrameAllocator(this);
    }

    int count() {
        return count;
    }

    boolean isFree(int mfn) {
        return (free[mfn >>> 6] & 1L << mfn) != 0;
    }

    /** One frame below {@code limit}, or {@link #NONE}. */
    int take(int limit) {
        if (limit < free.length << 6) {
            return takeRun(0, limit);
        }
        while (top >= 0 && free[top] == 0) {
            top--;
        }
        if (top < 0) {
            top = 0;
            return NONE;
        }
        int bit = 63 - Long.numberOfLeadingZeros(free[top]);
        free[top] &= ~(1L << bit);
        count--;
        return top << 6 | bit;
    }

    /**
     * 2^order frames that follow each other, aligned to their number and all below {@code limit}.
     *
     * @return the first, or {@link #NONE}
     */
    int takeRun(int order, int limit) {
        int end = Math.min(limit, free.length << 6);
        if (order > 24 || count < 1 << order) {
            return NONE;
        }
        int size = 1 << order;
        for (int first = end - size & -size; first >= 0; first -= size) {
            if (allFree(first, size)) {
                for (int mfn = first; mfn < first + size; mfn++) {
                    free[mfn >>> 6] &= ~(1L << mfn);
                }
                count -= size;
                return first;
            }
        }
        return NONE;
    }

    private boolean allFree(int first, int size) {
        for (int mfn = first; mfn < first + size; mfn++) {
            if (!isFree(mfn)) {
                return false;
            }
        }
        return true;
    }

    void give(int mfn) {
        free[mfn >>> 6] |= 1L << mfn;
        top = Math.max(top, mfn >>> 6);
        count++;
    }
}
