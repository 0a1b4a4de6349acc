package org.ringone.properties.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.guest.BootReport;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.xen.Hypercall;

/** A hypervisor that lacks something gets a probe that stops there, says so, and serves with what it has. */
class ProbeLadderTest {

    private static final Budget BUDGET = new Budget(20_000_000, Duration.ofSeconds(3));
    private static final int PROGRAM_IN_FILE = 0x1000;

    /** mov eax, -38; ret: the call that a routine of the probe makes is refused. */
    private static final byte[] REFUSED = {(byte) 0xB8, (byte) 0xDA, -1, -1, -1, (byte) 0xC3};

    /** Two bytes that no processor executes. */
    private static final byte[] UD2 = {0x0F, 0x0B};

    @ParameterizedTest
    @CsvSource({
        "yield_now, 0, sched_op",
        "set_own_traps, 1, set_trap_table",
        "set_own_callbacks, 2, set_callbacks",
        "bind_console, 2, console_port",
        "first_upcall, 2, first_upcall",
        "set_own_stack, 3, stack_switch",
        "open_user_pages, 3, user_pages"
    })
    void stopsAndServes(String routine, int stage, String step) throws Exception {
        try (Machine machine = reference()) {
            Probe probe = attach(machine, patched(routine, REFUSED));

            assertThat(probe.boot()).isEqualTo(new BootReport(stage, step, -38));
            assertThat(probe.startOfDay().magic()).isEqualTo("xen-3.0-x86_32p");
            int scratch = probe.symbol("scratch_pages");
            probe.write32(scratch, 0x12345678);
            assertThat(probe.read32(scratch)).isEqualTo(0x12345678);
            if (stage >= 1) {
                assertThat(probe.hypercall(Hypercall.XEN_VERSION.number(), 0, 0))
                        .isEqualTo(0x30000);
            }
            Outcome.Completed done = (Outcome.Completed) probe.run(CodeRun.ring1("        mov eax, [scratch_pages]\n"));
            assertThat(done.registers().eax()).isEqualTo(0x12345678);
            assertThat(done.registers().ecx()).isEqualTo(0xA1010000);
        }
    }

    @Test
    void aTrapInAStepIsThatStepsFailure() throws Exception {
        try (Machine machine = reference()) {
            Probe probe = attach(machine, patched("open_user_pages", UD2));
            assertThat(probe.boot()).isEqualTo(new BootReport(3, "user_pages", 6));
            assertThat(probe.hypercall(Hypercall.XEN_VERSION.number(), 0, 0)).isEqualTo(0x30000);
        }
    }

    @Test
    void aDomainThatEndsInAStepLeavesItsName() throws Exception {
        try (Machine machine = reference()) {
            ProbeImage image = patched("set_own_traps", UD2);
            assertThatThrownBy(() -> attach(machine, image)).isInstanceOfSatisfying(ProbeException.class, e -> {
                assertThat(e.kind()).isEqualTo(ProbeException.Kind.DOMAIN_ENDED);
                assertThat(e.boot()).hasValue(new BootReport(1, "set_trap_table", 0));
            });
        }
    }

    private static ProbeImage patched(String routine, byte[] with) {
        ProbeImage.Builder builder = ProbeImage.builder();
        return builder.patch(PROGRAM_IN_FILE + builder.symbol(routine) - builder.symbol("entry"), with)
                .build();
    }

    private static Probe attach(Machine machine, ProbeImage image) throws Exception {
        Domain domain = machine.createDomain(DomainSpec.of(image.elf(), 32, true));
        return Probe.attach(domain, image, BUDGET, new Transcript());
    }

    private static Machine reference() {
        return ServiceLoader.load(Hypervisor.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(h -> h.name().equals("reference-initial"))
                .map(Hypervisor::start)
                .findFirst()
                .orElseThrow();
    }
}
