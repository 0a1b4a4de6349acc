package org.ringone.external;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ringone.api.Exit;

/** The ways in which a hypervisor that is a program can be seen to end a domain, or itself. */
enum Ending {
    /** The guest asked for power-off. */
    POWEROFF,
    /** The guest asked for a reboot. */
    REBOOT,
    /** The guest asked to be suspended. */
    SUSPEND,
    /** The guest asked to be taken for crashed. */
    CRASH,
    /** The hypervisor ended the domain and lives on. */
    KILLED,
    /** The domain was never built: the image or the request is not acceptable. */
    REFUSED,
    /** The hypervisor itself died. */
    FAILED;

    /** The name as profiles write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The ending of that name.
     *
     * @throws IllegalArgumentException when there is none; the message lists them
     */
    static Ending of(String word) {
        return Arrays.stream(values())
                .filter(e -> e.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no ending: they are "
                        + Arrays.stream(values()).map(Ending::word).collect(Collectors.joining(", "))));
    }

    Exit exit(String detail) {
        return switch (this) {
            case POWEROFF -> new Exit.ShutDown(Exit.Reason.POWEROFF);
            case REBOOT -> new Exit.ShutDown(Exit.Reason.REBOOT);
            case SUSPEND -> new Exit.ShutDown(Exit.Reason.SUSPEND);
            case CRASH -> new Exit.ShutDown(Exit.Reason.CRASH);
            case KILLED -> new Exit.Killed(detail);
            case REFUSED, FAILED -> new Exit.HypervisorFailed(detail);
        };
    }
}
