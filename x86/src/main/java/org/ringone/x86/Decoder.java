package org.ringone.x86;

import java.util.Objects;

/** Bytes to instructions. */
public final class Decoder {
    static final int LOCK = 1;
    static final int REPEAT_SHIFT = 4;
    static final int SEGMENT_SHIFT = 8;
    static final int MEMORY = 1 << 16;

    private Decoder() {}

    /**
     * Decodes one instruction; {@code code32} says whether the code segment's default size is 32 bits. Never throws:
     * see the sentinel rows of {@link Form}.
     */
    public static Instruction decode(CodeSource code, boolean code32) {
        Objects.requireNonNull(code);
        throw new UnsupportedOperationException();
    }
}
