package org.ringone.reference.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ringone.api.DomainBuildException;

/**
 * A 32-bit ELF file for the 386, read with every offset and size checked: what is handed out lies inside the file. Sizes and
 * addresses are longs, so that nothing wraps.
 */
final class ElfImage {

    static final int PT_NOTE = 4;
    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_NOTE = 7;

    private static final int PT_LOAD = 1;
    private static final int SHT_NOBITS = 8;
    private static final int PF_X = 1;
    private static final int PF_W = 2;
    private static final int EM_386 = 3;
    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int SECTION_HEADER = 40;

    /** A program header. */
    record Segment(int index, int type, long offset, long physical, long fileSize, long memorySize, int flags) {

        /** The era loads only what can be written or executed. */
        boolean loadable() {
            return type == PT_LOAD && (flags & (PF_W | PF_X)) != 0;
        }
    }

    /** A section header. */
    record Section(int index, int nameOffset, int type, long offset, long size, int link) {}

    private final ByteBuffer bytes;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<Segment> loadable;
    private final long entry;
    private final int nameTable;

    private ElfImage(byte[] file, BootRules rules) throws DomainBuildException {
        bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        checkIdentity();
        entry = word(24);
        readSegments();
        readSections();
        nameTable = half(50);
        loadable = segments.stream()
                .filter(Segment::loadable)
                .sorted(Comparator.comparingLong(Segment::physical))
                .toList();
        checkLoadable(rules);
    }

    /** BOOT-19: reads an image, or says what is wrong with it. */
    static ElfImage read(byte[] file, BootRules rules) throws DomainBuildException {
        return new ElfImage(file, rules);
    }

    private void checkIdentity() throws DomainBuildException {
        if (bytes.limit() < 4
                || bytes.get(0) != 0x7F
                || bytes.get(1) != 'E'
                || bytes.get(2) != 'L'
                || bytes.get(3) != 'F') {
            throw new DomainBuildException("the kernel is not an ELF image: it does not begin with 7F 45 4C 46");
        }
        if (bytes.limit() < HEADER) {
            throw new DomainBuildException(
                    "the kernel image is truncated: " + bytes.limit() + " bytes do not hold an ELF header");
        }
        if (bytes.get(4) != 1 || bytes.get(5) != 1 || half(18) != EM_386) {
            throw new DomainBuildException("the kernel image is not for a 32-bit little-endian 386: class "
                    + bytes.get(4) + (bytes.get(4) == 2 ? " (64-bit)" : "") + ", data " + bytes.get(5) + ", machine "
                    + half(18));
        }
    }

    private void readSegments() throws DomainBuildException {
        long at = word(28);
        int size = half(42);
        int count = half(44);
        checkTable("program header", at, size, count, PROGRAM_HEADER);
        for (int i = 0; i < count; i++) {
            int header = (int) at + i * size;
            segments.add(new Segment(
                    i,
                    bytes.getInt(header),
                    word(header + 4),
                    word(header + 12),
                    word(header + 16),
                    word(header + 20),
                    bytes.getInt(header + 24)));
        }
    }

    private void readSections() throws DomainBuildException {
        long at = word(32);
        int size = half(46);
        int count = half(48);
        checkTable("section header", at, size, count, SECTION_HEADER);
        for (int i = 0; i < count; i++) {
            int header = (int) at + i * size;
            sections.add(new Section(
                    i,
                    bytes.getInt(header),
                    bytes.getInt(header + 4),
                    word(header + 16),
                    word(header + 20),
                    bytes.getInt(header + 24)));
        }
    }

    private void checkTable(String what, long at, int size, int count, int minimum) throws DomainBuildException {
        if (count == 0) {
            return;
        }
        if (size < minimum) {
            throw new DomainBuildException("a " + what + " of " + size + " bytes is too small: it needs " + minimum);
        }
        if (at + (long) size * count > bytes.limit()) {
            throw new DomainBuildException("the kernel image is truncated: its " + what + " table ends at "
                    + (at + (long) size * count) + ", the file at " + bytes.limit());
        }
    }

