package org.ringone.suite.world;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ringone.guest.ProbeException;
import org.ringone.suite.verdict.Violation;

/**
 * The symbol table that the note BSD_SYMTAB asks for, as a BSD kernel finds it behind itself: the number of bytes that follow, an ELF
 * header without program headers, the section headers, and the tables, at offsets from that header.
 */
public final class SymbolTable {

    private static final int HEADER = 52;
    private static final int SECTION_HEADER = 40;
    private static final int SHT_SYMTAB = 2;
    private static final int MOST = 1 << 16;

    private SymbolTable() {}

    /**
     * Checks that the symbols of an image lie behind the kernel.
     *
     * @param kernelEnd behind the kernel's last byte
     */
    public static void require(Guest guest, byte[] elf, long kernelEnd) throws ProbeException {
        int at = (int) (kernelEnd + 3 & -4);
        int size = guest.probe().read32(at);
        if (size < HEADER || size > MOST) {
            throw Violation.of("the number of bytes of a symbol table at the kernel's end", String.valueOf(size));
        }
        ByteBuffer found = Bytes.of(guest.probe().read(at + 4, size));
        ElfFields image = new ElfFields(elf);
        if (found.getInt(0) != 0x464C457F) {
            throw Violation.of("an ELF header", Integer.toHexString(found.getInt(0)));
        }
        same("e_shoff", HEADER, found.getInt(32));
        same("e_phoff", 0, found.getInt(28));
        same("e_phnum", 0, found.getShort(44));
        same("e_shstrndx", 0, found.getShort(50));
        int sections = (int) image.value("e_shnum", 0).orElseThrow();
        same("e_shnum", sections, found.getShort(48));
        int tables = 0;
        for (int i = 0; i < sections; i++) {
            if (image.value("sh_type", i).orElseThrow() == SHT_SYMTAB) {
                requireSection(elf, image, found, i);
                requireSection(
                        elf, image, found, (int) image.value("sh_link", i).orElseThrow());
                tables++;
            }
        }
        same("the number of symbol tables", 1, tables);
    }

    private static void requireSection(byte[] elf, ElfFields image, ByteBuffer found, int section) {
        int header = HEADER + SECTION_HEADER * section;
        same("sh_name of section " + section, 0, found.getInt(header));
        int size = (int) image.value("sh_size", section).orElseThrow();
        same("sh_size of section " + section, size, found.getInt(header + 20));
        int offset = found.getInt(header + 16);
        if (offset < 0 || offset > found.limit() - size) {
            throw Violation.of("section " + section + " inside the table", "offset " + offset);
        }
        byte[] seen = new byte[size];
        found.get(offset, seen);
        int from = (int) image.value("sh_offset", section).orElseThrow();
        if (!Arrays.equals(seen, Arrays.copyOfRange(elf, from, from + size))) {
            throw Violation.of("the bytes of section " + section, "others");
        }
    }

    private static void same(String field, int expected, int seen) {
        if (expected != seen) {
            throw Violation.of(field + " is " + expected, String.valueOf(seen));
        }
    }
}
