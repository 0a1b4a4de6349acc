package org.ringone.cli.export;

import java.util.List;

/**
 * A machine on which a scenario is recorded. What differs between settings depends on the machine.
 *
 * @param machineMib its memory in MiB: the reference hands out the highest frames first
 * @param domainMib memory of the probe's domain in MiB
 * @param earlierDomains how many domains were created before it, and closed after: they move its frames, number and time
 */
record Setting(int machineMib, int domainMib, int earlierDomains) {

    /** What the suite itself uses. */
    static final Setting USUAL = new Setting(128, 32, 0);

    /** Those on which scenarios are recorded. */
    static final List<Setting> RECORDED = List.of(USUAL, new Setting(173, 32, 1), new Setting(251, 48, 2));

    /** Those on which a finished image is tried: one that it was recorded on and one that it was not. */
    static final List<Setting> TRIED = List.of(USUAL, new Setting(109, 40, 1));
}
