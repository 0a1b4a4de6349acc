package org.ringone.reference.memory;

/** The ways in which a guest changes entries of tables that are in use. */
public enum TableRoute {
    MMU_UPDATE("mmu_update"),
    UPDATE_VA_MAPPING("update_va_mapping"),
    /** A store that faulted and was carried out: the assist {@code writable_pagetables}. */
    STORE("store, carried out by the hypervisor");

    private final String words;

    TableRoute(String words) {
        this.words = words;
    }

    /** Its name in the interface. */
    public String words() {
        return words;
    }
}
