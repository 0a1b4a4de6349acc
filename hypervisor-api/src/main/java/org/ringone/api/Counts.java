package org.ringone.api;

/** The ability of a {@link Machine} to count, for budgets, benchmarks and the rules that speak of cost. */
public interface Counts {

    /** Guest instructions retired on all processors since power-on. */
    long instructionsRetired();

    /** Entries into the hypervisor (hypercalls, traps, faults it handled itself) since power-on. */
    long hypervisorEntries();
}
