package org.ringone.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ringone.xen.ElfNotes;

/** The ELF notes of a guest image, in order. Immutable; every change gives new ones. */
final class XenNotes {

    private static final String OWNER = "Xen";

    private record Note(String owner, int type, byte[] description) {}

    private final List<Note> notes;

    private XenNotes(List<Note> notes) {
        this.notes = List.copyOf(notes);
    }

    /** What the probe needs of the domain builder. */
    static XenNotes standard(int virtBase, int entry, int hypercallPage) {
        return new XenNotes(List.of())
                .with(ElfNotes.GUEST_OS, text("ringone"))
                .with(ElfNotes.GUEST_VERSION, text("1"))
                .with(ElfNotes.XEN_VERSION, text("xen-3.0"))
                .with(ElfNotes.VIRT_BASE, word(virtBase))
                .with(ElfNotes.PADDR_OFFSET, word(0))
                .with(ElfNotes.ENTRY, word(entry))
                .with(ElfNotes.HYPERCALL_PAGE, word(hypercallPage))
                .with(ElfNotes.FEATURES, text("pae_pgdir_above_4gb"))
                .with(ElfNotes.PAE_MODE, text("yes"))
                .with(ElfNotes.LOADER, text("generic"));
    }

    /** The same with that Xen note in place of any of its type. */
    XenNotes with(int type, byte[] description) {
        List<Note> more = new ArrayList<>(without(type).notes);
        more.add(new Note(OWNER, type, description));
        return new XenNotes(more);
    }

    /** The same with one more note, of any owner and type. */
    XenNotes also(String owner, int type, byte[] description) {
        List<Note> more = new ArrayList<>(notes);
        more.add(new Note(owner, type, description));
        return new XenNotes(more);
    }

    /** The same without the Xen notes of that type. */
    XenNotes without(int type) {
        List<Note> fewer = new ArrayList<>(notes);
        fewer.removeIf(n -> n.type == type && n.owner.equals(OWNER));
        return new XenNotes(fewer);
    }

    /** The contents of the note segment. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Note note : notes) {
            byte[] owner = text(note.owner);
            out.writeBytes(word(owner.length));
            out.writeBytes(word(note.description.length));
            out.writeBytes(word(note.type));
            padded(out, owner);
            padded(out, note.description);
        }
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] word(int value) {
        byte[] bytes = new byte[4];
        Little.word(bytes, 0, value);
        return bytes;
    }

    private static void padded(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes(new byte[-bytes.length & 3]);
    }
}
