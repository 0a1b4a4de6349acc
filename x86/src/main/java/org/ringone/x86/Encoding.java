package org.ringone.x86;

/**
 * The first column of a row.
 *
 * @param prefix the mandatory prefix
 * @param map 0 one-byte opcodes, 1 after 0F, 2 after 0F 38, 3 after 0F 3A
 * @param opcode the last opcode byte
 * @param low what the opcode's low bits hold
 * @param modRm whether a ModRM byte follows
 * @param reg the reg field that the row asks for, or -1
 * @param exact the ModRM byte that the row asks for, or -1
 * @param exactLow whether the low three bits of {@code exact} hold an FPU register
 */
record Encoding(
        Prefix prefix, int map, int opcode, Low low, boolean modRm, int reg, int exact, boolean exactLow, String text) {

    /** Which of the prefixes 66, F3 and F2 select a row. */
    enum Prefix {
        ANY,
        NP,
        P66,
        PF3,
        PF2
    }

    /** What the low bits of the opcode hold. */
    enum Low {
        NOTHING(1),
        REGISTER(8),
        CONDITION(16);

        /** How many opcodes the row takes. */
        final int count;

        Low(int count) {
            this.count = count;
        }
    }

    static final Encoding NONE = new Encoding(Prefix.ANY, 0, -1, Low.NOTHING, false, -1, -1, false, "");

    /** Whether 66, F3 or F2 is part of the opcode: 66 is then no operand size. */
    boolean selectedByPrefix() {
        return prefix.ordinal() >= Prefix.P66.ordinal();
    }

    static Encoding of(String text) {
        String[] words = text.trim().split("\\s+");
        int at = 0;
        Prefix prefix =
                switch (words[0]) {
                    case "NP" -> Prefix.NP;
                    case "66" -> Prefix.P66;
                    case "F3" -> Prefix.PF3;
                    case "F2" -> Prefix.PF2;
                    default -> Prefix.ANY;
                };
        if (prefix != Prefix.ANY) {
            at++;
        }
        int map = 0;
        if (words[at].equals("0F")) {
            at++;
            map = words[at].equals("38") ? 2 : words[at].equals("3A") ? 3 : 1;
            if (map > 1) {
                at++;
            }
        }
        String opcode = words[at++];
        Low low = opcode.endsWith("+r") ? Low.REGISTER : opcode.endsWith("+cc") ? Low.CONDITION : Low.NOTHING;
        boolean modRm = at < words.length;
        int reg = -1;
        int exact = -1;
        boolean exactLow = false;
        if (modRm) {
            String word = words[at++];
            if (word.startsWith("/")) {
                reg = word.equals("/r") ? -1 : Integer.parseInt(word.substring(1));
            } else {
                exactLow = word.endsWith("+i");
                exact = Integer.parseInt(word.substring(0, 2), 16);
            }
        }
        if (at != words.length) {
            throw new IllegalArgumentException("not an encoding: " + text);
        }
        return new Encoding(
                prefix,
                map,
                Integer.parseInt(opcode.substring(0, 2), 16),
                low,
                modRm,
                reg,
                exact,
                exactLow,
                text.trim());
    }

    @Override
    public String toString() {
        return text;
    }
}
