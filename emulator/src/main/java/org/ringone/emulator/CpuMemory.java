package org.ringone.emulator;

import static org.ringone.emulator.PhysicalMemory.FRAME_SIZE;
import static org.ringone.emulator.PhysicalMemory.INT16;
import static org.ringone.emulator.PhysicalMemory.INT32;
import static org.ringone.emulator.PhysicalMemory.INT64;
import static org.ringone.emulator.PhysicalMemory.OFFSET;

/**
 * The processor's own memory port: segmentation and paging with the current privilege.
 *
 * <p>The quick way of each access needs an ordinary expand-up segment, an entry of the translation buffer with the permission, and an
 * operand within a page; all else goes the slow way, where all checks are. What needs the slow way for every access (alignment
 * checks, data breakpoints) withdraws the permission that the quick way asks for.
 */
final class CpuMemory implements MemoryPort {
    /** The quick way allows for operands up to this size when it looks at the limit. */
    private static final int WIDEST = 8;
    /** The rights that decide which accesses a segment allows: type, system bit and presence. */
    private static final int ACCESS_RIGHTS =
            Descriptor.PRESENT | Descriptor.SEGMENT | Descriptor.CODE | Descriptor.EXPAND_DOWN | Descriptor.WRITABLE;

    private final Cpu cpu;
    private final CpuState s;
    private final Mmu mmu;
    private final int[] key;
    private final int[] frame;
    private final int[] base;
    private final byte[][] readable;
    private final byte[][] writable;
    private final PhysicalMemory memory;
    private final PageRuns runs;

    /** By segment: offsets below, both with the sign bit flipped, may be read the quick way. */
    final int[] readBelow = new int[6];

    final int[] writeBelow = new int[6];
    /** What the two were made from: limits, and those rights that matter to them. */
    private final int[] seenLimit = new int[6];

    private final int[] seenRights = {-1, -1, -1, -1, -1, -1};
    int readBit = Mmu.NEVER;
    int writeBit = Mmu.NEVER;
    private boolean user;
    private boolean alignment;
    private boolean watching;

    /** The linear address that the last slow check gave. */
    private int linear;
    /** Physical addresses of the last translated operand: of its start, and of its first byte on a second page. */
    private long first;

    private long second;

    CpuMemory(Cpu cpu, CpuState s, Mmu mmu, PhysicalMemory memory) {
        this.cpu = cpu;
        this.s = s;
        this.mmu = mmu;
        this.memory = memory;
        key = mmu.key;
        frame = mmu.frame;
        base = s.base;
        readable = memory.readable;
        writable = memory.writable;
        runs = new PageRuns(this, s, mmu, memory);
    }

    /** A segment register was loaded. */
    void segmentChanged(int register) {
        int rights = s.rights[register] & ACCESS_RIGHTS;
        int limit = s.limit[register];
        if (rights == seenRights[register] && limit == seenLimit[register]) {
            return;
        }
        seenRights[register] = rights;
        seenLimit[register] = limit;
        readBelow[register] = quick(register, false);
        writeBelow[register] = quick(register, true);
    }

    private int quick(int register, boolean write) {
        int rights = s.rights[register];
        int limit = s.limit[register];
        boolean up = (rights & (Descriptor.CODE | Descriptor.EXPAND_DOWN)) != Descriptor.EXPAND_DOWN;
        boolean usable = up && (write ? Descriptor.writable(rights) : Descriptor.readable(rights));
        return usable && Integer.compareUnsigned(limit, WIDEST) >= 0
                ? limit - (WIDEST - 2) + Integer.MIN_VALUE
                : Integer.MIN_VALUE;
    }

    /** Privilege, alignment checking or data breakpoints may have changed. */
    void modeChanged() {
        user = s.cpl == 3;
        alignment = user && (s.cr0 & CpuState.CR0_AM) != 0 && (s.flags & CpuState.AC) != 0;
        watching = DebugRegisters.watchesData(s);
        boolean slow = alignment || watching;
        int shift = user ? Mmu.USER_SHIFT : 0;
        readBit = slow ? Mmu.NEVER : Mmu.SUPERVISOR_READ << shift;
        writeBit = slow ? Mmu.NEVER : Mmu.SUPERVISOR_WRITE << shift;
    }

    @Override
    public int read8(int segment, int offset) {
        int a = base[segment] + offset;
        int at = a >>> 12 & Mmu.ENTRIES - 1;
        int bit = readBit;
        if (offset + Integer.MIN_VALUE < readBelow[segment] && (key[at] & (Mmu.PAGE | bit)) == (a & Mmu.PAGE | bit)) {
            return readable[frame[at]][a & OFFSET] & 0xFF;
        }
        return check(segment, offset, 1, Mmu.READ) ? memory.read8(first) : 0;
    }

    @Override
    public int read16(int segment, int offset) {
        int a = base[segment] + offset;
        int at = a >>> 12 & Mmu.ENTRIES - 1;
        int bit = readBit;
        if (offset + Integer.MIN_VALUE < readBelow[segment]
                && (key[at] & (Mmu.PAGE | bit)) == (a & Mmu.PAGE | bit)
                && (a & OFFSET) <= FRAME_SIZE - 2) {
            return (short) INT16.get(readable[frame[at]], a & OFFSET) & 0xFFFF;
        }
        return check(segment, offset, 2, Mmu.READ) ? (int) load(2) : 0;
    }

