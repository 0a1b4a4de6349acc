package org.ringone.guest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The probe as a kernel image: a 32-bit ELF file with Xen notes. Immutable.
 *
 * <p>{@link #standard()} is what every hypervisor of the interface accepts. For the rules about images, {@link #builder()}
 * changes its notes, its header, or its bytes.
 */
public final class ProbeImage {

    /** How many pages the probe offers that it never touches and that are mapped writable. */
    public static final int SCRATCH_PAGES = 64;

    /** How many more there are, to be unmapped and mapped anew. */
    public static final int SPARE_PAGES = 16;

    /** How many pages ring 3 may use: two of code, one of stack, five of data. */
    public static final int USER_PAGES = 8;

    /** Where pseudo-physical address 0 is mapped unless the builder is told otherwise. */
    public static final int VIRT_BASE = 0xC0000000;

    private final byte[] elf;
    private final ProbeProgram program;
    private final int digest;

    private ProbeImage(byte[] elf, ProbeProgram program, int digest) {
        this.elf = elf;
        this.program = program;
        this.digest = digest;
    }

    private static final class Standard {
        static final ProbeImage IMAGE = builder().build();
    }

    /** The probe with the notes that every hypervisor of the interface accepts. */
    public static ProbeImage standard() {
        return Standard.IMAGE;
    }

    /** Starts from the standard image. */
    public static Builder builder() {
        return new Builder(VIRT_BASE);
    }

    /** Starts from the standard image, but for another mapping of pseudo-physical address 0. */
    public static Builder builder(int virtBase) {
        return new Builder(virtBase);
    }

    /** The file's bytes; not copied, must not be changed. */
    public byte[] elf() {
        return elf;
    }

    /** The addresses of the probe's symbols. */
    public Map<String, Integer> symbols() {
        return program.symbols();
    }

    /** The address of one of the probe's symbols. */
    public int symbol(String name) {
        return program.symbol(name);
    }

    /** Where pseudo-physical address 0 is mapped. */
    public int virtBase() {
        return program.virtBase();
    }

    ProbeProgram program() {
        return program;
    }

    /** What the probe built from this program says of itself in its hello. */
    int digest() {
        return digest;
    }

    /** Makes images that differ from the standard one. */
    public static final class Builder {

        private final ProbeProgram program;
        private XenNotes notes;
        private boolean hasNotes = true;
        private String guestSection;
        private int entry;
        private int memorySize;
        private int virtual;
        private Map<String, Integer> symbolTable = Map.of();
        private byte[] extraSegment;
        private int extraAddress;
        private int extraMemorySize;
        private int length = Integer.MAX_VALUE;
        private byte[][] patches = new byte[0][];
        private int[] patchedAt = new int[0];

        private Builder(int virtBase) {
            program = ProbeProgram.at(virtBase);
            entry = program.symbol("entry");
            virtual = program.origin();
            memorySize = program.symbol("memory_end") - program.origin();
            notes = XenNotes.standard(virtBase, entry, program.symbol("hypercall_page"));
        }

        /** The address of one of the probe's symbols, for the values of notes. */
        public int symbol(String name) {
            return program.symbol(name);
        }

        /** Sets a Xen note with a text. */
        public Builder note(int type, String text) {
            notes = notes.with(type, XenNotes.text(text));
            return this;
        }

        /** Sets a Xen note with a number or address. */
        public Builder note(int type, int value) {
            notes = notes.with(type, XenNotes.word(value));
            return this;
        }

        /** Adds a note of any owner and type. */
        public Builder extraNote(String owner, int type, byte[] description) {
            notes = notes.also(owner, type, description.clone());
            return this;
        }

        /** Drops a Xen note. */
        public Builder withoutNote(int type) {
            notes = notes.without(type);
            return this;
        }

        /** Drops all notes. */
        public Builder withoutNotes() {
            hasNotes = false;
            return this;
        }

        /** Adds the older {@code __xen_guest} section with that text. */
        public Builder guestSection(String text) {
            guestSection = Objects.requireNonNull(text, "text");
            return this;
        }

        /** The text of a {@code __xen_guest} section that says what the standard notes say. */
        public String standardGuestSection() {
            return String.format(
                    "GUEST_OS=ringone,GUEST_VER=1,XEN_VER=xen-3.0,VIRT_BASE=0x%08x,ELF_PADDR_OFFSET=0x0,VIRT_ENTRY=0x%08x,"
                            + "HYPERCALL_PAGE=0x%x,PAE=yes,LOADER=generic",
                    program.virtBase(),
                    program.symbol("entry"),
                    (program.symbol("hypercall_page") - program.virtBase()) >>> 12);
        }

        /** Sets e_entry of the ELF header. The probe's other entry point is its symbol {@code entry_elf}. */
        public Builder headerEntry(int address) {
            entry = address;
            return this;
        }

        /** Sets the virtual address that the program segment asks for, wherever the code expects to be. */
        public Builder segmentAddress(int address) {
            virtual = address;
            return this;
        }

        /** Sets the memory size of the program segment. */
        public Builder segmentMemory(int bytes) {
            memorySize = bytes;
            return this;
        }

        /** Adds a second segment. */
        public Builder extraSegment(int address, byte[] bytes, int memory) {
            extraSegment = bytes.clone();
            extraAddress = address;
            extraMemorySize = memory;
            return this;
        }

        /** Adds a symbol table with the probe's entry points. */
        public Builder symbolTable() {
            Map<String, Integer> entries = new TreeMap<>();
            List.of("entry", "entry_elf", "upcall_entry").forEach(name -> entries.put(name, program.symbol(name)));
            return symbolTable(entries);
        }

        /** Adds a symbol table with those symbols. */
        public Builder symbolTable(Map<String, Integer> symbols) {
            symbolTable = new TreeMap<>(symbols);
            return this;
        }

        /** Overwrites bytes of the finished file, which must be there. */
        public Builder patch(int offset, byte... bytes) {
            patches = Arrays.copyOf(patches, patches.length + 1);
            patches[patches.length - 1] = bytes.clone();
            patchedAt = Arrays.copyOf(patchedAt, patches.length);
            patchedAt[patches.length - 1] = offset;
            return this;
        }

        /** Cuts the finished file to at most that many bytes. */
        public Builder truncate(int bytes) {
            length = bytes;
            return this;
        }

        public ProbeImage build() {
            byte[] code = program.bytes().clone();
            CRC32 crc = new CRC32();
            crc.update(code);
            int digest = (int) crc.getValue();
            Little.word(code, program.symbol("image_digest") - program.origin(), digest);

            ElfFile file = new ElfFile(entry);
            file.load(".text", virtual, virtual - program.virtBase(), code, memorySize);
            if (extraSegment != null) {
                file.load(".extra", extraAddress, extraAddress - program.virtBase(), extraSegment, extraMemorySize);
            }
            if (hasNotes) {
                file.notes(notes.bytes());
            }
            if (guestSection != null) {
                file.section("__xen_guest", XenNotes.text(guestSection));
            }
            if (!symbolTable.isEmpty()) {
                file.symbols(symbolTable);
            }
            byte[] elf = file.bytes();
            for (int i = 0; i < patches.length; i++) {
                System.arraycopy(patches[i], 0, elf, patchedAt[i], patches[i].length);
            }
            return new ProbeImage(length < elf.length ? Arrays.copyOf(elf, length) : elf, program, digest);
        }
    }
}
