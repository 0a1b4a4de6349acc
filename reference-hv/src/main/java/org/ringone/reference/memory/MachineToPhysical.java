package org.ringone.reference.memory;

import java.util.Arrays;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.AddressSpace;

/**
 * The machine-to-physical table: for every machine frame the pseudo-physical one that its owner knows it by (BOOT-11). Lies in
 * machine frames that every address space shows, read-only, at {@link AddressSpace#MACH2PHYS_START}.
 */
public final class MachineToPhysical {

    /** What the table says of a frame that was never given to a guest: the era's filling. */
    public static final int NEVER_SET = 0x55555555;

    /** Frames of the table that one L1 maps: 2 MiB. */
    private static final int CHUNK = PageTableEntry.PER_TABLE;

    private final PhysicalMemory ram;
    private final int chunks;
    private final int firstTable;
    private final int firstFrame;

    /**
     * The table of a machine.
     *
     * @param first the first of {@link #framesNeeded} frames that follow each other
     */
    MachineToPhysical(PhysicalMemory ram, int first) {
        this.ram = ram;
        this.chunks = chunks(ram.frames());
        this.firstTable = first;
        this.firstFrame = first + chunks;
    }

    static int chunks(int frames) {
        return (int) ((frames * 4L + (CHUNK << AddressSpace.PAGE_SHIFT) - 1) / (CHUNK << AddressSpace.PAGE_SHIFT));
    }

    static int framesNeeded(int frames) {
        return chunks(frames) * (1 + CHUNK);
    }

    /** Writes the table as nobody has set it, and the page tables that map it with those flags. */
    void fill(int flags) {
        byte[] page = new byte[AddressSpace.PAGE_SIZE];
        Arrays.fill(page, (byte) NEVER_SET);
        ram.write((long) firstFrame << 12, page, 0, page.length);
        for (int i = 0; i < chunks * CHUNK; i++) {
            if (i > 0) {
                ram.copyFrame(firstFrame, firstFrame + i);
            }
            ram.write64(((long) firstTable << 12) + i * 8L, PageTableEntry.of(firstFrame + i, flags));
        }
    }

    /** The L1 tables of the table's mapping. */
    int chunks() {
        return chunks;
    }

    int table(int chunk) {
        return firstTable + chunk;
    }

    /** The first frame of each 2 MiB of the table. */
    int chunkFrame(int chunk) {
        return firstFrame + chunk * CHUNK;
    }

    /** The pseudo-physical frame of a valid machine frame, as it was last set. */
    public int get(int mfn) {
        return ram.read32(((long) firstFrame << 12) + mfn * 4L);
    }

    public void set(int mfn, int pfn) {
        ram.write32(((long) firstFrame << 12) + mfn * 4L, pfn);
    }
}