    private void checkLoadable(BootRules rules) throws DomainBuildException {
        if (loadable.isEmpty()) {
            throw new DomainBuildException(
                    "the kernel image has nothing to load: no PT_LOAD segment that is writable or executable");
        }
        long end = 0;
        for (Segment segment : loadable) {
            String name = "segment " + segment.index();
            if (segment.fileSize() > segment.memorySize()) {
                throw new DomainBuildException(name + " has more bytes in the file (" + segment.fileSize()
                        + ") than in memory (" + segment.memorySize() + ")");
            }
            checkInside(name, segment.offset(), segment.fileSize());
            if (segment.physical() + segment.memorySize() > 1L << 32) {
                throw new DomainBuildException(name + " wraps around the end of the address space: "
                        + hex(segment.physical()) + " and " + hex(segment.memorySize()) + " bytes");
            }
            if (segment.memorySize() > 0 && !rules.segmentsFit(end, segment.physical())) {
                throw new DomainBuildException(
                        name + " at " + hex(segment.physical()) + " overlaps the one that ends at " + hex(end));
            }
            end = Math.max(end, segment.physical() + segment.memorySize());
        }
    }

    private void checkInside(String what, long offset, long size) throws DomainBuildException {
        if (offset + size > bytes.limit()) {
            throw new DomainBuildException(
                    what + " lies outside the file: it ends at " + (offset + size) + ", the file at " + bytes.limit());
        }
    }

    /** The address in the ELF header. */
    long entry() {
        return entry;
    }

    /** The segments to be loaded, by physical address; at least one. */
    List<Segment> loadable() {
        return loadable;
    }

    /** Physical address of the first byte loaded. */
    long start() {
        return loadable.get(0).physical();
    }

    /** Physical address behind the last byte loaded. */
    long end() {
        return loadable.stream()
                .mapToLong(s -> s.physical() + s.memorySize())
                .max()
                .orElseThrow();
    }

    /** Bytes of the file. */
    int size() {
        return bytes.limit();
    }

    /** The bytes of a section header. */
    ByteBuffer sectionHeader(Section section) throws DomainBuildException {
        return contents("section header " + section.index(), word(32) + section.index() * half(46), SECTION_HEADER);
    }

    List<Segment> segments() {
        return segments;
    }

    List<Section> sections() {
        return sections;
    }

    /** A part of the file. */
    ByteBuffer contents(String what, long offset, long size) throws DomainBuildException {
        checkInside(what, offset, size);
        return bytes.slice((int) offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A part of the file and all that follows it. */
    ByteBuffer tail(String what, long offset, long size) throws DomainBuildException {
        checkInside(what, offset, size);
        return bytes.slice((int) offset, bytes.limit() - (int) offset).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A section's bytes; none for a section without any in the file. */
    ByteBuffer contents(Section section) throws DomainBuildException {
        return section.type() == SHT_NOBITS
                ? ByteBuffer.allocate(0)
                : contents("section " + section.index(), section.offset(), section.size());
    }

    /** The first section of a name, or null. */
    Section section(String name) throws DomainBuildException {
        if (nameTable >= sections.size()) {
            return null;
        }
        ByteBuffer names = contents(sections.get(nameTable));
        for (Section section : sections) {
            if (Integer.compareUnsigned(section.nameOffset(), names.limit()) < 0
                    && text(names, section.nameOffset(), names.limit()).equals(name)) {
                return section;
            }
        }
        return null;
    }

    /** The bytes from {@code from} up to a NUL or {@code to}, as text. */
    static String text(ByteBuffer buffer, int from, int to) {
        int end = from;
        while (end < to && buffer.get(end) != 0) {
            end++;
        }
        byte[] characters = new byte[end - from];
        buffer.get(from, characters);
        return new String(characters, StandardCharsets.ISO_8859_1);
    }

    static String hex(long address) {
        return String.format("0x%x", address);
    }

    private int half(int offset) {
        return bytes.getShort(offset) & 0xFFFF;
    }

    private long word(int offset) {
        return bytes.getInt(offset) & 0xFFFFFFFFL;
    }
}
