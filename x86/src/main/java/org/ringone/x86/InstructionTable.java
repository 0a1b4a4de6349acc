package org.ringone.x86;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** All rows, as read from the resource {@code instructions.txt}. */
public final class InstructionTable {
    private static final List<Form> FORMS = load();

    private InstructionTable() {}

    /** Every row by {@link Form#index()}, the three sentinels first. */
    public static List<Form> forms() {
        return FORMS;
    }

    /** The names of all meanings, sentinels included, sorted. */
    public static List<String> mnemonics() {
        TreeSet<String> names = new TreeSet<>();
        FORMS.forEach(form -> names.add(form.mnemonic()));
        return List.copyOf(names);
    }

    private static List<Form> load() {
        List<Form> forms = new ArrayList<>(List.of(Form.UNDEFINED, Form.TOO_LONG, Form.INCOMPLETE));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(InstructionTable.class.getResourceAsStream("instructions.txt")),
                StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    forms.add(row(forms.size(), line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(forms);
    }

    /** Reads one row; package-private for tests. */
    static Form row(int index, String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != 4) {
            throw new IllegalArgumentException("not four columns: " + line);
        }
        String[] words = columns[1].trim().split("\\s+");
        List<Operand> operands = new ArrayList<>();
        if (words.length == 2) {
            for (String notation : words[1].split(",")) {
                operands.add(Operand.of(notation));
            }
        }
        List<Access> accesses = new ArrayList<>();
        for (char letter : columns[2].replace(" ", "").toCharArray()) {
            accesses.add(Access.of(letter));
        }
        if (words.length > 2 || operands.size() != accesses.size()) {
            throw new IllegalArgumentException("operands and accesses do not match: " + line);
        }
        Encoding encoding = Encoding.of(columns[0]);
        if (!encoding.modRm() && operands.stream().anyMatch(Operand::usesModRm)) {
            throw new IllegalArgumentException("no ModRM byte for the operands: " + line);
        }
        return new Form(index, encoding, words[0], operands, accesses, Attributes.of(columns[3]));
    }
}
