package org.ringone.guest;

/** The probe could not be asked: there is no answer, or none that can be understood. */
public final class ProbeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No answer within the budget. */
        SILENT,
        /** Bytes came, but no sound frame among them, or one that makes no sense. */
        GARBLED,
        /** The domain has ended. */
        DOMAIN_ENDED,
        /** The hypervisor itself died or hung. */
        HYPERVISOR_FAILED,
        /** A command that must succeed was cut short by a trap. */
        TRAPPED
    }

    private final Kind kind;

    ProbeException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
