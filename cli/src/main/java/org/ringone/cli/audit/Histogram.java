package org.ringone.cli.audit;

import java.util.SortedMap;
import java.util.TreeMap;

/** How often sizes came, by powers of two: 1, 2, 3-4, 5-8, 9-16 and so on. */
public final class Histogram {

    /** By the greatest size of each class. */
    private final SortedMap<Long, Long> counts = new TreeMap<>();

    private long number;
    private long sum;
    private long largest;

    void add(long size) {
        long top = size <= 1 ? size : Long.highestOneBit(size - 1) << 1;
        counts.merge(top, 1L, Long::sum);
        number++;
        sum += size;
        largest = Math.max(largest, size);
    }

    /** How many there were. */
    public long number() {
        return number;
    }

    /** All sizes together. */
    public long sum() {
        return sum;
    }

    /** The largest. */
    public long largest() {
        return largest;
    }

    /** The counts by the greatest size of each class. */
    public SortedMap<Long, Long> counts() {
        return counts;
    }

    /** A class as people write it. */
    public static String words(long top) {
        long least = top / 2 + 1;
        return top <= 2 ? Long.toString(top) : least + "-" + top;
    }
}