    @Override
    public int read32(int segment, int offset) {
        int a = base[segment] + offset;
        int at = a >>> 12 & Mmu.ENTRIES - 1;
        int bit = readBit;
        if (offset + Integer.MIN_VALUE < readBelow[segment]
                && (key[at] & (Mmu.PAGE | bit)) == (a & Mmu.PAGE | bit)
                && (a & OFFSET) <= FRAME_SIZE - 4) {
            return (int) INT32.get(readable[frame[at]], a & OFFSET);
        }
        return check(segment, offset, 4, Mmu.READ) ? (int) load(4) : 0;
    }

    @Override
    public long read64(int segment, int offset) {
        int a = base[segment] + offset;
        int at = a >>> 12 & Mmu.ENTRIES - 1;
        int bit = readBit;
        if (offset + Integer.MIN_VALUE < readBelow[segment]
                && (key[at] & (Mmu.PAGE | bit)) == (a & Mmu.PAGE | bit)
                && (a & OFFSET) <= FRAME_SIZE - 8) {
            return (long) INT64.get(readable[frame[at]], a & OFFSET);
        }
        return check(segment, offset, 8, Mmu.READ) ? load(8) : 0;
    }

    /** The array that a write of this size may go to the quick way, or null. */
    private byte[] quickly(int segment, int offset, int size) {
        int a = base[segment] + offset;
        int at = a >>> 12 & Mmu.ENTRIES - 1;
        int bit = writeBit;
        if (offset + Integer.MIN_VALUE < writeBelow[segment]
                && (key[at] & (Mmu.PAGE | bit)) == (a & Mmu.PAGE | bit)
                && (a & OFFSET) <= FRAME_SIZE - size) {
            return writable[frame[at]];
        }
        return null;
    }

    @Override
    public void write8(int segment, int offset, int value) {
        byte[] page = quickly(segment, offset, 1);
        if (page != null) {
            page[base[segment] + offset & OFFSET] = (byte) value;
        } else if (check(segment, offset, 1, Mmu.WRITE)) {
            memory.write8(first, value);
        }
    }

    @Override
    public void write16(int segment, int offset, int value) {
        byte[] page = quickly(segment, offset, 2);
        if (page != null) {
            INT16.set(page, base[segment] + offset & OFFSET, (short) value);
        } else if (check(segment, offset, 2, Mmu.WRITE)) {
            store(2, value);
        }
    }

    @Override
    public void write32(int segment, int offset, int value) {
        byte[] page = quickly(segment, offset, 4);
        if (page != null) {
            INT32.set(page, base[segment] + offset & OFFSET, value);
        } else if (check(segment, offset, 4, Mmu.WRITE)) {
            store(4, value);
        }
    }

    @Override
    public void write64(int segment, int offset, long value) {
        byte[] page = quickly(segment, offset, 8);
        if (page != null) {
            INT64.set(page, base[segment] + offset & OFFSET, value);
        } else if (check(segment, offset, 8, Mmu.WRITE)) {
            store(8, value);
        }
    }

    @Override
    public int readForWrite8(int segment, int offset) {
        byte[] page = quickly(segment, offset, 1);
        if (page != null) {
            return page[base[segment] + offset & OFFSET] & 0xFF;
        }
        return check(segment, offset, 1, Mmu.WRITE) ? memory.read8(first) : 0;
    }

    @Override
    public int readForWrite16(int segment, int offset) {
        byte[] page = quickly(segment, offset, 2);
        if (page != null) {
            return (short) INT16.get(page, base[segment] + offset & OFFSET) & 0xFFFF;
        }
        return check(segment, offset, 2, Mmu.WRITE) ? (int) load(2) : 0;
    }

    @Override
    public int readForWrite32(int segment, int offset) {
        byte[] page = quickly(segment, offset, 4);
        if (page != null) {
            return (int) INT32.get(page, base[segment] + offset & OFFSET);
        }
        return check(segment, offset, 4, Mmu.WRITE) ? (int) load(4) : 0;
    }

    @Override
    public long readForWrite64(int segment, int offset) {
        byte[] page = quickly(segment, offset, 8);
        if (page != null) {
            return (long) INT64.get(page, base[segment] + offset & OFFSET);
        }
        return check(segment, offset, 8, Mmu.WRITE) ? load(8) : 0;
    }

    @Override
    public int copyUpwards(int fromSegment, int from, int toSegment, int to, int size, int length) {
        return runs.copyUpwards(fromSegment, from, toSegment, to, size, length);
    }

    @Override
    public int copyDownwards(int fromSegment, int from, int toSegment, int to, int size, int length) {
        return runs.copyDownwards(fromSegment, from, toSegment, to, size, length);
    }

    @Override
    public int fillUpwards(int segment, int offset, int element, int size, int length) {
        return runs.fillUpwards(segment, offset, element, size, length);
    }

