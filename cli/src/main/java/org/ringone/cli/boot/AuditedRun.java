package org.ringone.cli.boot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ringone.api.Domain;
import org.ringone.cli.audit.GuestAudit;
import org.ringone.cli.audit.RuleFinding;
import org.ringone.reference.ReferenceMachine;

/** Hears a guest out, and fetches the instructions before each rule's first breach while the way there can be gone again. */
final class AuditedRun {

    private static final int INSTRUCTIONS = 16;

    private final GuestAudit audit = new GuestAudit();
    private final RecordedRun run;
    private final AddressNames names;
    private final Map<String, List<String>> before = new HashMap<>();

    AuditedRun(ReferenceMachine machine, Domain domain, RecordedRun run, AddressNames names) {
        this.run = run;
        this.names = names;
        machine.observe(domain, audit);
    }

    GuestAudit audit() {
        return audit;
    }

    /** The instructions before each rule's first breach, oldest first; by rule. */
    Map<String, List<String>> before() {
        return before;
    }

    /** After each step: looks whether something was broken in it. */
    void look() {
        for (RuleFinding finding : audit.findings()) {
            if (finding.first().isPresent() && !before.containsKey(finding.rule())) {
                before.put(
                        finding.rule(),
                        run.instructionsUpTo(finding.first().get().retired(), INSTRUCTIONS, names));
            }
        }
    }

    /** The guest has ended, or its time has. */
    void finish() {
        audit.finish();
        look();
    }
}
