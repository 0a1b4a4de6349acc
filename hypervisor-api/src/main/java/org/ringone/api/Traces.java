package org.ringone.api;

import java.util.List;

/** The ability of a {@link Machine} to tell what happened inside it, for the report only: never a source of verdicts. */
public interface Traces {

    /**
     * What happened since the last call, oldest first, one line each: hypercalls with arguments and results, traps with
     * the instruction, events. Bounded: the oldest lines go first, and then the first line says
     * how many are lost.
     */
    List<String> drainTrace();
}
