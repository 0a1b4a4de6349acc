package org.ringone.reference.build;

import java.nio.ByteBuffer;
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
     * Reads the notes that begin in a part of the file. The last one may reach beyond the part, though not beyond the file: the
     * era's library looks at where a note begins only, and kernels whose note segment is a few bytes short were made and run.
     */
    private static int readAll(String what, ElfImage image, long offset, long length, Wishes wishes)
            throws DomainBuildException {
        ByteBuffer notes = image.tail(what, offset, length);
        int found = 0;
        int at = 0;
        while (at < length) {
            long nameSize = at + HEADER <= notes.limit() ? notes.getInt(at) & 0xFFFFFFFFL : 0;
            long size = at + HEADER <= notes.limit() ? notes.getInt(at + 4) & 0xFFFFFFFFL : 0;
            long contents = at + HEADER + (nameSize + 3 & ~3L);
            if (contents + size > notes.limit()) {
                throw new DomainBuildException("a note at offset " + at + " of " + what + " reaches beyond the file ("
                        + notes.limit() + " bytes are left from the notes' start)");
            }
            String owner = ElfImage.text(notes, at + HEADER, at + HEADER + (int) nameSize);
            if (owner.equals("Xen")) {
                note(notes.getInt(at + 8), notes, (int) contents, (int) size, wishes);
                found++;
            }
            at = (int) Math.min(contents + (size + 3 & ~3L), notes.limit());
        }
        return found;
    }

    private static void note(int type, ByteBuffer notes, int at, int size, Wishes wishes) throws DomainBuildException {
        switch (type) {
            case ElfNotes.LOADER -> wishes.loader = ElfImage.text(notes, at, at + size);
            case ElfNotes.XEN_VERSION -> wishes.xenVersion = ElfImage.text(notes, at, at + size);
            case ElfNotes.GUEST_OS -> wishes.guestOs = ElfImage.text(notes, at, at + size);
            case ElfNotes.GUEST_VERSION -> wishes.guestVersion = ElfImage.text(notes, at, at + size);
            case ElfNotes.PAE_MODE -> paeMode(ElfImage.text(notes, at, at + size), wishes);
            case ElfNotes.FEATURES -> wishes.features(ElfImage.text(notes, at, at + size));
            case ElfNotes.BSD_SYMTAB ->
                wishes.symbolTable = ElfImage.text(notes, at, at + size).equals("yes");
            case ElfNotes.ENTRY -> wishes.entry = number(notes, at, size);
            case ElfNotes.VIRT_BASE -> wishes.virtBase = number(notes, at, size);
            case ElfNotes.PADDR_OFFSET -> wishes.paddrOffset = number(notes, at, size);
            case ElfNotes.HYPERCALL_PAGE -> wishes.hypercallPage = number(notes, at, size);
            case ElfNotes.HV_START_LOW -> wishes.hypervisorStartLow = number(notes, at, size);
            default -> {
                // unknown types, and free text: ignored
            }
        }
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
    private static long number(ByteBuffer notes, int at, int size) throws DomainBuildException {
        long value =
                switch (size) {
                    case 1 -> notes.get(at) & 0xFF;
                    case 2 -> notes.getShort(at) & 0xFFFF;
                    case 4 -> notes.getInt(at) & 0xFFFFFFFFL;
                    case 8 -> notes.getLong(at);
                    default -> 0;
                };
        if (value >>> 32 != 0) {
            throw new DomainBuildException(
                    "a note holds " + ElfImage.hex(value) + ", which is no address of a 32-bit kernel");
        }
        return value;
    }
}
