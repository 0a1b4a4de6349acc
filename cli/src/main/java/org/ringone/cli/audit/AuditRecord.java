package org.ringone.cli.audit;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A guest that was audited, for reports.
 *
 * @param kernel what was booted: a file's name, or which guest kernel
 * @param sha256 of its image as it was booted
 * @param domain what it was booted on, in words
 * @param exitCode what {@code ringone boot} would have returned
 * @param ending how it ended, in words
 * @param instructions that it retired
 * @param time of the guest's, in nanoseconds
 * @param entries into the hypervisor
 * @param audit what was heard; finished
 * @param before the instructions before the first breach of each rule that was broken, oldest first
 * @param symbols the symbol near an address; empty when there is none
 */
public record AuditRecord(
        String kernel,
        String sha256,
        String domain,
        int exitCode,
        String ending,
        long instructions,
        long time,
        long entries,
        GuestAudit audit,
        Map<String, List<String>> before,
        IntFunction<String> symbols) {

    public AuditRecord {
        before = Map.copyOf(before);
    }

    /** How many rules have that verdict. */
    long rules(RuleFinding.Verdict verdict) {
        return audit.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }
}
