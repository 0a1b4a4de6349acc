package org.ringone.properties.descriptors;

import java.util.List;
import java.util.stream.Collectors;

/** One thing a guest does to its descriptor tables in a trial. Pages are counted from 0. */
public sealed interface DescriptorOperation {

    /** Writes a descriptor into a page by {@code update_descriptor}. */
    record Update(int page, int slot, long descriptor) implements DescriptorOperation {
        @Override
        public String toString() {
            return String.format("update_descriptor of page %d, slot %d, to %016x", page, slot, descriptor);
        }
    }

    /** Stores a descriptor into a page through its own mapping. */
    record Store(int page, int slot, long descriptor) implements DescriptorOperation {
        @Override
        public String toString() {
            return String.format("store of %016x to page %d, slot %d", descriptor, page, slot);
        }
    }

    /** Makes the pages the GDT, in that order. */
    record SetGdt(List<Integer> pages) implements DescriptorOperation {
        public SetGdt {
            pages = List.copyOf(pages);
        }

        @Override
        public String toString() {
            return pages.isEmpty() ? "set_gdt to nothing" : "set_gdt to pages " + pages;
        }
    }

    /** Makes what lies from a page on the LDT; with no entries there is none. */
    record SetLdt(int page, int entries) implements DescriptorOperation {
        @Override
        public String toString() {
            return "SET_LDT to page " + page + ", " + entries + " entries";
        }
    }

    /** Maps a page writable or read-only at its own address. */
    record Remap(int page, boolean writable) implements DescriptorOperation {
        @Override
        public String toString() {
            return "update_va_mapping of page " + page + (writable ? ", writable" : ", read-only");
        }
    }

    /**
     * Loads a data segment register in ring 1.
     *
     * @param register DS, ES, FS or GS
     * @param selector not null
     */
    record Load(String register, int selector) implements DescriptorOperation {
        @Override
        public String toString() {
            return String.format("mov %s, %04x", register, selector);
        }
    }

    /** Several hypercalls in one, as those of a context switch that changes the TLS entries: no {@link Store}, no {@link Load}. */
    record Multicall(List<DescriptorOperation> calls) implements DescriptorOperation {
        public Multicall {
            calls = List.copyOf(calls);
        }

        @Override
        public String toString() {
            return "multicall of " + calls.stream().map(Object::toString).collect(Collectors.joining("; "));
        }
    }
}
