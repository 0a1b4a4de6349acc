package org.ringone.reference;

import java.util.Arrays;

/** Bytes in order, up to a limit. */
final class ByteQueue {

    private final int limit;
    private byte[] bytes = new byte[256];
    private int first;
    private int count;

    ByteQueue(int limit) {
        this.limit = limit;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int size() {
        return count;
    }

    /** How many more bytes there is room for. */
    int room() {
        return limit - count;
    }

    /** Adds a byte unless the queue is full, and tells whether it did. */
    boolean add(int value) {
        if (count == limit) {
            return false;
        }
        if (count == bytes.length) {
            byte[] larger = new byte[Math.min(limit, count * 2)];
            for (int i = 0; i < count; i++) {
                larger[i] = bytes[(first + i) % bytes.length];
            }
            bytes = larger;
            first = 0;
        }
        bytes[(first + count) % bytes.length] = (byte) value;
        count++;
        return true;
    }

    /** The byte that has waited longest, or -1 when the queue is empty. */
    int take() {
        if (count == 0) {
            return -1;
        }
        int value = bytes[first] & 0xFF;
        first = (first + 1) % bytes.length;
        count--;
        return value;
    }

    byte[] takeAll() {
        byte[] all = new byte[count];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes[(first + i) % bytes.length];
        }
        first = 0;
        count = 0;
        return all;
    }

    ByteQueue copy() {
        ByteQueue copy = new ByteQueue(limit);
        copy.bytes = Arrays.copyOf(bytes, bytes.length);
        copy.first = first;
        copy.count = count;
        return copy;
    }
}
