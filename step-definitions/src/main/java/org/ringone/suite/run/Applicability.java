package org.ringone.suite.run;

import java.util.List;
import java.util.function.Function;
import org.ringone.api.Profile;
import org.ringone.suite.verdict.NotJudged;
import org.ringone.suite.verdict.Verdict;

/**
 * What a scenario's tags say about the profiles it speaks of. {@code @era-3.1}, {@code @host-32}, {@code @host-64},
 * {@code @ordinary} and {@code @initial} restrict it: one tag of a kind must fit, where there is one.
 * {@code @cpu-segment-limits} and the like name what the processor under the hypervisor must do for the case to be seen;
 * a profile that lacks it lists the feature {@code lacks-segment-limits}.
 */
public final class Applicability {

    private static final String CPU = "@cpu-";

    private Applicability() {}

    /**
     * Ends the scenario when it cannot be judged on this profile.
     *
     * @throws NotJudged with the reason
     */
    public static void require(List<String> tags, Profile profile) {
        only(tags, tag -> tag.startsWith("@era-"), "@era-" + profile.era().version(), profile);
        only(
                tags,
                tag -> tag.startsWith("@host-"),
                profile.host() == Profile.Host.PAE_32 ? "@host-32" : "@host-64",
                profile);
        only(
                tags,
                tag -> tag.equals("@ordinary") || tag.equals("@initial"),
                profile.privilege() == Profile.Privilege.ORDINARY ? "@ordinary" : "@initial",
                profile);
        for (String tag : tags) {
            if (tag.startsWith(CPU) && profile.features().contains("lacks-" + tag.substring(CPU.length()))) {
                throw new NotJudged(
                        Verdict.NO_ORACLE,
                        "the processor under this hypervisor lacks "
                                + tag.substring(CPU.length()).replace('-', ' '));
            }
        }
    }

    private static void only(List<String> tags, Function<String, Boolean> kind, String mine, Profile profile) {
        List<String> given = tags.stream().filter(kind::apply).toList();
        if (!given.isEmpty() && !given.contains(mine)) {
            throw new NotJudged(
                    Verdict.NOT_APPLICABLE,
                    "the case speaks of " + String.join(", ", given) + " and this is " + profile);
        }
    }
}
