package org.ringone.guest;

import org.ringone.api.Budget;

/** Waits for a probe to come up and finds out how far it came. */
final class Boot {

    private static final String STAGE = "ringone: stage ";
    private static final String READY = "ringone: ready";
    private static final int VERSION = 1;
    private static final int HELLO_BYTES = 42;
    private static final int NAME_AT = 10;
    private static final int NAME_BYTES = 32;
    private static final int READS = 1 << 14;

    private final Link link;
    private final ProbeImage image;
    private final Budget budget;

    Boot(Link link, ProbeImage image, Budget budget) {
        this.link = link;
        this.image = image;
        this.budget = budget;
    }

    BootReport await() throws ProbeException {
        try {
            for (int reads = 0; reads < READS && link.listen(budget); reads++) {
                if (link.lines().contains(READY)) {
                    break;
                }
            }
            return report(link.hello(budget));
        } catch (ProbeException e) {
            BootReport said = said();
            throw new ProbeException(
                    e.kind(),
                    "the probe did not come up: " + said + "; " + e.getMessage(),
                    e.exit(),
                    e.console(),
                    said);
        }
    }

    private BootReport report(byte[] hello) throws ProbeException {
        if (hello.length < HELLO_BYTES || hello[0] != VERSION) {
            throw nonsense("its hello is not one of version " + VERSION);
        }
        if (Little.word(hello, 6) != image.digest()) {
            throw nonsense("it was not built from this image");
        }
        int stage = hello[1];
        if (stage < -1 || stage > BootReport.LAST_STAGE) {
            throw nonsense("it claims stage " + stage);
        }
        String step = stage == BootReport.LAST_STAGE ? "" : Little.string(hello, NAME_AT, NAME_BYTES);
        return new BootReport(stage, step, Little.word(hello, 2));
    }

    private ProbeException nonsense(String what) {
        return link.failure(ProbeException.Kind.GARBLED, "what answers is not the probe: " + what);
    }

    /** How far it said it came, from its own lines. */
    private BootReport said() {
        int stage = -1;
        String step = "";
        for (String line : link.lines()) {
            int at = line.indexOf(STAGE);
            int digit = at + STAGE.length();
            if (at >= 0 && line.length() > digit + 3 && Character.digit(line.charAt(digit), 10) >= 0) {
                stage = Math.min(Character.digit(line.charAt(digit), 10), BootReport.LAST_STAGE) - 1;
                step = line.substring(digit + 3);
            }
        }
        return new BootReport(stage, step, 0);
    }
}
