package org.ringone.suite.steps;

import io.cucumber.java.en.Then;
import org.ringone.guest.Failsafe;
import org.ringone.guest.Outcome;
import org.ringone.guest.Registers;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Refusal;
import org.ringone.suite.world.World;

/** What the kernel finds when the hypervisor enters it: its handler's state, the frame, the failsafe callback. */
public final class EntrySteps {

    /** TF, RF, NT, VM. */
    private static final int FLAGS_CLEARED_ON_ENTRY = 0x34100;

    private final World world;

    public EntrySteps(World world) {
        this.world = world;
    }

    @Then("the handler runs in ring {int}")
    public void handlerRing(int ring) {
        world.act(guest -> {
            if ((world.trap().entry().cs() & 3) != ring || (world.trap().entry().ss() & 3) != ring) {
                throw Violation.of(
                        "CS and SS have RPL " + ring + " in the handler",
                        String.format(
                                "CS %04x, SS %04x",
                                world.trap().entry().cs(), world.trap().entry().ss()));
            }
        });
    }

    @Then("^(#[A-Z]{2}(?:\\(.+\\))?) is raised$")
    public void raised(String exception) {
        world.act(guest -> Refusal.of(exception, guest.profile().era(), guest).require(world.answer()));
    }

    @Then("it traps with vector {} at {string}")
    public void traps(String vector, String label) {
        world.act(guest -> {
            if (world.trap().vector() != guest.word(vector) || world.trap().eip() != world.label(label)) {
                throw Violation.of(
                        "vector " + vector + " at " + label, world.answer().toString());
            }
        });
    }

    @Then("the handler starts with TF, RF, NT and VM clear")
    public void handlerFlags() {
        world.act(guest -> {
            int set = world.trap().entry().eflags() & FLAGS_CLEARED_ON_ENTRY;
            if (set != 0) {
                throw Violation.of("TF, RF, NT and VM are clear in the handler", String.format("%x is set", set));
            }
        });
    }

    @Then("the event mask in the handler is {int}")
    public void handlerMask(int mask) {
        world.act(guest -> {
            if (world.trap().entry().mask() != mask) {
                throw Violation.of(
                        "a mask of " + mask + " in the handler",
                        String.valueOf(world.trap().entry().mask()));
            }
        });
    }

    @Then("the handler's SS is {}")
    public void handlerStack(String selector) {
        world.act(guest -> {
            if (world.trap().entry().ss() != guest.word(selector)) {
                throw Violation.of(
                        "SS " + selector,
                        String.format("%04x", world.trap().entry().ss()));
            }
        });
    }

    @Then("the frame lies at {}")
    public void frameAt(String address) {
        world.act(guest -> {
            world.registers().name(guest);
            if (world.trap().frame().address() != guest.word(address)) {
                throw Violation.of(
                        "the frame at " + address,
                        String.format("%08x", world.trap().frame().address()));
            }
        });
    }

    @Then("the failsafe callback is entered at {string}")
    public void failsafe(String label) {
        world.act(guest -> {
            if (failsafe().frame().eip() != world.label(label)) {
                throw Violation.of(
                        "a frame with EIP at " + label, world.answer().toString());
            }
        });
    }

    @Then("its frame has {word} {}")
    public void failsafeFrame(String field, String value) {
        world.act(guest -> {
            Failsafe failsafe = failsafe();
            int seen =
                    switch (field) {
                        case "DS" -> failsafe.ds();
                        case "ES" -> failsafe.es();
                        case "FS" -> failsafe.fs();
                        case "GS" -> failsafe.gs();
                        case "CS" -> failsafe.frame().cs();
                        case "mask" -> failsafe.frame().savedMask();
                        default -> throw new IllegalArgumentException("a frame has no field '" + field + "'");
                    };
            if (seen != guest.word(value)) {
                throw Violation.of(field + " = " + value, String.format("%x", seen));
            }
        });
    }

    @Then("in it DS, ES, FS and GS are 0")
    public void failsafeSegments() {
        world.act(guest -> {
            Registers registers = failsafe().registers();
            if ((registers.ds() | registers.es() | registers.fs() | registers.gs()) != 0) {
                throw Violation.of("DS, ES, FS and GS are 0 in the callback", registers.toString());
            }
        });
    }

    private Failsafe failsafe() {
        if (world.outcome() instanceof Outcome.FailedSafe failed) {
            return failed.failsafe();
        }
        throw Violation.of("the failsafe callback", world.answer().toString());
    }

    @Then("the saved event mask is {int}")
    public void savedMask(int mask) {
        world.act(guest -> {
            if (world.trap().frame().savedMask() != mask) {
                throw Violation.of(
                        "the frame's CS slot holds the mask " + mask,
                        String.format("%08x", world.trap().frame().csSlot()));
            }
        });
    }

    @Then("CR2 is {}")
    public void cr2(String value) {
        world.act(guest -> {
            int expected = guest.word(value);
            if (world.trap().cr2() != expected) {
                throw Violation.of(
                        String.format("CR2 %08x", expected),
                        String.format("CR2 %08x", world.trap().cr2()));
            }
        });
    }
}
