package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A kernel that was written for real Xens, unmodified: GRUB's image for PV guests, from Debian's package grub-xen-host. */
class GrubTest {

    private static final Path IMAGE = Path.of("/usr/lib/grub-xen/grub-i386-xen.bin");

    @Test
    void bootsToItsPromptAnswersAndHalts() throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(IMAGE), () -> "left out: " + IMAGE + " is not here; install grub-xen-host");
        Booted booted = Booted.of(Files.readAllBytes(IMAGE), "echo hello world\nls\nhelp\nhalt\n", 64, 240);
        assertThat(booted.ending().words()).contains("power off");
        assertThat(booted.output())
                .contains("GNU GRUB")
                .contains("grub> ")
                .contains("hello world")
                .contains("(memdisk)")
                .contains("xen_ls");
    }
}
