package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringone.api.Exit;
import org.ringone.guest.CodeRun;
import org.ringone.guest.GuestKernel;
import org.ringone.guest.KernelCall;
import org.ringone.guest.KernelProgram;
import org.ringone.guest.Outcome;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.WrongGuest;
import org.ringone.guest.WrongGuests;
import org.ringone.suite.language.LanguageException;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Code;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.World;
import org.ringone.xen.Hypercall;

/** The guest kernel: its paravirtual operations, right and wrong. */
public final class GuestKernelSteps {

    private static final int INVALID_OPCODE = 6;

    private final World world;
    private KernelProgram kernel;
    private Optional<ProbeException> end = Optional.empty();

    public GuestKernelSteps(World world) {
        this.world = world;
    }

    /** Puts the kernel beside the probe, on the page tables that the domain started with. Its names can be used from here on. */
    @Given("the guest kernel")
    public void right() {
        world.act(guest -> load(guest, world.run().session().kernel()));
    }

    /** The same, but for one operation: {@code wrong} is a sentence of the list of wrong guests. */
    @Given("a guest kernel that {string}")
    public void wrong(String wrong) {
        world.act(guest -> load(guest, world.run().session().kernel().but(named(wrong))));
    }

    private void load(Guest guest, GuestKernel text) throws ProbeException {
        ProbeImage standard = ProbeImage.standard();
        kernel = text.at(standard, guest.reserve(text.pages(standard)));
        guest.probe().fill(kernel.origin(), kernel.size(), 0);
        guest.probe().write(kernel.origin(), kernel.bytes());
        know(guest);
        run(guest, "call take_page_tables", "");
        if (!(world.outcome() instanceof Outcome.Completed)) {
            throw Violation.of(
                    "the guest kernel takes the tables it was given",
                    world.answer().toString());
        }
        kernel.forgetCalls(guest.probe());
    }

    private void know(Guest guest) {
        kernel.symbols().forEach((name, value) -> guest.name(name, value & 0xFFFF_FFFFL));
        guest.name("virt_base", ProbeImage.VIRT_BASE & 0xFFFF_FFFFL);
    }

    private static WrongGuest named(String wrong) {
        return WrongGuests.all().stream()
                .filter(guest -> guest.wrong().equals(wrong))
                .findFirst()
                .orElseThrow(() -> new LanguageException("there is no wrong guest that '" + wrong + "'"));
    }

    @When("the guest kernel is started")
    public void starts() {
        start(world.run().session().kernel());
    }

    @When("a guest kernel that {string} is started")
    public void startsWrong(String wrong) {
        start(world.run().session().kernel().but(named(wrong)));
    }

    private void start(GuestKernel text) {
        ProbeImage standard = ProbeImage.standard();
        kernel = text.at(standard, standard.symbol("memory_end"));
        end = world.tryBoot(kernel.started());
        if (end.isEmpty()) {
            world.act(this::know);
        }
    }

    @Then("it comes up")
    public void comesUp() {
        world.guarded(() -> {
            if (end.isPresent()) {
                throw end.orElseThrow();
            }
        });
    }

    @Then("it does not come up: the domain is killed")
    public void dies() {
        world.guarded(() -> {
            if (end.isEmpty()) {
                throw Violation.of("the domain is killed", "the kernel came up");
            }
            if (!(end.orElseThrow().exit() instanceof Exit.Killed)) {
                throw end.orElseThrow();
            }
        });
    }

    /** Runs code of the guest kernel; it can name the kernel's operations. Must run to its end. */
    @Given("the guest kernel has run")
    public void hasRun(String assembly) {
        world.act(guest -> {
            run(guest, assembly, "");
            if (!(world.outcome() instanceof Outcome.Completed)) {
                throw Violation.of("the code runs to its end", world.answer().toString());
            }
        });
    }

    @When("the guest kernel runs")
    public void runs(String assembly) {
        world.act(guest -> run(guest, assembly, ""));
    }

    @When("the guest kernel runs with {}")
    public void runs(String settings, String assembly) {
        world.act(guest -> run(guest, assembly, settings));
    }

    @When("the guest kernel calls {word}")
    public void calls(String operation) {
        world.act(guest -> run(guest, "call " + operation, ""));
    }

    @When("the guest kernel calls {word} with {}")
    public void calls(String operation, String settings) {
        world.act(guest -> run(guest, "call " + operation, settings));
    }

    private void run(Guest guest, String assembly, String settings) throws ProbeException {
        kernel.forgetCalls(guest.probe());
        CodeRun code = Code.of(guest, 1, assembly, settings);
        world.labels(guest.probe().labels(code));
        world.runCode(guest, code);
    }

    /** In order; the entries of a multicall in brackets behind it. {@code none} when there is none. */
    @Then("its hypercalls are {}")
    public void hypercalls(String expected) {
        world.act(guest -> {
            String seen = text(kernel.calls(guest.probe()));
            if (!seen.equals(expected)) {
                throw Violation.of("its hypercalls are " + expected, seen);
            }
        });
    }

    private static String text(List<KernelCall> calls) {
        List<String> parts = new ArrayList<>();
        for (int at = 0; at < calls.size(); at++) {
            List<String> entries = new ArrayList<>();
            String name = calls.get(at).toString();
            while (at + 1 < calls.size() && calls.get(at + 1).inMulticall()) {
                entries.add(calls.get(++at).toString());
            }
            parts.add(entries.isEmpty() ? name : name + entries);
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    /** How many, and how many entries each had; {@code none} with 0. */
    @Then("it made {int} multicalls, of {} entries")
    public void multicalls(int count, String entries) {
        world.act(guest -> {
            List<Integer> sizes = new ArrayList<>();
            for (KernelCall call : kernel.calls(guest.probe())) {
                if (call.number() == Hypercall.MULTICALL.number()) {
                    sizes.add(call.arguments().get(1));
                }
            }
            String seen = sizes.isEmpty()
                    ? "none"
                    : sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
            if (sizes.size() != count || !seen.equals(entries)) {
                throw Violation.of(count + " multicalls, of " + entries + " entries", sizes.size() + ", of " + seen);
            }
        });
    }

    @Then("of the {int} bits at {} only that of its channel is clear")
    public void onlyItsChannel(int bits, String address) {
        world.act(guest -> {
            BitSet clear = BitSet.valueOf(guest.probe().read(guest.word(address), bits / Byte.SIZE));
            clear.flip(0, bits);
            BitSet expected = new BitSet(bits);
            expected.set(guest.probe().read32(kernel.symbol("channel")));
            if (!clear.equals(expected)) {
                throw Violation.of("the bits that are clear are " + expected, clear.toString());
            }
        });
    }

    /** An argument of one of its hypercalls, entries of multicalls counted as well, from 1. */
    @Then("argument {int} of its hypercall {int} is {}")
    public void argument(int argument, int number, String expected) {
        world.act(guest -> {
            int seen = kernel.calls(guest.probe()).get(number - 1).arguments().get(argument - 1);
            if (seen != guest.word(expected)) {
                throw Violation.of(
                        String.format("argument %d is %08x", argument, guest.word(expected)),
                        String.format("it is %08x", seen));
            }
        });
    }

    @Then("it stops at its own BUG")
    public void bug() {
        world.act(guest -> {
            boolean there = world.outcome() instanceof Outcome.Trapped trapped
                    && trapped.trap().vector() == INVALID_OPCODE
                    && trapped.trap().eip() == kernel.symbol("bug");
            if (!there) {
                throw Violation.of(
                        "the kernel stops at its own UD2", world.answer().toString());
            }
        });
    }
}
