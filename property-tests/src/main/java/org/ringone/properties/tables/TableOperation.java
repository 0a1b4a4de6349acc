package org.ringone.properties.tables;

import java.util.List;

/**
 * Something that a guest does to its page tables in a trial. Tables are counted from 0: pages, then a top table of the guest's
 * own with its last L2, then the boot tables (see {@link TableTrial}).
 */
public sealed interface TableOperation {

    /** Changes the entry that maps a page at its own address. The page stays the entry's target. */
    record Remap(int page, Access access, Route route) implements TableOperation {
        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Writes an entry inside a table by {@code mmu_update}. */
    record WriteEntry(int table, int slot, Mapping entry) implements TableOperation {
        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Stores to an entry inside a table through the table's own mapping; of the value as much as the instruction stores. */
    record StoreEntry(int table, int slot, Store by, Mapping value) implements TableOperation {
        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Pins a page as a table of level 1 to 3. */
    record Pin(int page, int level) implements TableOperation {
        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Undoes a pin. */
    record Unpin(int page) implements TableOperation {
        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Loads a new base of the address space, by hypercall or by MOV to CR3. */
    record NewBase(int page, boolean byInstruction) implements TableOperation {
        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Turns the writable-page-tables assist on or off. */
    record Assist(boolean on) implements TableOperation {
        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Changes of entries in one {@code mmu_update}: {@link WriteEntry}, and {@link Remap} by that route. */
    record Batch(List<TableOperation> updates) implements TableOperation {
        public Batch {
            updates = List.copyOf(updates);
        }

        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** Several hypercalls in one. */
    record Multicall(List<TableOperation> calls) implements TableOperation {
        public Multicall {
            calls = List.copyOf(calls);
        }

        @Override
        public String toString() {
            return TableWords.of(this);
        }
    }

    /** How a page is mapped at its own address. */
    enum Access {
        READ_WRITE,
        READ_ONLY,
        NONE
    }

    /** The ways to change the entry that maps a page. */
    enum Route {
        MMU_UPDATE,
        UPDATE_VA_MAPPING,
        /** The same without asking for a flush. */
        UNFLUSHED,
        /** A store of its low half through the read-only mapping of the boot L1 table. */
        STORE
    }

    /** Instructions that store to an entry. */
    enum Store {
        /** The flag byte. */
        BYTE("mov [edi], al", 0),
        /** The flag byte, each bit that the value has. */
        LOCKED_OR("lock or [edi], al", 0),
        /** The flag byte, only the bits that the value has. */
        LOCKED_AND("lock and [edi], al", 0),
        /** Bits 48 to 63. */
        TOP_WORD("shr edx, 16\nmov [edi + 6], dx", 6),
        /** The low half. */
        LOW("mov [edi], eax", 0),
        /** The low half. */
        LOW_EXCHANGED("xchg [edi], eax", 0),
        /** The low half. */
        LOW_STRING("stosd", 0),
        /** The high half. */
        HIGH("mov [edi + 4], edx", 4),
        /** All of it at once. */
        WHOLE("mov ebx, eax\nmov ecx, edx\nmov eax, [edi]\nmov edx, [edi + 4]\nlock cmpxchg8b [edi]", 0);

        private final String assembly;
        private final int offset;

        Store(String assembly, int offset) {
            this.assembly = assembly;
            this.offset = offset;
        }

        /** The code: EDI is the entry's address, EDX and EAX the value's halves. */
        String assembly() {
            return assembly;
        }

        /** Where in the entry it stores first. */
        int offset() {
            return offset;
        }

        /** What the entry is afterwards. */
        Mapping applied(Mapping old, Mapping value) {
            return switch (this) {
                case BYTE -> old.withFlagByte(value.flags());
                case LOCKED_OR -> old.withFlagByte(old.flags() | value.flags());
                case LOCKED_AND -> old.withFlagByte(old.flags() & value.flags());
                case TOP_WORD, HIGH -> new Mapping(old.target(), old.flags(), value.top());
                case LOW, LOW_EXCHANGED, LOW_STRING -> new Mapping(value.target(), value.flags(), old.top());
                case WHOLE -> value;
            };
        }
    }
}
