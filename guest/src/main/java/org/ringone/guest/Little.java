package org.ringone.guest;

import java.nio.charset.StandardCharsets;

/** Little-endian values in byte arrays. */
final class Little {

    private Little() {}

    static int word(byte[] b, int at) {
        return b[at] & 0xFF | (b[at + 1] & 0xFF) << 8 | (b[at + 2] & 0xFF) << 16 | b[at + 3] << 24;
    }

    static int half(byte[] b, int at) {
        return b[at] & 0xFF | (b[at + 1] & 0xFF) << 8;
    }

    static long quad(byte[] b, int at) {
        return word(b, at) & 0xFFFF_FFFFL | (long) word(b, at + 4) << 32;
    }

    static void word(byte[] b, int at, int value) {
        b[at] = (byte) value;
        b[at + 1] = (byte) (value >>> 8);
        b[at + 2] = (byte) (value >>> 16);
        b[at + 3] = (byte) (value >>> 24);
    }

    static void half(byte[] b, int at, int value) {
        b[at] = (byte) value;
        b[at + 1] = (byte) (value >>> 8);
    }

    /** The bytes up to a NUL, at most {@code max}, as Latin-1. */
    static String string(byte[] b, int at, int max) {
        int end = at;
        while (end < at + max && end < b.length && b[end] != 0) {
            end++;
        }
        return new String(b, at, end - at, StandardCharsets.ISO_8859_1);
    }
}
