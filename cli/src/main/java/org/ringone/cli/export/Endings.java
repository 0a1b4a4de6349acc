package org.ringone.cli.export;

import java.util.Locale;
import org.ringone.api.Exit;

/** The words for domains that are to end. */
final class Endings {

    private Endings() {}

    /** The last line of an image whose domain must end now in that way. */
    static String foretold(Exit exit) {
        String how = exit instanceof Exit.ShutDown shutDown
                ? "shuts down now, reason " + shutDown.reason().name().toLowerCase(Locale.ROOT)
                : "is killed now";
        return "ringone: the domain " + how + ", or this is a FAIL";
    }
}
