package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.Exit;
import org.ringone.api.Profile;
import org.ringone.guest.Transcript;
import org.ringone.suite.run.BootedMachines;

/** Real Xens, where environment variables name them. */
@Timeout(300)
class RealXenTest {

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "RINGONE_XEN_3_1, xen-qemu, 3.1, 32-bit PAE, xen-3.1-qemu, Xen 3., true",
        "RINGONE_XEN_4_2, xen-qemu, 4.2, 32-bit PAE, xen-4.2-qemu, Xen 4.2., true",
        "RINGONE_XEN_4_17, xen-qemu, 4.17, 64-bit, xen-4.17-qemu, Xen 4.17, true",
        "RINGONE_XEN_3_1, xen-bochs, 3.1, 32-bit PAE, xen-3.1-bochs, Xen 3., false",
        "RINGONE_XEN_4_2, xen-bochs, 4.2, 32-bit PAE, xen-4.2-bochs, Xen 4.2., false"
    })
    void itSaysWhichItIsAndBootsTheProbe(
            String variable, String preset, String era, String host, String name, String version, boolean saved)
            throws Exception {
        CommandHypervisor xen = xen(preset, variable);
        assertThat(xen.profile().era().version()).isEqualTo(era);
        assertThat(xen.profile().host().label()).isEqualTo(host);
        assertThat(xen.profile().privilege()).isEqualTo(Profile.Privilege.INITIAL);
        assertThat(xen.profile().features().contains("lacks-int-n-error-code")).isEqualTo(era.equals("4.17"));
        assertThat(xen.name()).isEqualTo(name);
        assertThat(xen.version()).startsWith(version).doesNotContain("(");
        BootedMachines machines = BootedMachines.of(xen);
        for (int i = 0; i < 2; i++) {
            try (BootedMachines.Lease lease = machines.take(new Transcript())) {
                assertThat(lease.machine()
                                .ability(org.ringone.api.Snapshots.class)
                                .isPresent())
                        .isEqualTo(saved);
                assertThat(lease.domain().exit()).isEqualTo(new Exit.Running());
            }
        }
    }

    private static CommandHypervisor xen(String preset, String variable) {
        String path = System.getenv(variable);
        assumeThat(path)
                .as("left out: no Xen is given by %s", variable)
                .isNotNull()
                .isNotEmpty();
        try {
            return CommandHypervisor.xen(preset, Path.of(path));
        } catch (IllegalArgumentException e) {
            assumeThat(e.getMessage()).as("left out").doesNotContain("which is not here");
            throw e;
        }
    }
}
