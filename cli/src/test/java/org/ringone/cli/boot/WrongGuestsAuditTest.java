package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringone.cli.audit.RuleFinding;
import org.ringone.cli.audit.RuleFinding.Verdict;
import org.ringone.guest.GuestKernel;
import org.ringone.guest.WrongGuest;
import org.ringone.guest.WrongGuests;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;
import org.ringone.suite.catalogue.Who;

/** Every wrong guest is convicted of the rule that it breaks, or stands in the list of those that no observer can see. */
class WrongGuestsAuditTest {

    /** Their mistakes stay in the guest's registers and memory; docs/audit.md says of each why. */
    private static final Set<String> NOT_TO_BE_SEEN = Set.of(
            "PT-24: a guest that ignores every change of what is mapped read-only",
            "PRIV-12: a guest that takes what the prefix gives as it is",
            "PRIV-12: a guest that hides its features in every leaf",
            "PRIV-16: a guest that does not keep the CR3 that it loads",
            "PRIV-16: a guest that flushes its own TLB where others' are meant",
            "TRAP-12: a guest that gives every gate the flags of a trap gate",
            "EVT-05: a guest that unmasks when any flag is set",
            "EVT-05: a guest that yields where it ought to block",
            "EVT-06: a guest that pushes the flags to learn whether events are enabled",
            "EVT-06: a guest that looks at the lowest bit of the mask only",
            "EVT-06: a guest that takes the mask for the flag",
            "MC-07: a guest that writes over its queue when it is full",
            "MC-07: a guest that makes a call while others wait in its queue",
            "MC-07: a guest that runs its callbacks when they are asked for",
            "MC-07: a guest that flushes after every call",
            "MC-07: a guest that forgets its queue when it is lazy no more");

    private static final int MIB = 8;

    @Test
    void theRightKernelKeepsEveryRuleThatCanBeObserved() throws Exception {
        Audited audited = Audited.of(GuestKernel.right().exercised().elf(), "", MIB);
        assertThat(audited.ending().exitCode()).isZero();
        audited.verdicts()
                .forEach((rule, verdict) -> assertThat(verdict)
                        .as(rule)
                        .isEqualTo(rule.equals("EVT-06") ? Verdict.NOT_OBSERVABLE : Verdict.KEPT));
    }

    @Test
    void everyRuleForGuestsIsInTheAudit() throws Exception {
        Set<String> rules = Catalogue.load().rules().stream()
                .filter(rule -> rule.who() == Who.G)
                .map(Rule::id)
                .collect(Collectors.toSet());
        Audited audited = Audited.of(SmallKernel.of("ud2"), "", MIB);
        assertThat(audited.verdicts().keySet()).isEqualTo(rules);
        assertThat(audited.audit().findings()).hasSameSizeAs(rules);
    }

    static List<WrongGuest> wrongGuests() {
        return WrongGuests.all();
    }

    @ParameterizedTest
    @MethodSource("wrongGuests")
    void aWrongGuestIsConvictedOfItsOwnRule(WrongGuest wrong) throws Exception {
        Audited audited = Audited.of(wrong.kernel().exercised().elf(), "", MIB);
        RuleFinding own = audited.finding(wrong.rule());
        if (NOT_TO_BE_SEEN.contains(wrong.toString())) {
            assertThat(own.verdict()).as("can be seen after all").isNotEqualTo(Verdict.BROKEN);
        } else {
            assertThat(own.verdict()).isEqualTo(Verdict.BROKEN);
            assertThat(own.first().orElseThrow().what()).isNotBlank();
            assertThat(audited.run().before().get(wrong.rule())).isNotEmpty();
        }
    }

    @Test
    void theListOfThoseThatCannotBeSeenHoldsWrongGuestsOnly() {
        assertThat(WrongGuests.all().stream().map(WrongGuest::toString)).containsAll(NOT_TO_BE_SEEN);
    }

    @Test
    void theFirstOccurrenceIsTheUnmaskingAndTheWayThereEndsWithIt() throws Exception {
        WrongGuest blind = WrongGuests.of("EVT-05").get(0);
        Audited audited = Audited.of(blind.kernel().exercised().elf(), "", MIB);
        assertThat(audited.finding("EVT-05").first().orElseThrow().instruction())
                .startsWith("mov byte [");
        List<String> before = audited.run().before().get("EVT-05");
        assertThat(before.get(before.size() - 1)).contains("irq_enable").contains("mov byte [");
    }
}
