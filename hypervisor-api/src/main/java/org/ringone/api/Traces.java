package org.ringone.api;

import java.util.List;

/** The ability of a {@link Machine} to tell what happened inside it, for the report only: never a source of verdicts. */
public interface Traces {

    /**
     * What happened since the last call, oldest first, one line each: hypercalls with arguments and results, traps with
     * the instruction and, where they are known, the ones before it, events. Addresses written {@code cs:eip}, in 4 and 8
     * hexadecimal digits, get the guest's names for them in the report. Bounded: the oldest lines go first, and then the first line says
     * how many are lost.
     */
    List<String> drainTrace();
}
