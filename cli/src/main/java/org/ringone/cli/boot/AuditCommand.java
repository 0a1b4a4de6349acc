package org.ringone.cli.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.cli.ExitCode;
import org.ringone.cli.GuestChoice;
import org.ringone.cli.UsageException;
import org.ringone.cli.audit.AuditJson;
import org.ringone.cli.audit.AuditRecord;
import org.ringone.cli.audit.AuditText;
import org.ringone.cli.audit.RuleFinding;
import org.ringone.cli.audit.RuleFinding.Verdict;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reports.AuditPage;
import org.ringone.reports.ReportException;
import org.ringone.suite.catalogue.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Boots a kernel on the reference hypervisor and tells what it did, by rule and in figures. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Boots a kernel on the reference hypervisor and tells which rules for guests it kept and broke.",
        footer = {
            "",
            "On a terminal Ctrl-] ends the session. Exit codes: 0 no rule is broken, 1 one is, 3 the hypervisor failed,",
            "5 no rule was exercised, 64 the kernel or the command line is wrong."
        })
public final class AuditCommand implements Callable<Integer> {

    private static final int HYPERVISOR_FAILED = 6;

    @Parameters(arity = "0..1", paramLabel = "KERNEL", description = "As for ringone boot.")
    private Path kernel;

    @Option(
            names = "--guest",
            paramLabel = "NAME",
            description = "In place of KERNEL, Ring One's own guest kernel: right, or wrong:RULE, or wrong:RULE.2.")
    private String guest;

    @Mixin
    private BootOptions options;

    @Option(names = "--json", paramLabel = "FILE", description = "Write it there as JSON, too.")
    private Path json;

    @Option(names = "--report", paramLabel = "DIR", description = "Write it there as a page, too: audit.html.")
    private Path report;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if ((kernel == null) == (guest == null)) {
            throw new UsageException("audit takes either a KERNEL or --guest");
        }
        DomainSpec domainSpec = guest == null ? options.domain(kernel) : options.ownDomain(ownGuest());
        AuditRecord record =
                audited(domainSpec, guest == null ? kernel.getFileName().toString() : "guest kernel " + guest);
        Catalogue catalogue = Catalogue.load();
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        new AuditText(record, out).print(catalogue);
        write(AuditJson.of(record, catalogue), out);
        return exitCode(record);
    }

    private byte[] ownGuest() {
        try {
            return GuestChoice.of(guest.equals("right") ? "" : guest)
                    .exercised()
                    .elf();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private AuditRecord audited(DomainSpec domainSpec, String name) {
        try (ReferenceMachine machine = options.hypervisor().start();
                PrintWriter trace = options.trace()) {
            Domain domain = options.create(machine, domainSpec, name);
            AddressNames names = new AddressNames(domainSpec.image());
            RecordedRun run = new RecordedRun(machine, domain);
            AuditedRun audited = new AuditedRun(machine, domain, run, names);
            Ending ending = converse(machine, run, trace, audited);
            audited.finish();
            return new AuditRecord(
                    name,
                    sha256(domainSpec.image()),
                    words(domainSpec),
                    ending.exitCode(),
                    ending.words(),
                    machine.instructionsRetired(),
                    machine.systemTime(),
                    machine.hypervisorEntries(),
                    audited.audit(),
                    audited.before(),
                    names::symbol);
        }
    }

    private Ending converse(ReferenceMachine machine, RecordedRun run, PrintWriter trace, AuditedRun audited) {
        boolean interactive = System.console() != null;
        try (GuestTerminal terminal = interactive ? GuestTerminal.raw() : GuestTerminal.plain(System.in, System.out)) {
            return new BootSession(machine, run, terminal, trace, options.timeout(interactive), audited::look).run();
        } catch (IOException e) {
            throw new UsageException("the guest's console cannot be shown: " + e.getMessage(), e);
        }
    }

    private static String words(DomainSpec domain) {
        return (domain.privileged() ? "initial domain" : "ordinary domain") + ", " + domain.memoryMib() + " MiB, "
                + domain.vcpus() + (domain.vcpus() == 1 ? " vcpu" : " vcpus");
    }

    private static String sha256(byte[] image) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(byte[] document, PrintWriter out) {
        if (json == null && report == null) {
            return;
        }
        Path file = json != null ? json : report.resolve("audit.json");
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.write(file, document);
        } catch (IOException e) {
            throw UsageException.of("the audit cannot be written to " + file, e);
        }
        if (report != null) {
            try {
                out.println();
                out.println("Report: " + AuditPage.write(file, report));
            } catch (ReportException e) {
                throw new UsageException(e.getMessage(), e);
            }
        }
    }

    private static int exitCode(AuditRecord record) {
        if (record.exitCode() == HYPERVISOR_FAILED) {
            return ExitCode.HYPERVISOR_FAILED;
        }
        if (record.audit().findings().stream().anyMatch(finding -> finding.verdict() == Verdict.BROKEN)) {
            return ExitCode.VIOLATES;
        }
        boolean any =
                record.audit().findings().stream().map(RuleFinding::verdict).anyMatch(Verdict.KEPT::equals);
        return any ? ExitCode.OK : ExitCode.TOO_LITTLE;
    }
}
