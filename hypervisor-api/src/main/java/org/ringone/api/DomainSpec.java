package org.ringone.api;

import java.util.Objects;

/**
 * What a new domain is to be.
 *
 * @param image the kernel: an ELF file as bytes; the array is not copied and must not be changed afterwards
 * @param memoryMib memory in MiB, at least 1
 * @param commandLine the kernel's command line; may be empty
 * @param ramdisk the initial ramdisk; empty for none
 * @param vcpus virtual processors, 1 to 32; only the first runs until the guest starts the others
 * @param privileged whether this is an initial domain (console by hypercall) or an ordinary one (console ring)
 */
public record DomainSpec(
        byte[] image, int memoryMib, String commandLine, byte[] ramdisk, int vcpus, boolean privileged) {

    public DomainSpec {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(commandLine, "commandLine");
        Objects.requireNonNull(ramdisk, "ramdisk");
        if (memoryMib < 1 || vcpus < 1 || vcpus > 32) {
            throw new IllegalArgumentException("a domain needs at least 1 MiB and 1 to 32 vcpus, not " + memoryMib
                    + " MiB and " + vcpus + " vcpus");
        }
    }

    /** A domain with one vcpu, no ramdisk and no command line. */
    public static DomainSpec of(byte[] image, int memoryMib, boolean privileged) {
        return new DomainSpec(image, memoryMib, "", new byte[0], 1, privileged);
    }

    public DomainSpec withCommandLine(String newCommandLine) {
        return new DomainSpec(image, memoryMib, newCommandLine, ramdisk, vcpus, privileged);
    }

    public DomainSpec withRamdisk(byte[] newRamdisk) {
        return new DomainSpec(image, memoryMib, commandLine, newRamdisk, vcpus, privileged);
    }

    public DomainSpec withVcpus(int newVcpus) {
        return new DomainSpec(image, memoryMib, commandLine, ramdisk, newVcpus, privileged);
    }
}
