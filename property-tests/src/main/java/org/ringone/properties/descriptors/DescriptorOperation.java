package org.ringone.properties.descriptors;

import java.util.List;

/** One thing a guest does to its descriptor tables in a trial. Pages are counted from 0. */
public sealed interface DescriptorOperation {

    /** Writes a descriptor into a page by {@code update_descriptor}. */
    record Update(int page, int slot, long descriptor) implements DescriptorOperation {}

    /** Stores a descriptor into a page through its own mapping. */
    record Store(int page, int slot, long descriptor) implements DescriptorOperation {}

    /** Makes the pages the GDT, in that order. */
    record SetGdt(List<Integer> pages) implements DescriptorOperation {
        public SetGdt {
            pages = List.copyOf(pages);
        }
    }

    /** Maps a page writable or read-only at its own address. */
    record Remap(int page, boolean writable) implements DescriptorOperation {}
}
