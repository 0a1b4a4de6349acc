package org.ringone.x86;

import java.util.Arrays;
import java.util.Random;

/** Random encodings of a row, without prefixes that repeat each other. */
final class Encodings {
    private static final int[] SEGMENTS = {0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65};

    private final Random random;
    private final byte[] bytes = new byte[24];
    private int at;

    Encodings(Random random) {
        this.random = random;
    }

    /** Bytes that begin with the row; more follow than it needs. */
    byte[] of(Form form) {
        random.nextBytes(bytes);
        Encoding encoding = form.encoding();
        boolean sizeIsOpcode = encoding.prefix() != Encoding.Prefix.ANY;
        if (!sizeIsOpcode && form.fixedSize() == 0 && random.nextInt(3) == 0) {
            put(0x66);
        }
        if (random.nextInt(3) == 0) {
            put(0x67);
        }
        if (random.nextInt(4) == 0) {
            put(SEGMENTS[random.nextInt(SEGMENTS.length)]);
        }
        if (form.string() && random.nextBoolean()) {
            put(0xF2 + random.nextInt(2));
        }
        if (form.lockable() && random.nextInt(3) == 0) {
            put(0xF0);
        }
        switch (encoding.prefix()) {
            case P66 -> put(0x66);
            case PF3 -> put(0xF3);
            case PF2 -> put(0xF2);
            default -> {}
        }
        if (encoding.map() > 0) {
            put(0x0F);
        }
        if (encoding.map() > 1) {
            put(encoding.map() == 2 ? 0x38 : 0x3A);
        }
        put(encoding.opcode() + random.nextInt(encoding.low().count));
        modRm(encoding);
        return Arrays.copyOf(bytes, bytes.length);
    }

    private void modRm(Encoding encoding) {
        if (encoding.exact() >= 0) {
            bytes[at] = (byte) (encoding.exact() | (encoding.exactLow() ? random.nextInt(8) : 0));
        } else if (encoding.reg() >= 0) {
            bytes[at] = (byte) (bytes[at] & 0xC7 | encoding.reg() << 3);
        }
        // Small numbers behind ModRM are where short and long forms differ.
        for (int i = at + 2; i < bytes.length; i++) {
            bytes[i] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> -1;
                default -> bytes[i];
            };
        }
    }

    private void put(int value) {
        bytes[at++] = (byte) value;
    }
}
