package org.ringone.reference;

/**
 * The interval timer that every paravirtual domain finds (PRIV-17): counter 2 of an 8254 with the port that gates it and shows its
 * output, for code that measures time by them. Nothing is connected to it. As in the era, the gate starts some modes anew and stops
 * none, and there is no BCD.
 */
final class IntervalTimer {

    /** Ticks a second. */
    static final int FREQUENCY = 1_193_181;

    private static final int COUNTER_2 = 0x42;
    private static final int CONTROL = 0x43;
    private static final int SPEAKER = 0x61;

    private static final int SECOND = 1_000_000_000;
    /** The refresh bit of port 0x61 toggles about every 15 microseconds. */
    private static final int REFRESH_SHIFT = 14;

    // Which bytes of a count are read and written: the two access bits of the control word.
    private static final int HIGH = 2;
    private static final int BOTH = 3;

    private int mode;
    private int modeBits;
    private int access;
    private int count = 0x10000;
    private long loadedAt;
    private boolean gate;
    private boolean speaker;
    private boolean highNext;
    private boolean writeHighNext;
    private int writtenLow;
    private int latched;
    private int latchedBytes;
    private int status = -1;

    IntervalTimer(long now) {
        loadedAt = now;
    }

    IntervalTimer copy() {
        IntervalTimer copy = new IntervalTimer(loadedAt);
        copy.mode = mode;
        copy.modeBits = modeBits;
        copy.access = access;
        copy.count = count;
        copy.gate = gate;
        copy.speaker = speaker;
        copy.highNext = highNext;
        copy.writeHighNext = writeHighNext;
        copy.writtenLow = writtenLow;
        copy.latched = latched;
        copy.latchedBytes = latchedBytes;
        copy.status = status;
        return copy;
    }

    /** Whether a port is one of its own. */
    static boolean has(int port) {
        return port == COUNTER_2 || port == CONTROL || port == SPEAKER;
    }

    /**
     * Reads a byte.
     *
     * @param now system time in nanoseconds
     */
    int read(int port, long now) {
        return switch (port) {
            case COUNTER_2 -> counter(now);
            case SPEAKER ->
                (gate ? 1 : 0)
                        | (speaker ? 2 : 0)
                        | (int) (now >>> REFRESH_SHIFT & 1) << 4
                        | (output(now) ? 1 << 5 : 0);
            default -> 0; // the control word cannot be read
        };
    }

    /** Writes a byte. */
    void write(int port, int value, long now) {
        switch (port) {
            case COUNTER_2 -> load(value, now);
            case SPEAKER -> {
                speaker = (value & 2) != 0;
                boolean rises = !gate && (value & 1) != 0;
                gate = (value & 1) != 0;
                if (rises && mode != 0 && mode != 4) {
                    loadedAt = now;
                }
            }
            default -> control(value, now);
        }
    }

    private void control(int value, long now) {
        int counter = value >>> 6;
        if (counter == 3) {
            if ((value & 8) != 0) {
                readBack(value, now);
            }
        } else if (counter == 2) {
            if ((value >>> 4 & 3) == 0) {
                latch(now);
            } else {
                access = value >>> 4 & 3;
                highNext = false;
                writeHighNext = false;
                modeBits = value & 0xF;
                mode = value >>> 1 & 7;
            }
        }
    }

    /** The read-back command: latches what its low bits ask for, the count, the status, or both. */
    private void readBack(int value, long now) {
        if ((value & 0x20) == 0) {
            latch(now);
        }
        if ((value & 0x10) == 0 && status < 0) {
            status = (output(now) ? 0x80 : 0) | access << 4 | modeBits;
        }
    }

    /** A count that is latched already stays. */
    private void latch(long now) {
        if (latchedBytes == 0) {
            latched = remaining(now);
            latchedBytes = access;
        }
    }

    private int counter(long now) {
        if (status >= 0) {
            int value = status;
            status = -1;
            return value;
        }
        if (latchedBytes != 0) {
            boolean high = latchedBytes == HIGH;
            latchedBytes = latchedBytes == BOTH ? HIGH : 0;
            return byteOf(latched, high);
        }
        boolean high = access == HIGH || access == BOTH && highNext;
        highNext = !highNext;
        return byteOf(remaining(now), high);
    }

    private static int byteOf(int value, boolean high) {
        return (high ? value >>> 8 : value) & 0xFF;
    }

    private void load(int value, long now) {
        if (access == BOTH && !writeHighNext) {
            writtenLow = value;
            writeHighNext = true;
            return;
        }
        writeHighNext = false;
        int written = access == BOTH ? value << 8 | writtenLow : access == HIGH ? value << 8 : value;
        count = written == 0 ? 0x10000 : written;
        loadedAt = now;
    }

    private long ticks(long now) {
        long elapsed = now - loadedAt;
        return elapsed / SECOND * FREQUENCY + elapsed % SECOND * FREQUENCY / SECOND;
    }

    private int remaining(long now) {
        long ticks = ticks(now);
        return switch (mode) {
            case 0, 1, 4, 5 -> (int) (count - ticks) & 0xFFFF;
            case 3 -> (int) (count - 2 * ticks % count);
            default -> (int) (count - ticks % count);
        };
    }

    private boolean output(long now) {
        long ticks = ticks(now);
        return switch (mode) {
            case 1 -> ticks < count;
            case 2 -> ticks != 0 && ticks % count == 0;
            case 3 -> ticks % count < count + 1 >> 1;
            case 4, 5 -> ticks == count;
            default -> ticks >= count;
        };
    }
}
