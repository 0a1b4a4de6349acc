package org.ringone.reference.memory;

/** All processors of the machine, as far as memory must reach them without being called by one of them. */
public interface Processors {

    /** Flushes the whole TLB of every processor of a domain. Harmless when there is none. */
    void flushTlbs(int domid);

    /** Drops the mappings of LDT pages that a domain's processors hold; they are made again, checked, at the next use. */
    void dropLdtMappings(int domid);

    /** No processors: while there is no domain. */
    Processors NONE = new Processors() {
        @Override
        public void flushTlbs(int domid) {
            // nobody to flush
        }

        @Override
        public void dropLdtMappings(int domid) {
            // nobody has any
        }
    };
}
