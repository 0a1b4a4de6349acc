package org.ringone.emulator;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What has been decoded from one frame: blocks by offset and code size, and which bytes they came from.
 *
 * <p>Shared by the forks that share the frame's bytes, so several threads may fill it at once; blocks are immutable.
 */
final class CodePage {
    private static final int BYTES = PhysicalMemory.FRAME_SIZE;

    private volatile AtomicReferenceArray<Block> blocks32;
    private volatile AtomicReferenceArray<Block> blocks16;
    /** A bit per byte. Written before the block that came from those bytes is published. */
    private final long[] covered = new long[BYTES / 64];

    Block get(boolean code32, int offset) {
        AtomicReferenceArray<Block> blocks = code32 ? blocks32 : blocks16;
        return blocks == null ? null : blocks.getAcquire(offset);
    }

    /** Keeps a block that starts at an offset; bytes beyond the frame belong to {@link #cover} of the next one. */
    synchronized void put(boolean code32, int offset, Block block) {
        cover(offset, Math.min(block.length, BYTES - offset));
        AtomicReferenceArray<Block> blocks = code32 ? blocks32 : blocks16;
        if (blocks == null) {
            blocks = new AtomicReferenceArray<>(BYTES);
            if (code32) {
                blocks32 = blocks;
            } else {
                blocks16 = blocks;
            }
        }
        blocks.setRelease(offset, block);
    }

    /** Notes that a block came from these bytes too. */
    synchronized void cover(int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            covered[i >> 6] |= 1L << i;
        }
    }

    /** Whether any of these bytes was decoded. */
    boolean covers(int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if ((covered[i >> 6] >>> i & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    synchronized CodePage copy() {
        CodePage copy = new CodePage();
        System.arraycopy(covered, 0, copy.covered, 0, covered.length);
        copy.blocks32 = copy(blocks32);
        copy.blocks16 = copy(blocks16);
        return copy;
    }

    private static AtomicReferenceArray<Block> copy(AtomicReferenceArray<Block> blocks) {
        if (blocks == null) {
            return null;
        }
        AtomicReferenceArray<Block> copy = new AtomicReferenceArray<>(BYTES);
        for (int i = 0; i < BYTES; i++) {
            copy.setPlain(i, blocks.getPlain(i));
        }
        return copy;
    }
}
