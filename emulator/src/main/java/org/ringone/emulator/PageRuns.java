package org.ringone.emulator;

import static org.ringone.emulator.PhysicalMemory.FRAME_SIZE;
import static org.ringone.emulator.PhysicalMemory.INT16;
import static org.ringone.emulator.PhysicalMemory.INT32;
import static org.ringone.emulator.PhysicalMemory.OFFSET;

import java.util.Arrays;

/**
 * What repeated string instructions do to many elements at once: as much as lies in one page of each operand, is well within its
 * segment, and has a translation in the buffer with the permission. The contracts are those of {@link MemoryPort}.
 */
final class PageRuns {
    private final CpuMemory access;
    private final int[] key;
    private final int[] frame;
    private final int[] base;
    private final byte[][] readable;
    private final byte[][] writable;
    private final int[] readBelow;
    private final int[] writeBelow;

    PageRuns(CpuMemory access, CpuState s, Mmu mmu, PhysicalMemory memory) {
        this.access = access;
        key = mmu.key;
        frame = mmu.frame;
        base = s.base;
        readable = memory.readable;
        writable = memory.writable;
        readBelow = access.readBelow;
        writeBelow = access.writeBelow;
    }

    /** Bytes from an offset on that lie in one page and, with room to spare, within the segment: 0 when it takes the slow way. */
    private int run(int segment, int offset, int length, int bit, int[] below) {
        int a = base[segment] + offset;
        int at = a >>> 12 & Mmu.ENTRIES - 1;
        int part = Math.min(length, FRAME_SIZE - (a & OFFSET));
        boolean quick = (key[at] & (Mmu.PAGE | bit)) == (a & Mmu.PAGE | bit)
                && offset + Integer.MIN_VALUE < below[segment]
                && offset + part + Integer.MIN_VALUE < below[segment]
                && Integer.compareUnsigned(offset + part, offset) > 0;
        return quick ? part : 0;
    }

    private byte[] page(byte[][] pages, int segment, int offset) {
        return pages[frame[base[segment] + offset >>> 12 & Mmu.ENTRIES - 1]];
    }

    int copyUpwards(int fromSegment, int from, int toSegment, int to, int size, int length) {
        int part = run(
                fromSegment, from, run(toSegment, to, length, access.writeBit, writeBelow), access.readBit, readBelow);
        byte[] target = part < size ? null : page(writable, toSegment, to);
        if (target == null) {
            return 0;
        }
        byte[] source = page(readable, fromSegment, from);
        int at = base[fromSegment] + from & OFFSET;
        int ahead = (base[toSegment] + to & OFFSET) - at;
        if (source == target && ahead > 0) { // later elements read what earlier ones wrote
            part = Math.min(part, ahead);
        }
        part -= part % size;
        System.arraycopy(source, at, target, at + ahead, part);
        return part;
    }

    /** As {@link #run}, downwards from the end of the element at an offset. */
    private int runDown(int segment, int offset, int size, int length, int bit, int[] below) {
        int a = base[segment] + offset;
        int at = a >>> 12 & Mmu.ENTRIES - 1;
        int part = Math.min(length, (a & OFFSET) + size);
        boolean quick = (key[at] & (Mmu.PAGE | bit)) == (a & Mmu.PAGE | bit)
                && (a & OFFSET) <= FRAME_SIZE - size
                && offset + Integer.MIN_VALUE < below[segment]
                && Integer.compareUnsigned(offset, part - size) >= 0;
        return quick ? part : 0;
    }

    int copyDownwards(int fromSegment, int from, int toSegment, int to, int size, int length) {
        int part = runDown(toSegment, to, size, length, access.writeBit, writeBelow);
        part = part == 0 ? 0 : runDown(fromSegment, from, size, part, access.readBit, readBelow);
        byte[] target = part < size ? null : page(writable, toSegment, to);
        if (target == null) {
            return 0;
        }
        byte[] source = page(readable, fromSegment, from);
        int at = base[fromSegment] + from & OFFSET;
        int behind = at - (base[toSegment] + to & OFFSET);
        if (source == target && behind > 0) { // later elements read what earlier ones wrote
            part = Math.min(part, behind);
        }
        part -= part % size;
        int lowest = at + size - part;
        System.arraycopy(source, lowest, target, lowest - behind, part);
        return part;
    }

    int passUpwards(int segment, int offset, int element, boolean equal, int size, int length) {
        int part = run(segment, offset, length, access.readBit, readBelow);
        if (part < size) {
            return 0;
        }
        byte[] page = page(readable, segment, offset);
        int at = base[segment] + offset & OFFSET;
        part -= part % size;
        int passed = 0;
        switch (size) {
            case 1 -> {
                while (passed < part && (page[at + passed] == (byte) element) == equal) {
                    passed++;
                }
            }
            case 2 -> {
                while (passed < part && ((short) INT16.get(page, at + passed) == (short) element) == equal) {
                    passed += 2;
                }
            }
            default -> {
                while (passed < part && ((int) INT32.get(page, at + passed) == element) == equal) {
                    passed += 4;
                }
            }
        }
        return passed;
    }

    int fillUpwards(int segment, int offset, int element, int size, int length) {
        int part = run(segment, offset, length, access.writeBit, writeBelow);
        byte[] target = part < size ? null : page(writable, segment, offset);
        if (target == null) {
            return 0;
        }
        part -= part % size;
        int at = base[segment] + offset & OFFSET;
        for (int n = 0; n < size; n++) {
            target[at + n] = (byte) (element >> 8 * n);
        }
        for (int done = size; done < part; ) { // each copy doubles what is there
            int more = Math.min(done, part - done);
            System.arraycopy(target, at, target, at + done, more);
            done += more;
        }
        return part;
    }

    int equalUpwards(int firstSegment, int first, int secondSegment, int second, int size, int length) {
        int part = run(
                firstSegment,
                first,
                run(secondSegment, second, length, access.readBit, readBelow),
                access.readBit,
                readBelow);
        if (part < size) {
            return 0;
        }
        int a = base[firstSegment] + first & OFFSET;
        int b = base[secondSegment] + second & OFFSET;
        int same = Arrays.mismatch(
                page(readable, firstSegment, first), a, a + part, page(readable, secondSegment, second), b, b + part);
        int equal = same < 0 ? part : same;
        return equal - equal % size;
    }
}
