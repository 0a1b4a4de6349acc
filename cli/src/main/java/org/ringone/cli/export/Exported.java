package org.ringone.cli.export;

import java.util.List;
import org.ringone.api.DomainSpec;
import org.ringone.guest.Fixup;
import org.ringone.guest.Replay;
import org.ringone.suite.run.BootedMachines;

/**
 * A scenario as an image.
 *
 * @param caseId the case
 * @param elf the image's file; not copied, must not be changed
 * @param replay the script in it
 * @param domain what its domain was to be when it was recorded
 * @param stepAddress where each step begins
 * @param failAddress where it goes when an answer differs
 */
record Exported(String caseId, byte[] elf, Replay replay, DomainSpec domain, int stepAddress, int failAddress) {

    /** How many words of answers are not compared. */
    static long notCompared(List<Replay.Step> steps) {
        return steps.stream()
                .flatMap(step -> step.answerFixups().stream())
                .filter(fixup -> fixup.kind() == Fixup.Kind.REMEMBER)
                .count();
    }

    /** Whether the scenario is about a domain of just that size. */
    static boolean sizeMatters(DomainSpec domain) {
        return domain.memoryMib() != BootedMachines.MEMORY_MIB;
    }

    /** A domain in which the image runs, of that size in MiB unless its scenario wants another. */
    DomainSpec in(int mib) {
        int size = sizeMatters(domain) ? domain.memoryMib() : mib;
        return new DomainSpec(elf, size, "", new byte[0], domain.vcpus(), domain.privileged());
    }
}
