package org.ringone.suite.steps;

import io.cucumber.java.en.Then;
import java.util.Set;
import org.ringone.api.Exit;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Reply;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Answer;
import org.ringone.suite.world.Bytes;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.Refusal;
import org.ringone.suite.world.World;

/** What comes of a request. */
public final class AnswerSteps {

    private static final long ACCESSED_DIRTY = 0x60;

    private final World world;

    public AnswerSteps(World world) {
        this.world = world;
    }

    @Then("it is refused with {}")
    public void refused(String how) {
        world.act(guest -> Refusal.of(how, guest.profile().era(), guest).require(world.answer()));
    }

    @Then("nothing has changed")
    public void nothingChanged() {
        world.act(guest -> world.requireNothingChanged(Set.of()));
    }

    @Then("nothing has changed but the bytes of {string}")
    public void nothingButTheBytes(String page) {
        world.act(guest -> world.requireNothingChanged(Set.of(page)));
    }

    @Then("it is accepted")
    public void accepted() {
        world.act(guest -> {
            boolean good = world.answer() instanceof Answer.Returned returned && returned.result() == 0
                    || world.answer() instanceof Answer.Ran ran && ran.outcome() instanceof Outcome.Completed;
            if (!good) {
                throw Violation.of("accepted", world.answer().toString());
            }
        });
    }

    @Then("it returns {}")
    public void returns(String value) {
        world.act(guest -> {
            int expected = guest.word(value);
            if (!(world.answer() instanceof Answer.Returned returned) || returned.result() != expected) {
                throw Violation.of("it returned " + value, world.answer().toString());
            }
        });
    }

    @Then("{int} element(s) is/are done")
    public void done(int count) {
        world.act(guest -> {
            if (!(world.answer() instanceof Answer.Returned returned) || returned.done() != count) {
                throw Violation.of("done_out is " + count, world.answer().toString());
            }
        });
    }

    @Then("the domain is killed")
    public void killed() {
        world.act(guest -> {
            boolean killed = world.answer() instanceof Answer.Ran ran
                    && ran.outcome() instanceof Outcome.DomainEnded ended
                    && ended.exit() instanceof Exit.Killed;
            if (!killed) {
                throw Violation.of("the domain is killed", world.answer().toString());
            }
        });
    }

    @Then("the domain has shut down with reason {word}")
    public void shutDown(String reason) {
        world.act(guest -> {
            boolean down = world.answer() instanceof Answer.Ran ran
                    && ran.outcome() instanceof Outcome.DomainEnded ended
                    && ended.exit() instanceof Exit.ShutDown shut
                    && shut.reason().name().equalsIgnoreCase(reason);
            if (!down) {
                throw Violation.of(
                        "the domain shuts down with reason " + reason,
                        world.answer().toString());
            }
        });
    }

    @Then("entry {int} of {string} reads {}")
    public void entry(int slot, String table, String expected) {
        world.act(guest -> compare(
                "entry " + slot + " of " + table,
                guest.evaluate(expected) & ~ACCESSED_DIRTY,
                guest.probe().read64(guest.page(table).address() + slot * 8) & ~ACCESSED_DIRTY));
    }

    @Then("descriptor {int} of {string} reads {}")
    public void descriptor(int slot, String table, String expected) {
        world.act(guest -> compare(
                "descriptor " + slot + " of " + table,
                guest.evaluate(expected),
                guest.probe().read64(guest.page(table).address() + slot * 8)));
    }

    @Then("the entry that maps {string} is {}")
    public void mapping(String name, String expected) {
        world.act(guest -> compare(
                "the entry that maps " + name + " (but for ACCESSED and DIRTY)",
                guest.evaluate(expected) & ~ACCESSED_DIRTY,
                guest.probe().walk(guest.page(name).address()).l1() & ~ACCESSED_DIRTY));
    }

    @Then("the {int} bits at {} are {}")
    public void memory(int bits, String address, String expected) {
        world.act(guest -> {
            Reply reply = guest.probe().tryRead(guest.word(address), bits / 8);
            if (!(reply instanceof Reply.Bytes read)) {
                throw Violation.of(address + " can be read", reply.toString());
            }
            long seen =
                    switch (bits) {
                        case 8 -> read.bytes()[0] & 0xFF;
                        case 16 -> Bytes.of(read.bytes()).getShort() & 0xFFFF;
                        case 32 -> Bytes.of(read.bytes()).getInt() & 0xFFFF_FFFFL;
                        default -> Bytes.of(read.bytes()).getLong();
                    };
            long mask = bits == 64 ? -1 : (1L << bits) - 1;
            compare("what is at " + address, guest.evaluate(expected) & mask, seen);
        });
    }

    @Then("the word at {} is the address of {string}")
    public void address(String where, String label) {
        world.act(guest -> compare(
                "the word at " + where, world.label(label), guest.probe().read32(guest.word(where))));
    }

    @Then("{string} can be mapped writable")
    public void canBeWritable(String name) {
        world.act(guest -> mappable(guest, guest.page(name), name, true));
    }

    @Then("{string} cannot be mapped writable")
    public void cannotBeWritable(String name) {
        world.act(guest -> mappable(guest, guest.page(name), name, false));
    }

    private static void mappable(Guest guest, Page page, String name, boolean expected) throws Exception {
        int result = guest.tryWritable(page);
        if (result == 0 != expected) {
            throw Violation.of(
                    name + (expected ? " can" : " cannot") + " be mapped writable",
                    new Answer.Returned(result, -1).toString());
        }
    }

    private static void compare(String what, long expected, long seen) {
        if (expected != seen) {
            throw Violation.of(String.format("%s is %x", what, expected), String.format("it is %x", seen));
        }
    }
}
