package org.ringone.reference.build;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The features that the era knows by name. */
enum Feature {
    WRITABLE_PAGE_TABLES("writable_page_tables", false),
    WRITABLE_DESCRIPTOR_TABLES("writable_descriptor_tables", false),
    AUTO_TRANSLATED_PHYSMAP("auto_translated_physmap", false),
    SUPERVISOR_MODE_KERNEL("supervisor_mode_kernel", false),
    PAE_PGDIR_ABOVE_4GB("pae_pgdir_above_4gb", true);

    private final String word;
    private final boolean offered;

    Feature(String word, boolean offered) {
        this.word = word;
        this.offered = offered;
    }

    String word() {
        return word;
    }

    /** Whether this hypervisor has it. */
    boolean offered() {
        return offered;
    }

    static Feature named(String word) {
        for (Feature feature : values()) {
            if (feature.word.equals(word)) {
                return feature;
            }
        }
        return null;
    }

    static String names() {
        return Arrays.stream(values()).map(Feature::word).collect(Collectors.joining(", "));
    }
}
