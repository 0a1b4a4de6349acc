package org.ringone.api;

/** The ability of a {@link Machine} to raise an event at a chosen instruction boundary: races enumerated, not hoped for. */
public interface InjectsEvents {

    /**
     * Sends the event of one of the domain's bound ports as its remote end would, when that many more guest instructions
     * of the domain's first vcpu have retired.
     *
     * @param instructions from now, at least 0
     */
    void raise(Domain domain, int port, long instructions);
}
