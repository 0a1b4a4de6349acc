package org.ringone.x86;

/** Where the decoder gets code bytes from. */
@FunctionalInterface
public interface CodeSource {
    /**
     * The byte at {@code offset} (0 to 14) from the start of the instruction: 0..255, or -1 when it cannot be fetched.
     * The decoder asks in ascending order and never again after a refusal.
     */
    int fetch(int offset);
}