    @Override
    public int equalUpwards(int firstSegment, int first, int secondSegment, int second, int size, int length) {
        return runs.equalUpwards(firstSegment, first, secondSegment, second, size, length);
    }

    @Override
    public int passUpwards(int segment, int offset, int element, boolean equal, int size, int length) {
        return runs.passUpwards(segment, offset, element, equal, size, length);
    }

    @Override
    public boolean probeWrite(int segment, int offset, int size) {
        return size <= WIDEST && quickly(segment, offset, size) != null || probe(segment, offset, size, Mmu.WRITE);
    }

    @Override
    public boolean probeRead(int segment, int offset, int size) {
        return probe(segment, offset, size, Mmu.READ);
    }

    private boolean probe(int segment, int offset, int size, int access) {
        boolean watched = watching;
        watching = false; // only the access itself meets a breakpoint
        boolean ok = check(segment, offset, size, access);
        watching = watched;
        return ok;
    }

    /** All checks of an access; gives {@link #linear}, {@link #first} and {@link #second}. */
    private boolean check(int segment, int offset, int size, int access) {
        if (!Descriptor.allows(s.rights[segment], s.limit[segment], offset, size, access == Mmu.WRITE)) {
            cpu.fault(segment == CpuState.SS ? Vector.SS : Vector.GP, 0);
            return false;
        }
        linear = base[segment] + offset;
        if (alignment && (linear & size - 1) != 0 && (size & size - 1) == 0) {
            cpu.fault(Vector.AC, 0);
            return false;
        }
        if (!translate(size, access, user)) {
            cpu.pageFault();
            return false;
        }
        if (watching) {
            cpu.watch(linear, size, access == Mmu.WRITE);
        }
        return true;
    }

    private boolean translate(int size, int access, boolean asUser) {
        int offset = linear & OFFSET;
        first = mmu.translate(linear, access, asUser);
        if (first < 0) {
            return false;
        }
        if (offset + size > FRAME_SIZE) {
            second = mmu.translate(linear + FRAME_SIZE - offset, access, asUser);
            return second >= 0;
        }
        return true;
    }

    private long load(int size) {
        int here = FRAME_SIZE - (linear & OFFSET);
        if (size <= here) {
            return size == 2
                    ? memory.read16(first)
                    : size == 4 ? memory.read32(first) & 0xFFFF_FFFFL : memory.read64(first);
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) memory.read8(i < here ? first + i : second + i - here) << 8 * i;
        }
        return value;
    }

    private void store(int size, long value) {
        int here = FRAME_SIZE - (linear & OFFSET);
        if (size <= here) {
            switch (size) {
                case 2 -> memory.write16(first, (int) value);
                case 4 -> memory.write32(first, (int) value);
                default -> memory.write64(first, value);
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            memory.write8(i < here ? first + i : second + i - here, (int) (value >> 8 * i));
        }
    }

    /** Reads at a linear address with the supervisor's privilege: descriptor tables, task state. */
    long readSystem(int at, int size) {
        int entry = at >>> 12 & Mmu.ENTRIES - 1;
        int offset = at & OFFSET;
        if ((key[entry] & (Mmu.PAGE | Mmu.SUPERVISOR_READ)) == (at & Mmu.PAGE | Mmu.SUPERVISOR_READ)
                && offset <= FRAME_SIZE - size) {
            byte[] page = readable[frame[entry]];
            return switch (size) {
                case 1 -> page[offset] & 0xFF;
                case 2 -> (short) INT16.get(page, offset) & 0xFFFF;
                case 4 -> (int) INT32.get(page, offset) & 0xFFFF_FFFFL;
                default -> (long) INT64.get(page, offset);
            };
        }
        return readSystemSlowly(at, size);
    }

    /** Reads eight bytes as {@link #readSystem} does if their page is in the translation buffer; else 0, with nothing recorded. */
    long peekSystem(int at) {
        int entry = at >>> 12 & Mmu.ENTRIES - 1;
        int offset = at & OFFSET;
        boolean quick = (key[entry] & (Mmu.PAGE | Mmu.SUPERVISOR_READ)) == (at & Mmu.PAGE | Mmu.SUPERVISOR_READ)
                && offset <= FRAME_SIZE - 8;
        return quick ? (long) INT64.get(readable[frame[entry]], offset) : 0;
    }

    private long readSystemSlowly(int at, int size) {
        linear = at;
        if (!translate(size, Mmu.READ, false)) {
            cpu.pageFault();
            return 0;
        }
        return size == 1 ? memory.read8(first) : load(size);
    }

    /** Writes at a linear address with the supervisor's privilege. */
    void writeSystem(int at, int size, long value) {
        write(at, size, value, false);
    }

    /** Writes at a linear address. */
    void write(int at, int size, long value, boolean asUser) {
        linear = at;
        if (!translate(size, Mmu.WRITE, asUser)) {
            cpu.pageFault();
        } else if (size == 1) {
            memory.write8(first, (int) value);
        } else {
            store(size, value);
        }
    }
}
