package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Machine;
import org.ringone.api.Profile;

class PlainCommandTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static CommandProfile profile(String line) {
        return PlainCommand.profile(
                line, Map.of("PATH", "/no/such/folder:" + Path.of(JAVA).getParent())::get);
    }

    @Test
    void takesTheDocumentedBehaviourForGranted() {
        CommandProfile profile = profile("java --kernel {image} --memory {mib}");
        assertThat(profile.name()).isEqualTo("java");
        assertThat(profile.profile())
                .isEqualTo(new Profile(Profile.Era.XEN_3_1, Profile.Host.PAE_32, Profile.Privilege.ORDINARY));
        assertThat(profile.statuses()).containsOnly(Map.entry(0, Ending.POWEROFF));
        assertThat(profile.vcpus()).isEqualTo(1);
        assertThat(profile.command().get(2).fill(Map.of("image", "/a b"))).isEqualTo("/a b");
    }

    @Test
    void aPlaceForTheNumberOfVcpusAllowsMoreThanOne() {
        assertThat(profile(JAVA + " {image} -c {vcpus}").vcpus()).isEqualTo(32);
    }

    @Test
    void whatCannotWorkIsSaidBeforeAnythingRuns() {
        assertThatThrownBy(() -> profile("")).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> profile("java --kernel")).hasMessageContaining("no {image}");
        assertThatThrownBy(() -> profile("java {kernel}")).hasMessageContaining("'{kernel}'");
        assertThatThrownBy(() -> profile("java {image} {ramdisk}")).hasMessageContaining("command-with-ramdisk");
        assertThatThrownBy(() -> profile("my-hv {image}")).hasMessageContaining("no program 'my-hv'");
        assertThatThrownBy(() -> profile("./my-hv {image}")).hasMessageContaining("no program ./my-hv");
        assertThatThrownBy(() -> profile("/ {image}")).hasMessageContaining("no program /");
        assertThatThrownBy(() -> CommandHypervisor.ofCommandLine("'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the hypervisor's command cannot be used");
    }

    @Test
    void statusZeroIsThePowerOffAndAnyOtherAFailure() throws Exception {
        assertThat(exit("exit:0")).isEqualTo(new Exit.ShutDown(Exit.Reason.POWEROFF));
        assertThat(exit("exit:1")).isInstanceOf(Exit.HypervisorFailed.class);
    }

    @Test
    void aProgramThatEndsUnheardAndSaysWhyHasRefusedTheImage() throws Exception {
        assertThatThrownBy(() -> exitOf("echo not an ELF file >&2; exit 2"))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("status 2")
                .hasMessageContaining("not an ELF file");
        assertThat(exitOf("exit 2")).as("says nothing").isInstanceOf(Exit.HypervisorFailed.class);
        assertThat(exitOf("echo x; echo sorry >&2; exit 2")).as("was heard").isInstanceOf(Exit.HypervisorFailed.class);
        assertThat(exitOf("echo ouch >&2; kill -ILL $$")).as("by a signal").isInstanceOf(Exit.HypervisorFailed.class);
        assertThat(exitOf("echo bye >&2")).isEqualTo(new Exit.ShutDown(Exit.Reason.POWEROFF));
    }

    private static Exit exitOf(String script) throws Exception {
        try (Machine machine = CommandHypervisor.ofCommandLine("/bin/sh -c '" + script + "' sh {image}")
                .start()) {
            return exit(machine);
        }
    }

    private static Exit exit(String ending) throws Exception {
        String line = String.join(" ", Misbehaviour.command("tell:{image}", ending));
        try (Machine machine = CommandHypervisor.ofCommandLine(line).start()) {
            return exit(machine);
        }
    }

    private static Exit exit(Machine machine) throws Exception {
        Domain domain = machine.createDomain(DomainSpec.of(new byte[] {0x7F, 'E', 'L', 'F'}, 16, false));
        while (domain.console().read(new Budget(1, Duration.ofSeconds(20))).length > 0) {
            // until it says no more
        }
        return domain.exit();
    }
}
