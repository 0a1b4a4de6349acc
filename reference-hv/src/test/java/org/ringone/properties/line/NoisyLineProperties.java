package org.ringone.properties.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.ServiceLoader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;

/** The probe itself, in a domain, at the other end of a bad line: every command is performed once, every answer is right. */
class NoisyLineProperties {

    private static final Budget BUDGET = new Budget(20_000_000, Duration.ofSeconds(3));
    private static final int COMMANDS = 150;
    private static final int PAGE = 4096;

    @Property(tries = 6)
    void anOrdinaryDomainsRing(@ForAll long seed, @ForAll @IntRange(min = 10, max = 40) int oneIn)
            throws DomainBuildException, ProbeException {
        overABadLine("reference", seed, oneIn);
    }

    @Property(tries = 6)
    void theInitialDomainsHypercalls(@ForAll long seed, @ForAll @IntRange(min = 10, max = 40) int oneIn)
            throws DomainBuildException, ProbeException {
        overABadLine("reference-initial", seed, oneIn);
    }

    private static void overABadLine(String hypervisor, long seed, int oneIn)
            throws DomainBuildException, ProbeException {
        try (Machine machine = hypervisor(hypervisor).start()) {
            boolean initial = hypervisor.endsWith("initial");
            Domain domain =
                    machine.createDomain(DomainSpec.of(ProbeImage.standard().elf(), 32, initial));
            Probe clean = Probe.attach(domain, ProbeImage.standard(), BUDGET, new Transcript());
            Random random = new Random(seed);
            Probe probe = clean.onto(new NoisyConsole(domain, random, oneIn), new Transcript());
            int counter = probe.symbol("scratch_pages");
            CodeRun increment = CodeRun.ring1("        inc dword [scratch_pages]");
            int counted = 0;
            for (int i = 0; i < COMMANDS; i++) {
                if (random.nextBoolean()) {
                    assertThat(probe.run(increment)).isInstanceOf(Outcome.Completed.class);
                    counted++;
                } else {
                    byte[] bytes = new byte[1 + random.nextInt(1500)];
                    random.nextBytes(bytes);
                    probe.write(counter + PAGE, bytes);
                    assertThat(probe.read(counter + PAGE, bytes.length)).isEqualTo(bytes);
                }
            }
            Probe again = Probe.attach(domain, ProbeImage.standard(), BUDGET, new Transcript());
            assertThat(again.read32(counter)).isEqualTo(counted);
        }
    }

    private static Hypervisor hypervisor(String name) {
        return ServiceLoader.load(Hypervisor.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
