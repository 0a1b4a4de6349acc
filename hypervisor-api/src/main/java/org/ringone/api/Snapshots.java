package org.ringone.api;

/** The ability of a {@link Machine} to be remembered as it is: memory, page types, processors and all domains. */
public interface Snapshots {

    /** Remembers the machine as it is now. The machine may run on; the snapshot does not change. */
    Snapshot snapshot();

    /** A machine as it was. */
    interface Snapshot {

        /**
         * A machine in the remembered state. Its {@link Machine#domains()} are the remembered ones, in the same order.
         * Unless {@link #independent()}, machines resumed earlier end.
         */
        Machine resume();

        /** Whether several machines resumed from this snapshot can live side by side, in several threads too. */
        boolean independent();
    }
}
