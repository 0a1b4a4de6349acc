package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.fornwall.jelf.ElfFile;
import org.junit.jupiter.api.Test;
import org.ringone.xen.ElfNotes;

/** The standard image and its variations hold what they say. */
class ProbeImageTest {

    @Test
    void theStandardImage() {
        ProbeImage image = ProbeImage.standard();
        ElfFile elf = ElfFile.from(image.elf());

        assertThat((int) elf.e_entry).isEqualTo(image.symbol("entry"));
        assertThat((int) elf.getProgramHeader(0).p_vaddr).isEqualTo(ProbeImage.VIRT_BASE + 0x100000);
        assertThat(elf.getProgramHeader(0).p_paddr).isEqualTo(0x100000);
        assertThat(elf.getProgramHeader(0).p_memsz).isEqualTo(image.symbol("memory_end") - image.symbol("entry"));
        assertThat(note(image, ElfNotes.ENTRY)).isEqualTo(image.symbol("entry"));
        assertThat(note(image, ElfNotes.HYPERCALL_PAGE)).isEqualTo(image.symbol("hypercall_page"));
        assertThat(note(image, ElfNotes.VIRT_BASE)).isEqualTo(ProbeImage.VIRT_BASE);
        assertThat(ProbeImage.standard()).isSameAs(image);
    }

    @Test
    void notesCanBeSetAndDropped() {
        ProbeImage.Builder builder = ProbeImage.builder();
        ProbeImage image = builder.note(ElfNotes.ENTRY, builder.symbol("entry_elf"))
                .note(ElfNotes.PAE_MODE, "no")
                .withoutNote(ElfNotes.FEATURES)
                .extraNote("Xen", 0x7777, new byte[] {1})
                .build();

        assertThat(note(image, ElfNotes.ENTRY)).isEqualTo(image.symbol("entry_elf"));
        assertThat(noteAt(image, ElfNotes.FEATURES)).isNegative();
        assertThat(noteAt(image, 0x7777)).isNotNegative();
        assertThat(Little.string(image.elf(), noteAt(image, ElfNotes.PAE_MODE), 8))
                .isEqualTo("no");
    }

    @Test
    void theOlderSectionCanTakeThePlaceOfNotes() {
        ProbeImage.Builder builder = ProbeImage.builder();
        ProbeImage image = builder.withoutNotes()
                .guestSection(builder.standardGuestSection())
                .headerEntry(builder.symbol("entry_elf"))
                .build();

        ElfFile elf = ElfFile.from(image.elf());
        assertThat(elf.firstSectionByName(".note.Xen")).isNull();
        assertThat(elf.firstSectionByName("__xen_guest")).isNotNull();
        assertThat(new String(image.elf(), StandardCharsets.ISO_8859_1)).contains("VIRT_BASE=0xc0000000");
        assertThat((int) elf.e_entry).isEqualTo(image.symbol("entry_elf"));
    }

    @Test
    void malformedImages() {
        byte[] whole = ProbeImage.standard().elf();
        assertThat(ProbeImage.builder().truncate(60).build().elf()).hasSize(60);
        assertThat(ProbeImage.builder().truncate(Integer.MAX_VALUE).build().elf())
                .isEqualTo(whole);
        assertThat(ProbeImage.builder().patch(0, (byte) 'X').build().elf()[0]).isEqualTo((byte) 'X');

        ElfFile elf = ElfFile.from(ProbeImage.builder()
                .segmentAddress(0xFFFFF000)
                .segmentMemory(0x7FFFFFFF)
                .extraSegment(0xC0100800, new byte[16], 0x10000)
                .build()
                .elf());
        assertThat((int) elf.getProgramHeader(0).p_vaddr).isEqualTo(0xFFFFF000);
        assertThat((int) elf.getProgramHeader(0).p_memsz).isEqualTo(0x7FFFFFFF);
        assertThat((int) elf.getProgramHeader(1).p_vaddr).isEqualTo(0xC0100800);
    }

    private static int note(ProbeImage image, int type) {
        return Little.word(image.elf(), noteAt(image, type));
    }

    /** Where the description of a Xen note lies in the file, -1 when there is none. */
    private static int noteAt(ProbeImage image, int type) {
        byte[] file = image.elf();
        var header = ElfFile.from(file).firstSectionByName(".note.Xen").header;
        int end = (int) (header.sh_offset + header.sh_size);
        for (int at = (int) header.sh_offset; at < end; ) {
            int description = at + 12 + (Little.word(file, at) + 3 & -4);
            if (Little.word(file, at + 8) == type
                    && Little.string(file, at + 12, 4).equals("Xen")) {
                return description;
            }
            at = description + (Little.word(file, at + 4) + 3 & -4);
        }
        return -1;
    }
}
