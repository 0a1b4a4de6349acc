package org.ringone.api;

/** Whether a domain still runs and, if not, how it ended. */
public sealed interface Exit {

    /** The domain has not ended (it may be blocked). */
    record Running() implements Exit {}

    /** The guest asked to be shut down. */
    record ShutDown(Reason reason) implements Exit {}

    /**
     * The hypervisor ended the domain and lives on.
     *
     * @param detail what the hypervisor said about it; for people, never compared
     */
    record Killed(String detail) implements Exit {}

    /**
     * The hypervisor itself died, hung or answered nonsense.
     *
     * @param detail what was seen; for people, never compared
     */
    record HypervisorFailed(String detail) implements Exit {}

    /** The reasons of {@code SCHEDOP_shutdown}, in the order of their numbers. */
    enum Reason {
        POWEROFF,
        REBOOT,
        SUSPEND,
        CRASH
    }
}
