package org.ringone.emulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The machine's memory: frames of 4096 bytes. Reads beyond its end give all ones, writes there vanish.
 *
 * <p>A fork shares all frames until one side writes. Decoded code is kept by frame and shared too; every write, by a processor or
 * the owner, to bytes that were decoded drops what was decoded from that frame.
 *
 * <p>Used by one thread at a time; forks are independent of each other, and may be used by other threads.
 */
public final class PhysicalMemory {
    public static final int FRAME_SIZE = 4096;
    /** The most frames there can be: 4 GiB. */
    public static final int MAX_FRAMES = 1 << 20;

    static final int OFFSET = FRAME_SIZE - 1;
    static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] ZEROS = new byte[FRAME_SIZE];
    private static final byte[] ONES = new byte[FRAME_SIZE];

    static {
        Arrays.fill(ONES, (byte) -1);
    }

    private final int frames;
    /** What reads see, by frame; the last element stands for all frames beyond the end. Arrays not owned are never changed. */
    final byte[][] readable;
    /** What plain writes may go to: null where the frame is shared, holds decoded code, or is beyond the end. */
    final byte[][] writable;

    private final boolean[] owned;
    private final CodePage[] code;
    private final List<Cpu> processors = new ArrayList<>(1);
    /** By frame: a bit for each line of it that is watched; null while none is. */
    private long[] watched;

    /**
     * Memory full of zeros.
     *
     * @param frames 1 to {@link #MAX_FRAMES}
     */
    public PhysicalMemory(int frames) {
        if (frames < 1 || frames > MAX_FRAMES) {
            throw new IllegalArgumentException("memory of " + frames + " frames");
        }
        this.frames = frames;
        readable = new byte[frames + 1][];
        Arrays.fill(readable, ZEROS);
        readable[frames] = ONES;
        writable = new byte[frames + 1][];
        owned = new boolean[frames];
        code = new CodePage[frames];
    }

    private PhysicalMemory(PhysicalMemory from) {
        frames = from.frames;
        readable = from.readable.clone();
        writable = new byte[frames + 1][];
        owned = new boolean[frames];
        code = from.code.clone();
    }

    public int frames() {
        return frames;
    }

    /**
     * From now on processors tell their sinks of writes to some bytes of a frame, and perhaps to others in the same 64 bytes.
     * Other writes to that frame become slower, those to other frames do not. Forks watch nothing.
     */
    public void watch(long a, int length) {
        watched = watched == null ? new long[frames] : watched;
        int slot = slot(a >> 12);
        watched[slot] |= lines((int) a & OFFSET, length);
        writable[slot] = null;
    }

    /** A bit for each line of 64 bytes that those bytes of a frame touch. */
    private static long lines(int offset, int length) {
        return -1L >>> 63 - (offset + length - 1 >> 6) & -1L << (offset >> 6);
    }

    /** A copy of this memory as it is now, sharing what neither side writes. */
    public PhysicalMemory fork() {
        Arrays.fill(writable, null);
        Arrays.fill(owned, false);
        return new PhysicalMemory(this);
    }

    /** The index of a frame number in {@link #readable} and {@link #writable}. */
    int slot(long frame) {
        return frame >= 0 && frame < frames ? (int) frame : frames;
    }

    public int read8(long a) {
        return readable[slot(a >> 12)][(int) a & OFFSET] & 0xFF;
    }

    public int read16(long a) {
        int offset = (int) a & OFFSET;
        if (offset > FRAME_SIZE - 2) {
            return read8(a) | read8(a + 1) << 8;
        }
        return (short) INT16.get(readable[slot(a >> 12)], offset) & 0xFFFF;
    }

    public int read32(long a) {
        int offset = (int) a & OFFSET;
        if (offset > FRAME_SIZE - 4) {
            return read16(a) | read16(a + 2) << 16;
        }
        return (int) INT32.get(readable[slot(a >> 12)], offset);
    }

    public long read64(long a) {
        int offset = (int) a & OFFSET;
        if (offset > FRAME_SIZE - 8) {
            return read32(a) & 0xFFFF_FFFFL | (long) read32(a + 4) << 32;
        }
        return (long) INT64.get(readable[slot(a >> 12)], offset);
    }

    public void write8(long a, int value) {
        int offset = (int) a & OFFSET;
        byte[] to = toWrite(slot(a >> 12), offset, 1);
        if (to != null) {
            to[offset] = (byte) value;
        }
    }

    public void write16(long a, int value) {
        int offset = (int) a & OFFSET;
        if (offset > FRAME_SIZE - 2) {
            write8(a, value);
            write8(a + 1, value >> 8);
            return;
        }
        byte[] to = toWrite(slot(a >> 12), offset, 2);
        if (to != null) {
            INT16.set(to, offset, (short) value);
        }
    }

    public void write32(long a, int value) {
        int offset = (int) a & OFFSET;
        if (offset > FRAME_SIZE - 4) {
            write16(a, value);
            write16(a + 2, value >> 16);
            return;
        }
        byte[] to = toWrite(slot(a >> 12), offset, 4);
        if (to != null) {
            INT32.set(to, offset, value);
        }
    }

    public void write64(long a, long value) {
        int offset = (int) a & OFFSET;
        if (offset > FRAME_SIZE - 8) {
            write32(a, (int) value);
            write32(a + 4, (int) (value >> 32));
            return;
        }
        byte[] to = toWrite(slot(a >> 12), offset, 8);
        if (to != null) {
            INT64.set(to, offset, value);
        }
    }

    public void read(long a, byte[] to, int off, int len) {
        while (len > 0) {
            int offset = (int) a & OFFSET;
            int part = Math.min(len, FRAME_SIZE - offset);
            System.arraycopy(readable[slot(a >> 12)], offset, to, off, part);
            a += part;
            off += part;
            len -= part;
        }
    }

    public void write(long a, byte[] from, int off, int len) {
        while (len > 0) {
            int offset = (int) a & OFFSET;
            int part = Math.min(len, FRAME_SIZE - offset);
            byte[] to = toWrite(slot(a >> 12), offset, part);
            if (to != null) {
                System.arraycopy(from, off, to, offset, part);
            }
            a += part;
            off += part;
            len -= part;
        }
    }

    public void clearFrame(int frame) {
        replace(frame, ZEROS);
    }

    public void copyFrame(int from, int to) {
        int source = slot(from & 0xFFFF_FFFFL);
        byte[] page = readable[source];
        if (source < frames && owned[source]) { // from now on both share it, so neither may change it
            owned[source] = false;
            writable[source] = null;
        }
        replace(to, page);
    }

    private void replace(int frame, byte[] page) {
        int slot = slot(frame & 0xFFFF_FFFFL);
        if (slot < frames) {
            dropCode(slot);
            readable[slot] = page;
            owned[slot] = false;
            writable[slot] = null;
        }
    }

    /**
     * The array to write some bytes of a frame to, made private to this memory, what was decoded from those bytes dropped.
     *
     * @return null beyond the end of memory
     */
    byte[] toWrite(int slot, int offset, int length) {
        byte[] page = writable[slot];
        return page != null ? page : toWriteSlowly(slot, offset, length);
    }

    private byte[] toWriteSlowly(int slot, int offset, int length) {
        if (slot == frames) {
            return null;
        }
        CodePage decoded = code[slot];
        if (decoded != null && decoded.covers(offset, length)) {
            dropCode(slot);
            decoded = null;
        }
        if (!owned[slot]) {
            readable[slot] = readable[slot].clone();
            owned[slot] = true;
            if (decoded != null) { // forks go on to fill the shared one from bytes that are no longer ours
                code[slot] = decoded.copy();
            }
        }
        if (watched != null && watched[slot] != 0) {
            if ((watched[slot] & lines(offset, length)) != 0) {
                for (Cpu cpu : processors) {
                    cpu.watchedWritten();
                }
            }
        } else if (decoded == null) {
            writable[slot] = readable[slot];
        }
        return readable[slot];
    }

    private void dropCode(int slot) {
        if (code[slot] != null) {
            code[slot] = null;
            for (Cpu cpu : processors) {
                cpu.codeChanged();
            }
        }
    }

    /** What has been decoded from a frame, or null. */
    CodePage code(int slot) {
        return slot < frames ? code[slot] : null;
    }

    /** Where to keep what is decoded from a frame of this memory; from now on writes to it are watched. */
    CodePage codeToFill(int slot) {
        if (code[slot] == null) {
            code[slot] = new CodePage();
        }
        writable[slot] = null;
        return code[slot];
    }

    /** Names a processor that must hear of dropped code. */
    void attach(Cpu cpu) {
        processors.add(cpu);
    }
}
