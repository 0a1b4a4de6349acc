package org.ringone.guest;

import java.util.List;
import java.util.Optional;
import org.ringone.api.Exit;

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
        /** A command that must succeed was cut short by a trap, or refused. */
        TRAPPED
    }

    private final Kind kind;
    private final transient Exit exit;
    private final transient List<String> console;
    private final transient BootReport boot;

    ProbeException(Kind kind, String message, Exit exit, List<String> console) {
        this(kind, message, exit, console, null);
    }

    ProbeException(Kind kind, String message, Exit exit, List<String> console, BootReport boot) {
        super(message);
        this.kind = kind;
        this.exit = exit;
        this.console = List.copyOf(console);
        this.boot = boot;
    }

    /** How things stood with the domain. */
    public Exit exit() {
        return exit;
    }

    /** What was on the console besides frames, oldest line first. */
    public List<String> console() {
        return console;
    }

    /** When attaching failed: how far the probe said it came. */
    public Optional<BootReport> boot() {
        return Optional.ofNullable(boot);
    }

    public Kind kind() {
        return kind;
    }
}
