package org.ringone.reference.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ringone.api.DomainBuildException;
import org.ringone.xen.ElfNotes;

/** BOOT-01: reads the notes of owner "Xen". */
final class XenNotes {

    private static final int HEADER = 12;

    private XenNotes() {}

    /**
     * Reads what notes there are: from note segments, or else from note sections.
     *
     * @return how many notes of owner "Xen" there were
     */
    static int read(ElfImage image, Wishes wishes) throws DomainBuildException {
        int found = 0;
        for (ElfImage.Segment segment : image.segments()) {
            if (segment.type() == ElfImage.PT_NOTE && segment.offset() != 0) {
                String what = "note segment " + segment.index();
                found += readAll(what, image, segment.offset(), segment.fileSize(), wishes);
            }
        }
        if (found == 0) {
            for (ElfImage.Section section : image.sections()) {
                if (section.type() == ElfImage.SHT_NOTE) {
                    found +=
                            readAll("note section " + section.index(), image, section.offset(), section.size(), wishes);
                }
            }
        }
        wishes.fromNotes = found > 0;
        return found;
    }

    /**
     * Reads the notes that begin in a part of the file. What the last one says of its size may reach beyond the part, and beyond the
     * file, as long as what is read of it does not: the era's library reads a text up to its NUL and looks no further, and kernels
     * whose note segment ends in the padding of its last text were made and run.
     */
    private static int readAll(String what, ElfImage image, long offset, long length, Wishes wishes)
            throws DomainBuildException {
        ByteBuffer notes = image.tail(what, offset, length);
        int found = 0;
        long at = 0;
        while (at < length) {
            String which = "the note at offset " + at + " of " + what;
            inside(at + HEADER, notes, which);
            long nameSize = notes.getInt((int) at) & 0xFFFFFFFFL;
            long size = notes.getInt((int) at + 4) & 0xFFFFFFFFL;
            long contents = at + HEADER + (nameSize + 3 & ~3L);
            inside(contents, notes, which);
            String owner = ElfImage.text(notes, (int) at + HEADER, (int) (at + HEADER + nameSize));
            if (owner.equals("Xen")) {
                ByteBuffer description = notes.slice((int) contents, (int) Math.min(size, notes.limit() - contents));
                note(notes.getInt((int) at + 8), description.order(ByteOrder.LITTLE_ENDIAN), size, which, wishes);
                found++;
            }
            at = contents + (size + 3 & ~3L);
        }
        return found;
    }

    private static void inside(long end, ByteBuffer notes, String which) throws DomainBuildException {
        if (end > notes.limit()) {
            throw new DomainBuildException(which + " reaches beyond the file, which ends " + notes.limit()
                    + " bytes from where the notes begin");
        }
    }

    private static void note(int type, ByteBuffer notes, long size, String which, Wishes wishes)
            throws DomainBuildException {
        switch (type) {
            case ElfNotes.LOADER -> wishes.loader = text(notes, size, which);
            case ElfNotes.XEN_VERSION -> wishes.xenVersion = text(notes, size, which);
            case ElfNotes.GUEST_OS -> wishes.guestOs = text(notes, size, which);
            case ElfNotes.GUEST_VERSION -> wishes.guestVersion = text(notes, size, which);
            case ElfNotes.PAE_MODE -> paeMode(text(notes, size, which), wishes);
            case ElfNotes.FEATURES -> wishes.features(text(notes, size, which));
            case ElfNotes.BSD_SYMTAB ->
                wishes.symbolTable = text(notes, size, which).equals("yes");
            case ElfNotes.ENTRY -> wishes.entry = number(notes, size, which);
            case ElfNotes.VIRT_BASE -> wishes.virtBase = number(notes, size, which);
            case ElfNotes.PADDR_OFFSET -> wishes.paddrOffset = number(notes, size, which);
            case ElfNotes.HYPERCALL_PAGE -> wishes.hypercallPage = number(notes, size, which);
            case ElfNotes.HV_START_LOW -> wishes.hypervisorStartLow = number(notes, size, which);
            default -> wishes.unknown(type);
        }
    }

    /** A text up to its NUL or its size. */
    private static String text(ByteBuffer notes, long size, String which) throws DomainBuildException {
        String text = ElfImage.text(notes, 0, notes.limit());
        if (text.length() == notes.limit()) {
            inside(size, notes, which);
        }
        return text;
    }

    private static void paeMode(String mode, Wishes wishes) {
        if (mode.equals("yes")) {
            wishes.pae = Wishes.Pae.EXTENDED_CR3;
        }
        if (mode.contains("bimodal")) {
            wishes.pae = Wishes.Pae.BIMODAL;
        }
    }

    /** A number of 1, 2, 4 or 8 bytes; 0 for another size, as in the era. */
    private static long number(ByteBuffer notes, long size, String which) throws DomainBuildException {
        if (size > 8) {
            return 0;
        }
        inside(size, notes, which);
        long value =
                switch ((int) size) {
                    case 1 -> notes.get(0) & 0xFF;
                    case 2 -> notes.getShort(0) & 0xFFFF;
                    case 4 -> notes.getInt(0) & 0xFFFFFFFFL;
                    case 8 -> notes.getLong(0);
                    default -> 0;
                };
        if (value >>> 32 != 0) {
            throw new DomainBuildException(
                    "a note holds " + ElfImage.hex(value) + ", which is no address of a 32-bit kernel");
        }
        return value;
    }
}
