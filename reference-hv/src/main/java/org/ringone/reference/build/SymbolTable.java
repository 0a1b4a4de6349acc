package org.ringone.reference.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ringone.api.DomainBuildException;

/**
 * BOOT-01, note BSD_SYMTAB: the kernel's symbol table, put behind the kernel in the form that BSD kernels know: the number of
 * bytes that follow, an ELF header, the section headers, and the tables they point to, by offset from that header. The era's
 * tools do so for ordinary domains; its hypervisor, which builds the initial one, does not.
 */
final class SymbolTable {

    private static final int WORD = 4;
    private static final int HEADER = 52;
    private static final int SECTION_HEADER = 40;

    private SymbolTable() {}

    /** Bytes between the kernel's end and the table's, padding included; 0 without a table. */
    static long size(Kernel kernel, boolean initialDomain) throws DomainBuildException {
        byte[] table = build(kernel, initialDomain);
        return table.length == 0 ? 0 : roundUp(kernel.end()) - kernel.end() + table.length;
    }

    /** Puts the table behind the kernel. */
    static void write(Kernel kernel, boolean initialDomain, GuestRegion region) throws DomainBuildException {
        byte[] table = build(kernel, initialDomain);
        region.write(roundUp(kernel.end()), table, 0, table.length);
    }

    private static byte[] build(Kernel kernel, boolean initialDomain) throws DomainBuildException {
        ElfImage image = kernel.image();
        int sections = image.sections().size();
        int tables = (int) roundUp(HEADER + (long) sections * SECTION_HEADER);
        long size = WORD + tables;
        boolean any = false;
        for (ElfImage.Section section : image.sections()) {
            if (kept(section, image)) {
                size += roundUp(section.size());
                any = true;
            }
        }
        if (initialDomain || !kernel.symbolTable() || !any) {
            return new byte[0];
        }
        if (size > image.size() * 2L + tables) {
            throw new DomainBuildException("the symbol tables of the kernel image overlap: " + size + " bytes of them");
        }
        ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt((int) size - WORD);
        header(image, out.slice(WORD, HEADER).order(ByteOrder.LITTLE_ENDIAN));
        int at = tables;
        for (ElfImage.Section section : image.sections()) {
            ByteBuffer entry = out.slice(WORD + HEADER + section.index() * SECTION_HEADER, SECTION_HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN);
            entry.put(0, image.sectionHeader(section), 0, SECTION_HEADER);
            entry.putInt(0, 0); // no names
            if (kept(section, image)) {
                entry.putInt(16, at);
                out.put(WORD + at, image.contents(section), 0, (int) section.size());
                at += (int) roundUp(section.size());
            } else if (section.type() == ElfImage.SHT_STRTAB) {
                entry.putInt(16, 0); // the strings of something else
            }
        }
        return out.array();
    }

    private static void header(ElfImage image, ByteBuffer header) throws DomainBuildException {
        header.put(0, image.contents("the ELF header", 0, HEADER), 0, HEADER);
        header.putInt(28, 0); // no program headers
        header.putInt(32, HEADER); // the section headers follow
        header.putShort(42, (short) 0);
        header.putShort(44, (short) 0);
        header.putShort(50, (short) 0);
    }

    /** Symbol tables and the strings that they name their symbols by. */
    private static boolean kept(ElfImage.Section section, ElfImage image) {
        return section.type() == ElfImage.SHT_SYMTAB
                || section.type() == ElfImage.SHT_STRTAB
                        && image.sections().stream()
                                .anyMatch(s -> s.type() == ElfImage.SHT_SYMTAB && s.link() == section.index());
    }

    private static long roundUp(long size) {
        return size + WORD - 1 & -WORD;
    }
}
