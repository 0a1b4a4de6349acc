package org.ringone.x86;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table against other assemblers and disassemblers; see the README beside the golden files. */
class GoldenTest {
    /** Names that GNU objdump gives to instructions which the table knows by NASM's names. */
    private static final Map<String, String> OBJDUMP_NAMES = Map.of("icebp", "int1", "fwait", "wait", "xlat", "xlatb");

    /** Later instructions in places where a processor of the table's time does nothing. */
    private static final Set<String> HINT_SPACE = Set.of(
            "bndldx",
            "bndmov",
            "bndcl",
            "bndcu",
            "bndmk",
            "bndcn",
            "bndstx",
            "cldemote",
            "prefetchit0",
            "prefetchit1",
            "endbr32",
            "endbr64",
            "rdsspd",
            "prefetchrst2");

    /** Later instructions that an earlier processor takes for another, ignoring the prefix. */
    private static final Map<String, String> PREFIX_IGNORED =
            Map.of("tzcnt", "BSF", "lzcnt", "BSR", "wbnoinvd", "WBINVD", "xchg", "NOP");

    @ParameterizedTest
    @ValueSource(ints = {32, 16})
    void assemblesAsNasmDoes(int bits) throws Exception {
        List<String> differences = new ArrayList<>();
        List<String> lines = resource("nasm" + bits + ".txt");
        for (String line : lines) {
            int bar = line.lastIndexOf('|');
            String source = line.substring(0, bar).strip();
            String expected = line.substring(bar + 1).strip();
            String actual;
            try {
                byte[] bytes = Assembler.assemble("bits " + bits + "\n" + source, Map.of(), 0)
                        .bytes();
                actual = HexFormat.of().withUpperCase().formatHex(bytes);
            } catch (AssemblyException e) {
                actual = e.getMessage();
            }
            if (!actual.equals(expected)) {
                differences.add(source + ": NASM " + expected + ", here " + actual);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(lines).hasSizeGreaterThan(2000);
    }

    /** Rows of MMX and SSE, both ways: NASM's bytes are what the text assembles to, and the text is what they disassemble to. */
    @ParameterizedTest
    @ValueSource(ints = {32, 16})
    void vectorRowsAreThoseOfNasm(int bits) throws Exception {
        List<String> differences = new ArrayList<>();
        Set<Form> rows = new HashSet<>();
        for (String line : resource("vectors" + bits + ".txt")) {
            int bar = line.lastIndexOf('|');
            String source = line.substring(0, bar).strip();
            String expected = line.substring(bar + 1).strip();
            byte[] bytes = Assembler.assemble("bits " + bits + "\n" + source, Map.of(), 0)
                    .bytes();
            String actual = HexFormat.of().withUpperCase().formatHex(bytes);
            Instruction instruction = Decoding.of(HexFormat.of().parseHex(expected), bits == 32);
            String text = Disassembler.text(instruction, 0);
            rows.add(instruction.form);
            if (!actual.equals(expected) || !sizeless(text).equals(sizeless(source))) {
                differences.add(source + ": NASM " + expected + ", here " + actual + " and " + text);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(InstructionTable.forms())
                .filteredOn(form -> form.extension().matches("mmx|sse|sse2|fxsr"))
                .filteredOn(
                        form -> !form.attributes().quiet() && !form.mnemonic().equals("PAUSE"))
                .allMatch(rows::contains);
    }

    /** NASM does not take every size that the disassembler says. */
    private static String sizeless(String text) {
        return text.replaceAll("(dword|qword|oword) ", "");
    }

    @Test
    void assemblesAProgramAsNasmDoes() throws Exception {
        String source = String.join("\n", resource("program.asm"));
        String expected = String.join("", resource("program.hex"));
        Assembly assembly = Assembler.assemble(source, Map.of(), 0xF5801000);
        assertThat(HexFormat.of().formatHex(assembly.bytes())).isEqualTo(expected);
        assertThat(assembly.symbols()).containsEntry("start", 0xF5801000).containsEntry("PAGE", 4096);
        assertThat(assembly.symbol("main.loop")).isGreaterThan(assembly.symbol("main"));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 16})
    void decodesAsObjdumpDoes(int bits) throws Exception {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (String line : resource("objdump" + bits + ".txt")) {
            String[] words = line.split(" ");
            byte[] bytes = HexFormat.of().parseHex(words[0]);
            Instruction instruction = Decoding.of(bytes, bits == 32);
            String difference = difference(instruction, bytes.length, words[1]);
            if (!difference.isEmpty()) {
                differences.add(words[0] + ": objdump " + words[1] + ", here " + difference);
            }
            compared += instruction.form == Form.UNDEFINED ? 0 : 1;
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(1500);
    }

    /** What is different, or nothing. An instruction that the table does not hold must be undefined. */
    private static String difference(Instruction instruction, int length, String name) {
        String found = instruction.form.mnemonic() + " of " + instruction.length + " bytes";
        if (instruction.form == Form.UNDEFINED) {
            boolean known = Names.of(plain(name)) != null && !name.equals("(bad)");
            return known && !undefinedHere(name) ? found : "";
        }
        if (name.equals("(bad)")) {
            return badOnlyThere(instruction) ? "" : found;
        }
        boolean later = name.startsWith("prefetch")
                        && instruction.form.mnemonic().startsWith("PREFETCH")
                || HINT_SPACE.contains(name) && instruction.form.mnemonic().equals("NOP")
                || instruction.form.mnemonic().equals(PREFIX_IGNORED.get(name));
        boolean same = later
                || names(instruction).contains(plain(name))
                || names(instruction).contains(bare(name));
        return same && instruction.length == length ? "" : found;
    }

    /** A name without the size that objdump adds. */
    private static String bare(String name) {
        return name.substring(0, name.length() - 1);
    }

    private static String plain(String name) {
        return OBJDUMP_NAMES.getOrDefault(name, name.replace("(8087", ""));
    }

    /**
     * objdump names moves of control registers that do not exist and MOV to CS; MOVSD and CMPSD of SSE2 share a name; the
     * manual has FXSAVE and its neighbours without prefixes only.
     */
    private static boolean undefinedHere(String name) {
        return Set.of("mov", "movsd", "cmpsd", "fxsave", "fxrstor", "ldmxcsr", "stmxcsr", "pmovmskb")
                .contains(name);
    }

    /** What objdump leaves out: undocumented SALC and second encodings of the FPU, prefixes before instructions that ignore them. */
    private static boolean badOnlyThere(Instruction i) {
        return i.form.mnemonic().equals("SALC")
                || Set.of(
                                "BSF",
                                "BSR",
                                "WBINVD",
                                "NOP",
                                "PREFETCH",
                                "PREFETCHW",
                                "FXCH",
                                "FSTP",
                                "FSTPNCE",
                                "FCOM",
                                "FCOMP")
                        .contains(i.form.mnemonic());
    }

    /** The row's names as objdump may write them: strings without their size, with any condition's synonym. */
    private static Set<String> names(Instruction instruction) {
        Set<String> names = new HashSet<>();
        String text = Disassembler.text(instruction, 0);
        for (String word : text.split("[ ,]")) {
            names.add(word);
            for (String end : new String[] {"b", "w", "d"}) {
                if (word.endsWith(end)) {
                    names.add(word.substring(0, word.length() - 1));
                }
            }
        }
        return names;
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
