package org.ringone.cli.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.cli.UsageException;
import org.ringone.reference.ReferenceMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Boots a kernel on the reference hypervisor. */
@Command(
        name = "boot",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Boots a 32-bit PAE paravirtual kernel on the reference hypervisor, its console on this terminal.",
        footer = {
            "",
            "On a terminal Ctrl-] ends the session. Exit codes: the guest's shutdown reason (0 power off, 1 reboot,",
            "2 suspend, 3 crash), 4 killed by the hypervisor, 5 it sleeps for ever, 64 the kernel or the command line",
            "is wrong, 124 its time was over."
        })
public final class BootCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "KERNEL",
            description = "An ELF image with Xen notes, the same compressed by gzip, or a bzImage with a gzip payload.")
    private Path kernel;

    @Mixin
    private BootOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        DomainSpec domainSpec = options.domain(kernel);
        try (ReferenceMachine machine = options.hypervisor().start();
                PrintWriter traceLines = options.trace()) {
            Domain domain = options.create(machine, domainSpec, kernel.toString());
            RecordedRun run = new RecordedRun(machine, domain);
            long began = System.nanoTime();
            Ending ending = converse(machine, run, traceLines);
            double seconds = (System.nanoTime() - began) / 1e9;
            double millions = machine.instructionsRetired() / 1e6;
            err.println();
            err.println("ringone: " + ending.words());
            err.printf(
                    "ringone: %.1f million guest instructions in %.1f s, %.0f million a second; %.1f s of the guest's time%n",
                    millions, seconds, millions / seconds, machine.systemTime() / 1e9);
            if (ending.calamity()) {
                new PostMortem(new AddressNames(domainSpec.image())).print(machine.running(), run, err);
            }
            return ending.exitCode();
        }
    }

    private Ending converse(ReferenceMachine machine, RecordedRun run, PrintWriter traceLines) {
        boolean interactive = System.console() != null;
        try (GuestTerminal terminal = interactive ? GuestTerminal.raw() : GuestTerminal.plain(System.in, System.out)) {
            return new BootSession(machine, run, terminal, traceLines, options.timeout(interactive)).run();
        } catch (IOException e) {
            throw new UsageException("the guest's console cannot be shown: " + e.getMessage(), e);
        }
    }
}
