package org.ringone.cli.export;

import java.util.List;
import org.ringone.api.DomainSpec;
import org.ringone.guest.Fixup;
import org.ringone.guest.Replay;

/**
 * A scenario as an image.
 *
 * @param caseId the case
 * @param elf the image's file; not copied, must not be changed
 * @param replay the script in it
 * @param domain what its domain was to be when it was recorded
 */
record Exported(String caseId, byte[] elf, Replay replay, DomainSpec domain) {

    /** How many words of answers are not compared. */
    static long notCompared(List<Replay.Step> steps) {
        return steps.stream()
                .flatMap(step -> step.answerFixups().stream())
                .filter(fixup -> fixup.kind() == Fixup.Kind.REMEMBER)
                .count();
    }

    /** What a domain must be in which the image runs. */
    DomainSpec in(int mib) {
        return new DomainSpec(elf, mib, "", new byte[0], domain.vcpus(), domain.privileged());
    }
}
