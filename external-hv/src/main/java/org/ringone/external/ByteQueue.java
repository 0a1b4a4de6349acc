package org.ringone.external;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from one thread to another: at most so many wait, then the writer waits. */
final class ByteQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] bytes;
    private int first;
    private int size;
    private boolean ended;
    private boolean hushed;

    ByteQueue(int capacity) {
        bytes = new byte[capacity];
    }

    /** Adds bytes, waiting for room; they are dropped when the queue has ended. */
    void put(byte[] from, int length) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int done = 0;
            while (done < length && !ended) {
                if (size == bytes.length) {
                    changed.await();
                    continue;
                }
                int at = (first + size) % bytes.length;
                int part = Math.min(Math.min(length - done, bytes.length - size), bytes.length - at);
                System.arraycopy(from, done, bytes, at, part);
                done += part;
                size += part;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All bytes that wait, after waiting for the first for at most so long; none when none came or none will come. */
    byte[] take(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (size == 0 && !ended && !hushed && left > 0) {
                left = changed.awaitNanos(left);
            }
            byte[] taken = new byte[size];
            int part = Math.min(size, bytes.length - first);
            System.arraycopy(bytes, first, taken, 0, part);
            System.arraycopy(bytes, 0, taken, part, size - part);
            first = 0;
            size = 0;
            changed.signalAll();
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new byte[0];
        } finally {
            lock.unlock();
        }
    }

    /** Bytes may still come, but from now on nobody waits for them. */
    void hush() {
        lock.lock();
        try {
            hushed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No more bytes will come, or nobody wants them. What waits can still be taken. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no more bytes will come. */
    boolean awaitEnd(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
