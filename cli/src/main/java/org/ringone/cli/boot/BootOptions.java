package org.ringone.cli.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Profile;
import org.ringone.cli.UsageException;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.build.KernelFile;
import picocli.CommandLine.Option;

/** What is booted and on what: the options that all commands have that boot a kernel. */
final class BootOptions {

    /** What the hypervisor needs on top of the guest's memory. */
    private static final int HYPERVISOR_MIB = 16;

    private static final long LARGEST_FILE = 1L << 30;

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
            names = "--host",
            paramLabel = "BITS",
            defaultValue = "64",
            description = "What host it meets: 64 as kernels of later years do, 32 as the suite does. Default: 64.")
    private int hostBits;

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

    /** The domain to build, from a kernel in any of the forms that there are. */
    DomainSpec domain(Path kernel) {
        try {
            return domain(
                    KernelFile.image(file("kernel", kernel), memoryMib > 2047 ? Integer.MAX_VALUE : memoryMib << 20));
        } catch (DomainBuildException | IllegalArgumentException e) {
            throw new UsageException(kernel + ": " + e.getMessage(), e);
        }
    }

    /** The domain to build from an image of Ring One's own. */
    DomainSpec ownDomain(byte[] image) {
        try {
            return domain(image);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private DomainSpec domain(byte[] image) {
        if (timeoutSeconds != null && timeoutSeconds < 0) {
            throw new UsageException("--timeout " + timeoutSeconds + ": there are no negative times");
        }
        return new DomainSpec(
                image,
                memoryMib,
                commandLine,
                ramdisk == null ? new byte[0] : file("ramdisk", ramdisk),
                vcpus,
                initialDomain);
    }

    ReferenceHypervisor hypervisor() {
        if (hostBits != 32 && hostBits != 64) {
            throw new UsageException("--host is 32 or 64, not " + hostBits);
        }
        try {
            return new ReferenceHypervisor(
                    "reference",
                    initialDomain ? Profile.Privilege.INITIAL : Profile.Privilege.ORDINARY,
                    hostBits == 32 ? ReferenceParts.standard() : ReferenceParts.on64BitHost(),
                    memoryMib + HYPERVISOR_MIB);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--memory " + memoryMib + ": " + e.getMessage(), e);
        }
    }

    Domain create(ReferenceMachine machine, DomainSpec domainSpec, String kernel) {
        try {
            return machine.createDomain(domainSpec);
        } catch (DomainBuildException e) {
            throw new UsageException(kernel + " cannot be booted: " + e.getMessage(), e);
        }
    }

    /** How long the guest may run by the clock, in seconds; 0 for ever. */
    long timeout(boolean interactive) {
        return timeoutSeconds != null ? timeoutSeconds : interactive ? 0 : 300;
    }

    /** Where the trace goes; null for nowhere. */
    PrintWriter trace() {
        try {
            return trace == null ? null : new PrintWriter(Files.newBufferedWriter(trace));
        } catch (IOException e) {
            throw UsageException.of("the trace cannot be written to " + trace, e);
        }
    }

    private static byte[] file(String what, Path path) {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > LARGEST_FILE) {
                throw new UsageException("the " + what + " " + path + " is larger than 1 GiB");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw UsageException.of("the " + what + " " + path + " cannot be read", e);
        }
    }
}
