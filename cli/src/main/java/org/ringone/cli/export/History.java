package org.ringone.cli.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.api.DomainSpec;

/** What was done with a machine besides talking with the probe in it. */
final class History {

    private final List<DomainSpec> domains;
    private String beyond;

    History() {
        this(List.of(), null);
    }

    private History(List<DomainSpec> domains, String beyond) {
        this.domains = new ArrayList<>(domains);
        this.beyond = beyond;
    }

    History copy() {
        return new History(domains, beyond);
    }

    void created(DomainSpec spec) {
        domains.add(spec);
    }

    /** Something happened that no image can do by itself. */
    void beyond(String what) {
        if (beyond == null) {
            beyond = what;
        }
    }

    /** What the first domain was to be, as it was asked for. */
    DomainSpec domain() {
        return domains.get(0);
    }

    /** Why an image in one domain cannot do the same, if it cannot. */
    Optional<String> obstacle() {
        if (beyond != null) {
            return Optional.of(beyond);
        }
        if (domains.size() != 1) {
            return Optional.of("it needs " + domains.size() + " domains");
        }
        if (domain().ramdisk().length > 0 || !domain().commandLine().isEmpty()) {
            return Optional.of("it needs a ramdisk or a command line of its own");
        }
        return Optional.empty();
    }
}
