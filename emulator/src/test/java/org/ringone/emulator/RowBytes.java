package org.ringone.emulator;

import java.util.Arrays;
import java.util.Random;
import org.ringone.x86.Decoder;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;

/** Makes random instructions of a row of the table. */
public final class RowBytes {
    /** Operand size, address size, and the six segment overrides. */
    private static final int[] PREFIXES = {0x66, 0x67, 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65};

    private final Form form;
    private final String[] words;
    private final Random random;

    public RowBytes(Form form, Random random) {
        this.form = form;
        this.random = random;
        String text = form.toString();
        words = text.substring(0, text.indexOf('|')).trim().split("\\s+");
    }

    /** The machine code of a random instruction of the row, its operands random too. */
    public byte[] next() {
        while (true) {
            byte[] bytes = candidate();
            Instruction i = decode(bytes);
            if (i.form == form) {
                return Arrays.copyOf(bytes, i.length);
            }
        }
    }

    public static Instruction decode(byte[] bytes) {
        return Decoder.decode(n -> n < bytes.length ? bytes[n] & 0xFF : -1, true);
    }

    private byte[] candidate() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        int at = 0;
        boolean plain = words[0].equals("NP");
        if (form.string() && random.nextInt(3) > 0) {
            bytes[at++] = (byte) (random.nextBoolean() ? 0xF3 : 0xF2);
        }
        if (form.lockable() && random.nextInt(4) == 0) {
            bytes[at++] = (byte) 0xF0;
        }
        for (int n = 0; n < PREFIXES.length; n++) {
            if (random.nextInt(n < 2 ? 3 : 40) == 0 && !(plain && n == 0)) {
                bytes[at++] = (byte) PREFIXES[n];
            }
        }
        for (String word : words) {
            switch (word) {
                case "NP" -> {}
                case "/r" -> at++;
                default -> {
                    bytes[at] = word.startsWith("/") ? withReg(bytes[at], word) : opcode(word);
                    at++;
                }
            }
        }
        return bytes;
    }

    private byte withReg(byte modRm, String word) {
        return (byte) (modRm & ~0x38 | Integer.parseInt(word.substring(1)) << 3);
    }

    private byte opcode(String word) {
        int plus = word.indexOf('+');
        int value = Integer.parseInt(plus < 0 ? word : word.substring(0, plus), 16);
        int low = plus < 0 ? 1 : word.endsWith("cc") ? 16 : 8;
        return (byte) (value + random.nextInt(low));
    }
}
