package org.ringone.reference.memory;

/**
 * The time as TLB flushes tell it: one tick for each flush of a whole domain. A translation that a domain's processors got
 * before its last flush is gone, so a frame whose last use ended before that flush needs none.
 */
final class FlushClock {

    private int now;

    FlushClock() {
        this(1);
    }

    private FlushClock(int now) {
        this.now = now;
    }

    FlushClock fork() {
        return new FlushClock(now);
    }

    int now() {
        return now;
    }

    /**
     * Time goes on.
     *
     * @return false when it had to start anew and all recorded times are to be forgotten
     */
    boolean tick() {
        if (now == Integer.MAX_VALUE) {
            now = 1;
            return false;
        }
        now++;
        return true;
    }
}
