package org.ringone.suite.world;

import java.util.Optional;
import java.util.OptionalInt;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Machine;
import org.ringone.guest.ProbeImage;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.verdict.Violation;

/** A domain that a scenario asks for, which may be refused: the machine it is asked of, and what came of it. */
public final class Construction {

    private static final int PT_LOAD = 1;
    private static final int WRITABLE_OR_EXECUTABLE = 3;

    private final World world;
    private Machine machine;
    private ProbeImage image;
    private DomainSpec spec;
    private Domain domain;
    private String refusal = "";

    public Construction(World world) {
        this.world = world;
    }

    /** Asks a machine without any domain for one. */
    public void ask(String description) {
        ask(description, 1);
    }

    /** Asks for the same domain several times, until it is built. */
    public void ask(String description, int times) {
        world.guarded(() -> {
            KernelDescription kernel = KernelDescription.parse(description);
            image = kernel.image();
            spec = kernel.domain(machines().spec(image.elf()));
            if (machine == null) {
                machine = machines().powerOn();
            }
            for (int i = 0; i < times && domain == null; i++) {
                try {
                    domain = machine.createDomain(spec);
                } catch (DomainBuildException e) {
                    refusal = String.valueOf(e.getMessage());
                }
            }
        });
    }

    /** What the domain was to be. */
    public DomainSpec spec() {
        return spec;
    }

    /** The image it was to be built from. */
    public ProbeImage image() {
        return image;
    }

    /** What was said of a domain that was refused; empty when it was built. */
    public Optional<String> refusal() {
        return domain == null ? Optional.of(refusal) : Optional.empty();
    }

    /** Lets the domain, which must have been built, come up: from here on it is the scenario's guest. */
    public void comeUp() {
        world.guarded(() -> {
            if (domain == null) {
                throw Violation.of("the domain is built", "the domain builder refuses: " + refusal);
            }
            world.adopt(machines().attach(machine, domain, image, world.run().transcript()));
            machine = null;
        });
        world.act(guest -> {
            guest.name("virt_base", image.virtBase() & 0xFFFF_FFFFL);
            guest.name("kernel_end", kernelEnd());
            guest.name("ramdisk_size", spec.ramdisk().length);
        });
    }

    /** Behind the last byte of the kernel's segments. */
    private long kernelEnd() {
        ElfFields fields = new ElfFields(image.elf());
        long end = 0;
        for (int i = 0; i < fields.value("e_phnum", 0).orElseThrow(); i++) {
            boolean loaded = fields.value("p_type", i).orElseThrow() == PT_LOAD
                    && (fields.value("p_flags", i).orElseThrow() & WRITABLE_OR_EXECUTABLE) != 0;
            if (loaded) {
                end = Math.max(
                        end,
                        fields.value("p_vaddr", i).orElseThrow()
                                + fields.value("p_memsz", i).orElseThrow());
            }
        }
        return end;
    }

    /**
     * Checks that a refused domain has left nothing behind: the machine lists no domain and, where it can have several, one as
     * large as an unused machine takes can still be built.
     */
    public void requireNothingLeft() {
        world.guarded(() -> {
            if (!machine.domains().isEmpty()) {
                throw Violation.of("no domain is left", machine.domains().size() + " domains");
            }
            OptionalInt largest = machines().largestDomain();
            if (largest.isPresent()) {
                requireRoom(machine, largest.getAsInt());
            }
        });
    }

    private void requireRoom(Machine on, int mib) {
        try {
            on.createDomain(machines().ordinary(mib)).close();
        } catch (DomainBuildException e) {
            throw Violation.of("a domain of " + mib + " MiB can be built, as before", "refused: " + e.getMessage())
                    .because(
                            "what a domain was given was not all given back",
                            "the path that undoes a half-built domain");
        }
    }

    /** Ends the machine, when no guest has taken it over. */
    public void close() {
        if (machine != null) {
            world.guarded(machine::close);
        }
    }

    private BootedMachines machines() {
        return world.run().session().machines();
    }
}
