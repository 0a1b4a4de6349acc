package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The x87 against a real processor: what instructions made there of special and of random numbers, under all roundings and
 * precisions, with exceptions masked and not. Functions that are not exact may differ by one unit in the last place.
 */
class X87VectorsTest {

    private static final int CONTROL = 0x2_0000;
    private static final int SAVED = 0x2_0100;
    private static final int REGISTERS = SAVED + 28;
    private static final int C1 = 1 << 9;

    /** What came of an instruction: the status word, and the first three registers of the stack; null for an empty one. */
    private record Seen(int status, List<String> stack) {}

    private static List<String> lines(String resource) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(X87VectorsTest.class.getResourceAsStream(resource), StandardCharsets.US_ASCII))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    private static Seen run(String[] vector) {
        String operation =
                switch (vector[0]) {
                    case "fadd", "fsub", "fmul", "fdiv" -> vector[0] + " st0, st1";
                    case "fcom", "fucom" -> vector[0] + " st1";
                    default -> vector[0];
                };
        TestMachine machine = new TestMachine();
        PhysicalMemory memory = machine.memory;
        memory.write16(CONTROL, Integer.parseInt(vector[1], 16));
        memory.write64(CONTROL + 0x10, Long.parseUnsignedLong(vector[2], 16));
        memory.write16(CONTROL + 0x18, Integer.parseInt(vector[3], 16));
        memory.write64(CONTROL + 0x20, Long.parseUnsignedLong(vector[4], 16));
        memory.write16(CONTROL + 0x28, Integer.parseInt(vector[5], 16));
        machine.ring(0)
                .code("fninit\n fldcw [0x20000]\n fld tword [0x20020]\n fld tword [0x20010]\n " + operation
                        + "\n fnsave [0x20100]\n hlt");
        machine.run();
        int status = memory.read16(SAVED + 4);
        int tags = memory.read16(SAVED + 8);
        List<String> stack = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            boolean empty = (tags >> 2 * ((status >> 11) + n & 7) & 3) == 3;
            int at = REGISTERS + 10 * n;
            stack.add(empty ? "empty" : String.format("%04x:%016x", memory.read16(at + 8), memory.read64(at)));
        }
        return new Seen(status, stack);
    }

    @Test
    void arithmeticIsThatOfAProcessorToTheBit() throws IOException {
        List<String> differences = new ArrayList<>();
        List<String> lines = lines("x87-arithmetic.txt");
        for (String line : lines) {
            String[] sides = line.split(" \\| ");
            Seen seen = run(sides[0].split(" "));
            String found = String.format("%04x %s", seen.status, String.join(" ", seen.stack));
            if (!found.equals(sides[1])) {
                differences.add(line + ", here " + found);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(lines).hasSizeGreaterThan(1000);
    }

    @Test
    void functionsAreThoseOfAProcessorToOneUnitInTheLastPlace() throws IOException {
        List<String> differences = new ArrayList<>();
        List<String> lines = lines("x87-functions.txt");
        for (String line : lines) {
            String[] sides = line.split(" \\| ");
            String[] words = sides[1].split(" ");
            Seen seen = run(sides[0].split(" "));
            boolean same = (Integer.parseInt(words[0], 16) & ~C1) == (seen.status & ~C1); // C1: rounded up
            for (int n = 0; n < 3; n++) {
                same &= near(words[n + 1], seen.stack.get(n));
            }
            if (!same) {
                differences.add(line + ", here " + seen);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(lines).hasSize(500);
    }

    private static boolean near(String one, String other) {
        if (one.equals("empty") || other.equals("empty")) {
            return one.equals(other);
        }
        long distance = Long.parseUnsignedLong(one.substring(5), 16) - Long.parseUnsignedLong(other.substring(5), 16);
        return one.substring(0, 4).equals(other.substring(0, 4)) && Math.abs(distance) <= 1;
    }
}
