package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;

import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;
import org.junit.jupiter.api.Test;
import org.ringone.xen.ElfNotes;

/** What is written is what an ELF reader of others reads. */
class ElfFileTest {

    private static final int BASE = 0xC0000000;

    @Test
    void segmentsSectionsAndNotesParseBack() {
        byte[] code = {1, 2, 3, 4, 5};
        org.ringone.guest.ElfFile written = new org.ringone.guest.ElfFile(BASE + 0x100010);
        written.load(".text", BASE + 0x100000, 0x100000, code, 0x3000);
        written.notes(XenNotes.standard(BASE, BASE + 0x100010, BASE + 0x101000).bytes());
        written.section("__xen_guest", XenNotes.text("LOADER=generic"));

        ElfFile read = ElfFile.from(written.bytes());

        assertThat(read.ei_class).isEqualTo(ElfFile.CLASS_32);
        assertThat(read.e_machine).isEqualTo((short) 3);
        assertThat((int) read.e_entry).isEqualTo(BASE + 0x100010);
        ElfSegment load = read.getProgramHeader(0);
        assertThat((int) load.p_vaddr).isEqualTo(BASE + 0x100000);
        assertThat(load.p_paddr).isEqualTo(0x100000);
        assertThat(load.p_filesz).isEqualTo(5);
        assertThat(load.p_memsz).isEqualTo(0x3000);
        assertThat(load.p_offset % 4096).isZero();
        assertThat(read.firstSectionByName("__xen_guest")).isNotNull();
        assertThat(read.firstSectionByName(".note.Xen").header.sh_type).isEqualTo(7);
        assertThat(read.firstSectionByName(".text").header.sh_offset).isEqualTo(load.p_offset);
    }

    @Test
    void notesHaveTheStandardForm() {
        XenNotes notes = XenNotes.standard(BASE, 0x1234, 0x5000)
                .without(ElfNotes.FEATURES)
                .with(ElfNotes.ENTRY, XenNotes.word(0x4321))
                .also("Other", 99, new byte[] {7});

        byte[] bytes = notes.bytes();
        int count = 0;
        boolean entry = false;
        String last = "";
        for (int at = 0; at < bytes.length; count++) {
            int owner = Little.word(bytes, at);
            int length = Little.word(bytes, at + 4);
            int type = Little.word(bytes, at + 8);
            last = Little.string(bytes, at + 12, owner);
            int description = at + 12 + (owner + 3 & -4);
            if (type == ElfNotes.ENTRY) {
                assertThat(Little.word(bytes, description)).isEqualTo(0x4321);
                assertThat(entry).as("a second note of the type").isFalse();
                entry = true;
            }
            assertThat(type).isNotEqualTo(ElfNotes.FEATURES);
            at = description + (length + 3 & -4);
        }
        assertThat(count).isEqualTo(10);
        assertThat(entry).isTrue();
        assertThat(last).isEqualTo("Other");
    }
}
