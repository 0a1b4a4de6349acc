package org.ringone.cli.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Profile;
import org.ringone.cli.audit.GuestAudit;
import org.ringone.cli.audit.RuleFinding;
import org.ringone.cli.audit.RuleFinding.Verdict;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.ReferenceParts;

/**
 * A kernel that was audited to its end.
 *
 * @param retired the instructions that the machine retired
 * @param time nanoseconds of virtual time that it took
 */
record Audited(GuestAudit audit, AuditedRun run, Ending ending, String output, long retired, long time) {

    private static final long PATIENCE = 240;

    static Audited of(byte[] image, String typed, int memoryMib) throws Exception {
        ReferenceHypervisor hypervisor = new ReferenceHypervisor(
                "reference", Profile.Privilege.ORDINARY, ReferenceParts.on64BitHost(), memoryMib + 16);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ReferenceMachine machine = hypervisor.start();
                GuestTerminal terminal =
                        GuestTerminal.plain(new ByteArrayInputStream(typed.getBytes(StandardCharsets.US_ASCII)), out)) {
            Domain domain = machine.createDomain(DomainSpec.of(image, memoryMib, false));
            RecordedRun recorded = new RecordedRun(machine, domain);
            AuditedRun run = new AuditedRun(machine, domain, recorded, new AddressNames(image));
            Ending ending = new BootSession(machine, recorded, terminal, null, PATIENCE, run::look).run();
            run.finish();
            return new Audited(
                    run.audit(),
                    run,
                    ending,
                    out.toString(StandardCharsets.ISO_8859_1),
                    machine.instructionsRetired(),
                    machine.systemTime());
        }
    }

    Map<String, Verdict> verdicts() {
        return audit.findings().stream().collect(Collectors.toMap(RuleFinding::rule, RuleFinding::verdict));
    }

    RuleFinding finding(String rule) {
        return audit.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }
}
