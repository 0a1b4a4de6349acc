package org.ringone.api;

/** Whether a domain still runs and, if not, how it ended. */
public sealed interface Exit {

    /** How it stands, as a clause for people. */
    String describe();

    /** The domain has not ended (it may be blocked). */
    record Running() implements Exit {
        @Override
        public String describe() {
            return "the domain runs";
        }
    }

    /** The guest asked to be shut down. */
    record ShutDown(Reason reason) implements Exit {
        @Override
        public String describe() {
            return "the domain shut down: " + reason;
        }
    }

    /**
     * The hypervisor ended the domain and lives on.
     *
     * @param detail what the hypervisor said about it; for people, never compared
     */
    record Killed(String detail) implements Exit {
        @Override
        public String describe() {
            return "the domain was killed: " + detail;
        }
    }

    /**
     * The hypervisor itself died, hung or answered nonsense.
     *
     * @param detail what was seen; for people, never compared
     */
    record HypervisorFailed(String detail) implements Exit {
        @Override
        public String describe() {
            return "the hypervisor failed: " + detail;
        }
    }

    /** The reasons of {@code SCHEDOP_shutdown}, in the order of their numbers. */
    enum Reason {
        POWEROFF,
        REBOOT,
        SUSPEND,
        CRASH
    }
}
