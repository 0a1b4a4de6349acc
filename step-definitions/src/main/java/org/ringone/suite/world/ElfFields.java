package org.ringone.suite.world;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringone.suite.language.LanguageException;

/**
 * The fields of a 32-bit ELF file by the names that the format gives them: {@code e_machine}, {@code p_memsz(0)} of the first
 * program header, {@code sh_size(2)} of a section header, {@code n_descsz(1)} of a note in the first note segment.
 */
final class ElfFields {

    private static final Pattern NAME = Pattern.compile("((?:e|p|sh|n)_[a-z]+)(?:\\((\\d+)\\))?");

    private static final int PT_NOTE = 4;
    private static final int PROGRAM_HEADER = 32;
    private static final int SECTION_HEADER = 40;
    private static final int NOTE_HEADER = 12;

    /** Where a field lies in its structure and how many bytes it has. */
    private record Field(int offset, int size) {}

    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("e_ident", new Field(0, 1)),
            Map.entry("e_type", new Field(16, 2)),
            Map.entry("e_machine", new Field(18, 2)),
            Map.entry("e_entry", new Field(24, 4)),
            Map.entry("e_phoff", new Field(28, 4)),
            Map.entry("e_shoff", new Field(32, 4)),
            Map.entry("e_phentsize", new Field(42, 2)),
            Map.entry("e_phnum", new Field(44, 2)),
            Map.entry("e_shentsize", new Field(46, 2)),
            Map.entry("e_shnum", new Field(48, 2)),
            Map.entry("e_shstrndx", new Field(50, 2)),
            Map.entry("p_type", new Field(0, 4)),
            Map.entry("p_offset", new Field(4, 4)),
            Map.entry("p_vaddr", new Field(8, 4)),
            Map.entry("p_paddr", new Field(12, 4)),
            Map.entry("p_filesz", new Field(16, 4)),
            Map.entry("p_memsz", new Field(20, 4)),
            Map.entry("p_flags", new Field(24, 4)),
            Map.entry("sh_name", new Field(0, 4)),
            Map.entry("sh_type", new Field(4, 4)),
            Map.entry("sh_offset", new Field(16, 4)),
            Map.entry("sh_size", new Field(20, 4)),
            Map.entry("sh_link", new Field(24, 4)),
            Map.entry("n_namesz", new Field(0, 4)),
            Map.entry("n_descsz", new Field(4, 4)),
            Map.entry("n_type", new Field(8, 4)));

    private final ByteBuffer file;

    /** The fields of a well-formed file. */
    ElfFields(byte[] elf) {
        file = Bytes.of(elf);
    }

    /** Whether a text names a field. */
    static boolean names(String text) {
        Matcher matcher = NAME.matcher(text);
        return matcher.matches() && FIELDS.containsKey(matcher.group(1));
    }

    /** The value of a field, zero-extended; empty when there is none of that name. */
    OptionalLong value(String field, int index) {
        if (!FIELDS.containsKey(field)) {
            return OptionalLong.empty();
        }
        int at = offset(field, index);
        return OptionalLong.of(
                switch (FIELDS.get(field).size) {
                    case 1 -> file.get(at) & 0xFF;
                    case 2 -> file.getShort(at) & 0xFFFF;
                    default -> file.getInt(at) & 0xFFFF_FFFFL;
                });
    }

    /** Where the field that a text names lies in the file. */
    int offset(String text) {
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches() || !FIELDS.containsKey(matcher.group(1))) {
            throw new LanguageException("'" + text + "' is no field of an ELF file");
        }
        return offset(matcher.group(1), matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    }

    /** The bytes that the field which a text names has with this value. */
    byte[] bytes(String text, long value) {
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches()) {
            throw new LanguageException("'" + text + "' is no field of an ELF file");
        }
        byte[] bytes = new byte[FIELDS.get(matcher.group(1)).size];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> 8 * i);
        }
        return bytes;
    }

    private int offset(String field, int index) {
        int start =
                switch (field.charAt(0)) {
                    case 'e' -> field.equals("e_ident") ? index : 0;
                    case 'p' -> file.getInt(28) + PROGRAM_HEADER * index;
                    case 's' -> file.getInt(32) + SECTION_HEADER * index;
                    default -> note(index);
                };
        return start + FIELDS.get(field).offset;
    }

    private int note(int index) {
        int header = file.getInt(28);
        while (file.getInt(header) != PT_NOTE) {
            header += PROGRAM_HEADER;
        }
        int at = file.getInt(header + 4);
        for (int i = 0; i < index; i++) {
            at += NOTE_HEADER + (file.getInt(at) + 3 & -4) + (file.getInt(at + 4) + 3 & -4);
        }
        return at;
    }
}
