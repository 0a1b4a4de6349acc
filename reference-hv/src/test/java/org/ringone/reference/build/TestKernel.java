package org.ringone.reference.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ringone.xen.ElfNotes;

/** Makes kernel images, good and bad, for tests. Starts as a good one at 0xC0100000 with an entry and a hypercall page. */
public final class TestKernel {

    public static final int BASE = 0xC0000000;
    public static final int START = 0xC0100000;

    private final List<byte[]> notes = new ArrayList<>();
    private final List<long[]> segments = new ArrayList<>();
    private byte[] code = new byte[0x3000];
    private String guestSection;
    private int headerEntry = START;
    private String owner = "Xen";
    private int noteSegmentShortBy;

    /** A kernel that is accepted. */
    public static TestKernel good() {
        return empty().text(ElfNotes.XEN_VERSION, "xen-3.0")
                .text(ElfNotes.LOADER, "generic")
                .text(ElfNotes.PAE_MODE, "yes")
                .number(ElfNotes.VIRT_BASE, BASE)
                .number(ElfNotes.ENTRY, START)
                .number(ElfNotes.HYPERCALL_PAGE, START + 0x1000);
    }

    /** A kernel without notes. */
    public static TestKernel empty() {
        TestKernel kernel = new TestKernel();
        kernel.segments.add(new long[] {0x1000, 0x100000, 0x3000, 0x3000, 7});
        return kernel;
    }

    public TestKernel text(int type, String text) {
        return note(type, (text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    public TestKernel number(int type, int value) {
        return note(
                type,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }

    public TestKernel note(int type, byte[] contents) {
        int name = owner.length() + 1 + 3 & ~3;
        ByteBuffer note =
                ByteBuffer.allocate(12 + name + (contents.length + 3 & ~3)).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(owner.length() + 1).putInt(contents.length).putInt(type);
        note.put(owner.getBytes(StandardCharsets.ISO_8859_1));
        note.put(12 + name, contents);
        notes.add(note.array());
        return this;
    }

    public TestKernel owner(String name) {
        owner = name;
        return this;
    }

    /** Makes the note segment's size some bytes less than its notes. */
    public TestKernel noteSegmentShortBy(int bytes) {
        noteSegmentShortBy = bytes;
        return this;
    }

    /** Where the last note begins in the file. */
    public int lastNote() {
        return 0x200
                + notes.stream().limit(notes.size() - 1).mapToInt(n -> n.length).sum();
    }

    public TestKernel guestSection(String text) {
        guestSection = text;
        return this;
    }

    public TestKernel headerEntry(int address) {
        headerEntry = address;
        return this;
    }

    public TestKernel code(byte[] bytes) {
        System.arraycopy(bytes, 0, code, 0, bytes.length);
        return this;
    }

    /** Replaces the first segment. */
    public TestKernel segment(long offset, long physical, long fileSize, long memorySize, int flags) {
        segments.set(0, new long[] {offset, physical, fileSize, memorySize, flags});
        return this;
    }

    public TestKernel addSegment(long offset, long physical, long fileSize, long memorySize, int flags) {
        segments.add(new long[] {offset, physical, fileSize, memorySize, flags});
        return this;
    }

    /** The file: header, program headers, notes at 0x200, code at 0x1000, then sections. */
    public byte[] build() {
        int noteSize = notes.stream().mapToInt(n -> n.length).sum();
        byte[] names = "\0__xen_guest\0.shstrtab\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] section =
                guestSection == null ? new byte[0] : (guestSection + "\0").getBytes(StandardCharsets.ISO_8859_1);
        int sectionsAt = 0x1000 + code.length + section.length + names.length + 3 & ~3;
        ByteBuffer file = ByteBuffer.allocate(sectionsAt + 3 * 40).order(ByteOrder.LITTLE_ENDIAN);
        boolean noteSegment = noteSize > 0;
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) 3).putInt(1).putInt(headerEntry);
        file.putInt(52).putInt(sectionsAt).putInt(0).putShort((short) 52);
        file.putShort((short) 32).putShort((short) (segments.size() + (noteSegment ? 1 : 0)));
        file.putShort((short) 40).putShort((short) 3).putShort((short) 2);
        for (long[] s : segments) {
            header(file, 1, s);
        }
        if (noteSegment) {
            header(file, 4, new long[] {0x200, 0, noteSize - noteSegmentShortBy, 0, 4});
        }
        file.position(0x200);
        notes.forEach(file::put);
        file.put(0x1000, code).put(0x1000 + code.length, section);
        int namesAt = 0x1000 + code.length + section.length;
        file.put(namesAt, names);
        section(file, sectionsAt + 40, guestSection == null ? 0 : 1, 1, 0x1000 + code.length, section.length);
        section(file, sectionsAt + 80, 13, 3, namesAt, names.length);
        return file.array();
    }

    private static void header(ByteBuffer file, int type, long[] s) {
        file.putInt(type).putInt((int) s[0]).putInt((int) s[1]).putInt((int) s[1]);
        file.putInt((int) s[2]).putInt((int) s[3]).putInt((int) s[4]).putInt(0x1000);
    }

    private static void section(ByteBuffer file, int at, int name, int type, int offset, int size) {
        file.putInt(at, name).putInt(at + 4, type).putInt(at + 16, offset).putInt(at + 20, size);
    }
}
