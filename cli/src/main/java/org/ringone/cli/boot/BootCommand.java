package org.ringone.cli.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Profile;
import org.ringone.cli.UsageException;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.build.KernelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    /** What the hypervisor needs on top of the guest's memory. */
    private static final int HYPERVISOR_MIB = 16;

    private static final long LARGEST_FILE = 1L << 30;

    @Parameters(
            paramLabel = "KERNEL",
            description = "An ELF image with Xen notes, the same compressed by gzip, or a bzImage with a gzip payload.")
    private Path kernel;

    @Option(names = "--ramdisk", paramLabel = "FILE", description = "The initial ramdisk.")
    private Path ramdisk;

    @Option(names = "--cmdline", paramLabel = "TEXT", defaultValue = "", description = "The kernel's command line.")
    private String commandLine;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "64",
            description = "Its memory in MiB. Default: 64.")
    private int memoryMib;

    @Option(
            names = "--vcpus",
            paramLabel = "N",
            defaultValue = "1",
            description = "Its processors, 1 to 32. Default: 1.")
    private int vcpus;

    @Option(names = "--initial-domain", description = "Boot it as the initial domain, not as an ordinary one.")
    private boolean initialDomain;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "End it after so many seconds. Default: never on a terminal, 300 otherwise; 0 is never.")
    private Long timeoutSeconds;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write there each hypercall, trap and event. The guest runs slower.")
    private Path trace;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (timeoutSeconds != null && timeoutSeconds < 0) {
            throw new UsageException("--timeout " + timeoutSeconds + ": there are no negative times");
        }
        byte[] image;
        DomainSpec domainSpec;
        try {
            image = KernelFile.image(file("kernel", kernel), memoryMib > 2047 ? Integer.MAX_VALUE : memoryMib << 20);
            domainSpec = new DomainSpec(
                    image,
                    memoryMib,
                    commandLine,
                    ramdisk == null ? new byte[0] : file("ramdisk", ramdisk),
                    vcpus,
                    initialDomain);
        } catch (DomainBuildException | IllegalArgumentException e) {
            throw new UsageException(kernel + ": " + e.getMessage(), e);
        }
        try (ReferenceMachine machine = hypervisor().start();
                PrintWriter traceLines = trace == null ? null : traceWriter()) {
            Domain domain = create(machine, domainSpec);
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
                new PostMortem(new AddressNames(image)).print(machine.running(), run, err);
            }
            return ending.exitCode();
        }
    }

    private Ending converse(ReferenceMachine machine, RecordedRun run, PrintWriter traceLines) {
        boolean interactive = System.console() != null;
        long timeout = timeoutSeconds != null ? timeoutSeconds : interactive ? 0 : 300;
        try (GuestTerminal terminal = interactive ? GuestTerminal.raw() : GuestTerminal.plain(System.in, System.out)) {
            return new BootSession(machine, run, terminal, traceLines, timeout).run();
        } catch (IOException e) {
            throw new UsageException("the guest's console cannot be shown: " + e.getMessage(), e);
        }
    }

    private ReferenceHypervisor hypervisor() {
        try {
            return new ReferenceHypervisor(
                    "reference",
                    initialDomain ? Profile.Privilege.INITIAL : Profile.Privilege.ORDINARY,
                    ReferenceParts.on64BitHost(),
                    memoryMib + HYPERVISOR_MIB);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--memory " + memoryMib + ": " + e.getMessage(), e);
        }
    }

    private Domain create(ReferenceMachine machine, DomainSpec domainSpec) {
        try {
            return machine.createDomain(domainSpec);
        } catch (DomainBuildException e) {
            throw new UsageException(kernel + " cannot be booted: " + e.getMessage(), e);
        }
    }

    private PrintWriter traceWriter() {
        try {
            return new PrintWriter(Files.newBufferedWriter(trace));
        } catch (IOException e) {
            throw new UsageException("the trace cannot be written to " + trace + ": " + e.getMessage(), e);
        }
    }

    private static byte[] file(String what, Path path) {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > LARGEST_FILE) {
                throw new UsageException("the " + what + " " + path + " is larger than 1 GiB");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UsageException("the " + what + " " + path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
