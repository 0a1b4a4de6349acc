package org.ringone.reference.build;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The features that the era knows by name. */
enum Feature {
    WRITABLE_PAGE_TABLES("writable_page_tables"),
    WRITABLE_DESCRIPTOR_TABLES("writable_descriptor_tables"),
    AUTO_TRANSLATED_PHYSMAP("auto_translated_physmap"),
    SUPERVISOR_MODE_KERNEL("supervisor_mode_kernel"),
    PAE_PGDIR_ABOVE_4GB("pae_pgdir_above_4gb");

    private final String word;

    Feature(String word) {
        this.word = word;
    }

    String word() {
        return word;
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
