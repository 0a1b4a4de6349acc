package org.ringone.suite.steps;

import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.StartOfDay;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.World;
import org.ringone.xen.ElfNotes;

/** How a domain starts. */
public final class BootSteps {

    private final World world;

    public BootSteps(World world) {
        this.world = world;
    }

    @When("a domain is built from a kernel and started")
    public void started() {
        world.boot(ProbeImage.standard());
    }

    @When("a domain is built from a kernel whose ENTRY note is {word} and whose e_entry is {word}")
    public void entries(String note, String header) {
        ProbeImage.Builder image = ProbeImage.builder();
        if (note.equals("absent")) {
            image.withoutNote(ElfNotes.ENTRY);
        } else {
            image.note(ElfNotes.ENTRY, image.symbol(note));
        }
        image.headerEntry(header.equals("zero") ? 0 : image.symbol(header));
        world.boot(image.build());
    }

    @Then("its first instruction is at {word}")
    public void firstInstruction(String symbol) {
        world.act(guest ->
                is("EIP", guest.word(symbol), guest.probe().startOfDay().eip()));
    }

    @Then("at its first instruction {word} is {}")
    public void register(String name, String value) {
        world.act(guest -> {
            StartOfDay start = guest.probe().startOfDay();
            int seen =
                    switch (name) {
                        case "CS" -> start.cs();
                        case "SS" -> start.ss();
                        case "DS" -> start.registers().ds();
                        case "ES" -> start.registers().es();
                        case "FS" -> start.registers().fs();
                        case "GS" -> start.registers().gs();
                        case "ESI" -> start.registers().esi();
                        default -> throw new IllegalArgumentException("nothing is known of " + name + " at the start");
                    };
            is(name, guest.word(value), seen);
        });
    }

    @Then("at its first instruction {word} has {word} and {word} set")
    public void bits(String name, String first, String second) {
        world.act(guest -> {
            StartOfDay start = guest.probe().startOfDay();
            int wanted = bit(first) | bit(second);
            if ((start.cr0() & wanted) != wanted) {
                throw Violation.of(name + " has " + first + " and " + second, String.format("%08x", start.cr0()));
            }
        });
    }

    private static int bit(String name) {
        return switch (name) {
            case "PE" -> 1;
            case "PG" -> 1 << 31;
            default -> throw new IllegalArgumentException("no bit of CR0 is called " + name);
        };
    }

    @Then("start_info.magic is {string}")
    public void magic(String expected) {
        world.act(guest -> {
            StartOfDay start = guest.probe().startOfDay();
            if (!start.magic().equals(expected)) {
                throw Violation.of("magic " + expected, start.magic());
            }
        });
    }

    @Then("start_info.magic starts with {string} and ends with {string}")
    public void magic(String from, String to) {
        world.act(guest -> {
            StartOfDay start = guest.probe().startOfDay();
            if (!start.magic().startsWith(from) || !start.magic().endsWith(to)) {
                throw Violation.of("a magic like " + from + "..." + to, start.magic());
            }
        });
    }

    @Then("start_info lies at a page's start in the boot mapping")
    public void place() {
        world.act(guest -> {
            int address = guest.probe().startOfDay().startInfoAddress();
            long end = (guest.probe().symbol("entry") & 0xFFFF_FFFFL) + (BootedMachines.MEMORY_MIB << 20);
            if ((address & 0xFFF) != 0
                    || Integer.compareUnsigned(address, ProbeImage.VIRT_BASE) < 0
                    || (address & 0xFFFF_FFFFL) >= end) {
                throw Violation.of("a page-aligned address in the domain", String.format("%08x", address));
            }
        });
    }

    private static void is(String what, int expected, int seen) {
        if (expected != seen) {
            throw Violation.of(String.format("%s is %x", what, expected), String.format("%x", seen));
        }
    }
}
