package org.ringone.guest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A frame of the line between client and probe.
 *
 * <p>Towards the guest: <code>{ id kind index payload crc }</code>, at most 120 characters, index up to 1023. From the
 * guest: <code>~ id kind index index payload crc !</code>, at most 127, index up to 4095. Each character between the
 * delimiters stands for six bits: {@code '0'} + value, so that a frame passes any 7-bit line. The crc is a CRC-16 (reflected,
 * polynomial 0x8408, start 0xFFFF) in three characters over all characters between the opening delimiter and itself.
 *
 * @param id the message's number, 0 to 63
 * @param kind what it is, one of the constants
 * @param index the position in its message
 * @param payload whole groups of three bytes (the last ones may be padding)
 */
record Frame(int id, int kind, int index, byte[] payload) {

    static final int MORE = 0;
    static final int LAST = 1;
    static final int AGAIN = 2;
    static final int HELLO = 3;

    static final int TAKEN = 0;
    static final int ANSWER_MORE = 1;
    static final int ANSWER_LAST = 2;
    static final int ANSWER_HELLO = 3;
    static final int ANSWER_BAD = 4;

    /** Index of an {@link #ANSWER_BAD}: the crc was wrong. */
    static final int BAD_CRC = 1;

    /** Ids are six bits. */
    static final int IDS = 64;

    /** Bytes in a full frame towards the guest. */
    static final int REQUEST_BYTES = 84;

    /** Bytes in a full frame from the guest. */
    static final int ANSWER_BYTES = 87;

    static final int REQUEST_LIMIT = 120;
    static final int ANSWER_LIMIT = 127;

    static final char OPEN = '{';
    static final char CLOSE = '}';
    static final char ANSWER_OPEN = '~';
    static final char ANSWER_CLOSE = '!';

    private static final int ZERO = '0';
    private static final int SIX_BITS = 63;
    private static final int ANSWER_HEADER = 4;
    private static final int CRC_CHARACTERS = 3;
    private static final int[] CRC_TABLE = crcTable();

    /** A frame towards the guest, as its characters. */
    static byte[] encode(int id, int kind, int index, byte[] from, int offset, int length) {
        int groups = (length + 2) / 3;
        byte[] out = new byte[8 + 4 * groups];
        out[0] = OPEN;
        out[1] = (byte) (ZERO + id);
        out[2] = (byte) (ZERO + (kind | index >>> 6 << 2));
        out[3] = (byte) (ZERO + (index & SIX_BITS));
        int at = 4;
        for (int i = offset; i < offset + length; i += 3) {
            int left = offset + length - i;
            int bits = from[i] & 0xFF
                    | (left > 1 ? (from[i + 1] & 0xFF) << 8 : 0)
                    | (left > 2 ? (from[i + 2] & 0xFF) << 16 : 0);
            at = six(out, at, bits, 4);
        }
        at = six(out, at, crc(out, 1, at), CRC_CHARACTERS);
        out[at] = CLOSE;
        return out;
    }

    /** The frame whose characters between the delimiters these are, or null when they are not one. */
    static Frame decodeAnswer(byte[] characters, int length) {
        int body = length - CRC_CHARACTERS;
        if (body < ANSWER_HEADER || (body - ANSWER_HEADER) % 4 != 0) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (characters[i] < ZERO || characters[i] > ZERO + SIX_BITS) {
                return null;
            }
        }
        int crc = value(characters, body) | value(characters, body + 1) << 6 | value(characters, body + 2) << 12;
        if (crc != crc(characters, 0, body)) {
            return null;
        }
        byte[] payload = new byte[(body - ANSWER_HEADER) / 4 * 3];
        for (int from = ANSWER_HEADER, to = 0; from < body; from += 4, to += 3) {
            int bits = value(characters, from)
                    | value(characters, from + 1) << 6
                    | value(characters, from + 2) << 12
                    | value(characters, from + 3) << 18;
            payload[to] = (byte) bits;
            payload[to + 1] = (byte) (bits >>> 8);
            payload[to + 2] = (byte) (bits >>> 16);
        }
        return new Frame(
                value(characters, 0), value(characters, 1), value(characters, 2) | value(characters, 3) << 6, payload);
    }

    private static int six(byte[] out, int at, int bits, int count) {
        for (int i = 0; i < count; i++) {
            out[at + i] = (byte) (ZERO + (bits >>> 6 * i & SIX_BITS));
        }
        return at + count;
    }

    private static int value(byte[] characters, int at) {
        return characters[at] - ZERO;
    }

    static int crc(byte[] bytes, int from, int to) {
        int crc = 0xFFFF;
        for (int i = from; i < to; i++) {
            crc = crc >>> 8 ^ CRC_TABLE[(crc ^ bytes[i]) & 0xFF];
        }
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x8408 : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that
                && id == that.id
                && kind == that.kind
                && index == that.index
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return (id * 31 + kind) * 31 + index + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "frame " + id + " kind " + kind + " index " + index + " "
                + new String(encode(id, kind & 3, index, payload, 0, payload.length), StandardCharsets.ISO_8859_1);
    }
}
