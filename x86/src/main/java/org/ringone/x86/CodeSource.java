package org.ringone.x86;

/** Where the decoder gets code bytes from. */
@FunctionalInterface
public interface CodeSource {
    /**
     * The byte at {@code offset} (0 to 14) from the start of the instruction: 0..255, or -1 when it cannot be fetched.
     * The decoder asks for each byte once, in order, and for none after a refusal.
     */
    int fetch(int offset);
}
