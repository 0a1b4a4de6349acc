package org.ringone.guest;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a 32-bit x86 ELF executable: program segments, and the sections that loaders of guests look at. */
final class ElfFile {

    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int SECTION_HEADER = 40;
    private static final int PAGE = 4096;

    private static final int PT_LOAD = 1;
    private static final int PT_NOTE = 4;
    private static final int SHT_PROGBITS = 1;
    private static final int SHT_SYMTAB = 2;
    private static final int SHT_STRTAB = 3;
    private static final int SHT_NOTE = 7;
    private static final int SHF_ALLOC = 2;
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int READ = 4;

    private record Segment(int type, int virtual, int physical, byte[] bytes, int memorySize, int flags, int align) {}

    private record Section(String name, int type, int flags, int address, byte[] bytes, int segment, int link) {
        Section(String name, int type, int flags, int address, byte[] bytes, int segment) {
            this(name, type, flags, address, bytes, segment, 0);
        }
    }

    private static final int SYMBOL = 16;
    private static final int GLOBAL_FUNCTION = 0x12;
    /** The section of all symbols: the program, which is added first. */
    private static final int PROGRAM = 1;

    private final int entry;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    ElfFile(int entry) {
        this.entry = entry;
    }

    /** Adds a segment to be loaded. */
    void load(String section, int virtual, int physical, byte[] bytes, int memorySize) {
        segments.add(new Segment(PT_LOAD, virtual, physical, bytes, memorySize, READ_WRITE_EXECUTE, PAGE));
        sections.add(new Section(section, SHT_PROGBITS, SHF_ALLOC, virtual, bytes, segments.size() - 1));
    }

    /** Adds notes, as a segment and as a section: loaders look for either. */
    void notes(byte[] bytes) {
        segments.add(new Segment(PT_NOTE, 0, 0, bytes, bytes.length, READ, 4));
        sections.add(new Section(".note.Xen", SHT_NOTE, 0, 0, bytes, segments.size() - 1));
    }

    /** Adds a section that is not loaded. */
    void section(String name, byte[] bytes) {
        sections.add(new Section(name, SHT_PROGBITS, 0, 0, bytes, -1));
    }

    /** Adds a symbol table, the first one empty as the format wants it, and the names that it refers to. */
    void symbols(Map<String, Integer> values) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        byte[] table = new byte[SYMBOL * (values.size() + 1)];
        int at = SYMBOL;
        for (Map.Entry<String, Integer> symbol : values.entrySet()) {
            words(table, at, names.size(), symbol.getValue(), 0);
            table[at + 12] = GLOBAL_FUNCTION;
            Little.half(table, at + 14, PROGRAM);
            names.writeBytes(XenNotes.text(symbol.getKey()));
            at += SYMBOL;
        }
        int strings = sections.size() + 2; // the section after this one; section 0 is the empty one
        sections.add(new Section(".symtab", SHT_SYMTAB, 0, 0, table, -1, strings));
        sections.add(new Section(".strtab", SHT_STRTAB, 0, 0, names.toByteArray(), -1));
    }

    byte[] bytes() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        int[] nameAt = new int[sections.size() + 1];
        for (int i = 0; i < sections.size(); i++) {
            nameAt[i] = names.size();
            names.writeBytes(XenNotes.text(sections.get(i).name));
        }
        nameAt[sections.size()] = names.size();
        names.writeBytes(XenNotes.text(".shstrtab"));

        int at = HEADER + PROGRAM_HEADER * segments.size();
        int[] segmentAt = new int[segments.size()];
        for (int i = 0; i < segmentAt.length; i++) {
            at = aligned(at, segments.get(i).align);
            segmentAt[i] = at;
            at += segments.get(i).bytes.length;
        }
        int[] sectionAt = new int[sections.size()];
        for (int i = 0; i < sectionAt.length; i++) {
            Section section = sections.get(i);
            sectionAt[i] = section.segment >= 0 ? segmentAt[section.segment] : at;
            at += section.segment >= 0 ? 0 : section.bytes.length;
        }
        int namesAt = at;
        int sectionHeadersAt = aligned(at + names.size(), 4);
        byte[] file = new byte[sectionHeadersAt + SECTION_HEADER * (sections.size() + 2)];

        header(file, sectionHeadersAt);
        for (int i = 0; i < segmentAt.length; i++) {
            Segment s = segments.get(i);
            words(
                    file,
                    HEADER + PROGRAM_HEADER * i,
                    s.type,
                    segmentAt[i],
                    s.virtual,
                    s.physical,
                    s.bytes.length,
                    s.memorySize,
                    s.flags,
                    s.align);
            System.arraycopy(s.bytes, 0, file, segmentAt[i], s.bytes.length);
        }
        for (int i = 0; i < sectionAt.length; i++) {
            Section s = sections.get(i);
            System.arraycopy(s.bytes, 0, file, sectionAt[i], s.bytes.length);
            words(
                    file,
                    sectionHeadersAt + SECTION_HEADER * (i + 1),
                    nameAt[i],
                    s.type,
                    s.flags,
                    s.address,
                    sectionAt[i],
                    s.bytes.length,
                    s.link,
                    0,
                    4,
                    s.type == SHT_SYMTAB ? SYMBOL : 0);
        }
        System.arraycopy(names.toByteArray(), 0, file, namesAt, names.size());
        words(
                file,
                sectionHeadersAt + SECTION_HEADER * (sections.size() + 1),
                nameAt[sections.size()],
                SHT_STRTAB,
                0,
                0,
                namesAt,
                names.size(),
                0,
                0,
                1,
                0);
        return file;
    }

    private void header(byte[] file, int sectionHeadersAt) {
        byte[] identity = {0x7F, 'E', 'L', 'F', 1 /* 32 bits */, 1 /* little endian */, 1 /* version */};
        System.arraycopy(identity, 0, file, 0, identity.length);
        Little.half(file, 16, 2 /* executable */);
        Little.half(file, 18, 3 /* Intel 386 */);
        words(file, 20, 1, entry, HEADER, sectionHeadersAt, 0);
        Little.half(file, 40, HEADER);
        Little.half(file, 42, PROGRAM_HEADER);
        Little.half(file, 44, segments.size());
        Little.half(file, 46, SECTION_HEADER);
        Little.half(file, 48, sections.size() + 2);
        Little.half(file, 50, sections.size() + 1);
    }

    private static void words(byte[] file, int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            Little.word(file, at + 4 * i, values[i]);
        }
    }

    private static int aligned(int value, int unit) {
        return (value + unit - 1) / unit * unit;
    }
}
