package org.ringone.suite.steps;

import io.cucumber.java.en.When;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.suite.language.CallText;
import org.ringone.suite.world.Answer;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.MappingRoute;
import org.ringone.suite.world.TableUse;
import org.ringone.suite.world.Tables;
import org.ringone.suite.world.World;

/** What the guest asks of the hypervisor. Each notes first how things are, so that it can be said that nothing changed. */
public final class RequestSteps {

    private final World world;

    public RequestSteps(World world) {
        this.world = world;
    }

    @When("the guest calls {}")
    public void calls(String call) {
        world.act(guest -> {
            CallText parsed = CallText.parse(call, guest);
            world.note(guest);
            world.call(guest, parsed);
        });
    }

    @When("the guest asks for {string} at {string} with {} by {route}")
    public void asks(String page, String at, String flags, MappingRoute route) {
        world.act(guest -> {
            long entry = guest.evaluate("entry(" + page + ", " + flags + ")");
            MappingRoute.Request request = route.prepare(guest, guest.page(at), entry);
            world.note(guest);
            world.answered(request.make());
        });
    }

    @When("{string} is {use} as an {level} table")
    public void put(String name, TableUse use, int level) {
        request((guest, tables) -> use.ask(guest, guest.page(name), level));
    }

    @When("{string} is loaded as the new base")
    public void load(String name) {
        request((guest, tables) -> tables.load(guest.page(name)));
    }

    @When("{string} is unpinned")
    public void unpin(String name) {
        request((guest, tables) -> tables.unpin(guest.page(name)));
    }

    @When("{string} is mapped {word}")
    public void remap(String name, String how) {
        long flags =
                switch (how) {
                    case "read-only" -> Guest.READ_ONLY;
                    case "writable" -> Guest.READ_WRITE;
                    case "nowhere" -> 0;
                    default -> throw new IllegalArgumentException("a page is not mapped '" + how + "'");
                };
        request((guest, tables) -> {
            Page page = guest.page(name);
            return guest.map(page.address(), flags == 0 ? 0 : page.entry(flags));
        });
    }

    @When("the guest stores {} in {int} bits at {}")
    public void stores(String value, int bits, String address) {
        String size =
                switch (bits) {
                    case 8 -> "byte";
                    case 16 -> "word";
                    default -> "dword";
                };
        world.act(guest -> {
            world.note(guest);
            world.runCode(
                    guest,
                    CodeRun.ring1("store:\n    mov " + size + " [esi], " + guest.word(value) + "\n")
                            .with(Register.ESI, guest.word(address)));
        });
    }

    private void request(Request request) {
        world.act(guest -> {
            world.note(guest);
            world.answered(new Answer.Returned(request.make(guest, new Tables(guest)), -1));
        });
    }

    @FunctionalInterface
    private interface Request {
        int make(Guest guest, Tables tables) throws ProbeException;
    }
}
