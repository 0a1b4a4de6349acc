package org.ringone.cli.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringone.cli.audit.RuleFinding.Verdict;

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

    /** It never takes events, and its CPUID is the processor's: what an audit must say of it. */
    @Test
    void anAuditTellsWhatItDoes() throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(IMAGE), () -> "left out: " + IMAGE + " is not here; install grub-xen-host");
        Audited audited = Audited.of(Files.readAllBytes(IMAGE), "halt\n", 64);
        assertThat(audited.ending().words()).contains("power off");
        assertThat(audited.verdicts())
                .containsEntry("BOOT-16", Verdict.KEPT)
                .containsEntry("PRIV-16", Verdict.KEPT)
                .containsEntry("PRIV-12", Verdict.BROKEN)
                .containsEntry("EVT-05", Verdict.NOT_EXERCISED)
                .containsEntry("UPC-06", Verdict.NOT_EXERCISED);
        assertThat(audited.finding("PRIV-12").first().orElseThrow().instruction())
                .isEqualTo("cpuid");
    }
}
