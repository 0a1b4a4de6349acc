package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Entry;
import org.ringone.guest.Handling;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Register;
import org.ringone.guest.Trap;
import org.ringone.guest.Upcall;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Answer;
import org.ringone.suite.world.Bytes;
import org.ringone.suite.world.Code;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.World;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.SharedInfo;
import org.ringone.xen.VcpuOp;

/** Event channels, sends and upcalls. */
public final class EventSteps {

    private static final int TRAP_FLAG = 0x100;
    private static final int START_FLAGS = 0x202;
    private static final int DEBUG = 1;
    private static final int BREAKPOINT = 3;
    private static final int FLAGS_IN_FRAME = 8;
    private static final int MOST_BOUNDARIES = 200;

    private final World world;
    private List<Boundary> boundaries = List.of();

    /** What came of an event that was sent at one instruction boundary. */
    private record Boundary(int number, int sentAt, List<Upcall> upcalls, boolean stillPending, Outcome outcome) {}

    public EventSteps(World world) {
        this.world = world;
    }

    /**
     * An inter-processor channel that the vcpu has to itself, not masked. The name stands for the port; the name with
     * {@code _argument} for the address of a structure that holds the port, for code that sends by itself.
     */
    @Given("an event channel {string}")
    public void channel(String name) {
        world.act(guest -> bind(guest, name, EventChannelOp.BIND_IPI, 0, 0));
    }

    /** VIRQ_TIMER of the vcpu, not masked, its periodic timer stopped and what it sent before acknowledged. */
    @Given("the timer's event channel {string}")
    public void timer(String name) {
        world.act(guest -> {
            bind(guest, name, EventChannelOp.BIND_VIRQ, EventChannelOp.VIRQ_TIMER, 0);
            guest.call(Hypercall.VCPU_OP, VcpuOp.STOP_PERIODIC_TIMER, 0, 0);
            guest.probe().execute(new Command.Settle());
        });
    }

    private static void bind(Guest guest, String name, int command, int... structure) throws Exception {
        Page page = guest.take(name + "_argument");
        guest.probe().write(page.address(), Bytes.words(structure));
        int portAt = page.address() + (command == EventChannelOp.BIND_IPI ? 4 : 8);
        guest.must(guest.call(Hypercall.EVENT_CHANNEL_OP, command, page.address()), "binding an event channel");
        int port = guest.probe().read32(portAt);
        guest.probe().write(page.address(), Bytes.words(port, 0));
        guest.name(name, port);
        guest.must(guest.call(Hypercall.EVENT_CHANNEL_OP, EventChannelOp.UNMASK, page.address()), "EVTCHNOP_unmask");
    }

    @Given("events are masked")
    public void masked() {
        world.act(guest -> guest.probe().mask(1));
    }

    @Given("an event is pending on {string}")
    public void pending(String name) {
        world.act(guest -> {
            guest.probe().mask(1);
            guest.must(send(guest, name), "EVTCHNOP_send");
        });
    }

    @When("an event is sent to {string}")
    public void sent(String name) {
        world.act(guest -> world.answered(new Answer.Returned(send(guest, name), -1)));
    }

    private static int send(Guest guest, String name) throws Exception {
        return guest.call(
                Hypercall.EVENT_CHANNEL_OP,
                EventChannelOp.SEND,
                guest.page(name + "_argument").address());
    }

    @Then("{int} upcall(s) came")
    public void upcalls(int count) {
        world.act(guest -> {
            List<Upcall> came = upcalls(world.outcome());
            if (came.size() != count) {
                throw Violation.of(count + " upcalls", came.size() + " upcalls " + places(came));
            }
        });
    }

    @Then("the upcall came at {string}")
    public void upcallAt(String label) {
        world.act(guest -> {
            int expected = world.label(label);
            int seen = first().frame().eip();
            if (seen != expected) {
                throw Violation.of(
                                String.format("the upcall interrupts the guest at %08x (%s)", expected, label),
                                String.format("at %08x", seen))
                        .because(
                                "pending events are looked at on some ways back to the guest only",
                                "the return from hypercalls and traps");
            }
        });
    }

    @Then("the upcall came inside the hypercall page")
    public void inHypercallPage() {
        world.act(guest -> {
            int offset = first().frame().eip() - guest.probe().symbol("hypercall_page");
            if (offset < 0 || offset >= 4096) {
                throw Violation.of(
                        "the upcall interrupts the guest in the hypercall page",
                        String.format("at %08x", first().frame().eip()));
            }
        });
    }

    @Then("the upcall ran in ring {int}")
    public void upcallRing(int ring) {
        world.act(guest -> {
            if ((first().entry().cs() & 3) != ring || (first().entry().ss() & 3) != ring) {
                throw Violation.of(
                        "CS and SS have RPL " + ring + " in the upcall",
                        String.format(
                                "CS %04x, SS %04x",
                                first().entry().cs(), first().entry().ss()));
            }
        });
    }

    @Then("in its first instruction the mask was {int} and pending was {int}")
    public void entryState(int mask, int pending) {
        world.act(guest -> {
            Upcall upcall = first();
            if (upcall.entry().mask() != mask || upcall.entry().pending() != pending) {
                throw Violation.of(
                        "mask " + mask + ", pending " + pending,
                        "mask " + upcall.entry().mask() + ", pending "
                                + upcall.entry().pending());
            }
        });
    }

    @Then("the upcall's frame has {word} {}")
    public void frame(String field, String value) {
        world.act(guest -> {
            Upcall upcall = first();
            int seen =
                    switch (field) {
                        case "CS" -> upcall.frame().cs();
                        case "SS" -> upcall.frame().ss();
                        case "ESP" -> upcall.frame().esp();
                        case "mask" -> upcall.frame().savedMask();
                        case "IF" -> upcall.frame().eflags() >>> 9 & 1;
                        default -> throw new IllegalArgumentException("a frame has no field '" + field + "'");
                    };
            if (seen != guest.word(value)) {
                throw Violation.of(field + " = " + value, String.format("%x", seen));
            }
        });
    }

    @Then("the upcall's frame lies at {}")
    public void frameAt(String address) {
        world.act(guest -> {
            guest.name("ESI", first().registers().esi() & 0xFFFF_FFFFL);
            if (first().frame().address() != guest.word(address)) {
                throw Violation.of(
                        "the frame at " + address,
                        String.format("%08x", first().frame().address()));
            }
        });
    }

    private Upcall first() {
        List<Upcall> came = upcalls(world.outcome());
        if (came.isEmpty()) {
            throw Violation.of("an upcall", "none; " + world.answer());
        }
        return came.get(0);
    }

    private static List<Upcall> upcalls(Outcome outcome) {
        List<Upcall> found = new ArrayList<>();
        for (Entry entry : outcome.log()) {
            if (entry instanceof Upcall upcall) {
                found.add(upcall);
            }
        }
        return found;
    }

    private static String places(List<Upcall> upcalls) {
        return upcalls.stream()
                .map(u -> String.format("%08x", u.frame().eip()))
                .toList()
                .toString();
    }

    @When("an event is sent to {string} at each instruction boundary of")
    public void everyBoundary(String channel, String assembly) {
        world.act(guest -> {
            CodeRun code = Code.of(guest, 1, assembly, "");
            world.labels(guest.probe().labels(code));
            int argument = guest.page(channel + "_argument").address();
            Command send = Command.hypercall(Hypercall.EVENT_CHANNEL_OP.number(), EventChannelOp.SEND, argument);
            List<Boundary> found = new ArrayList<>();
            for (int number = 1; number <= MOST_BOUNDARIES; number++) {
                Outcome outcome = guest.probe().run(sending(code, number, send));
                world.answered(new Answer.Ran(outcome));
                List<Trap> steps = steps(outcome);
                if (steps.size() < number) {
                    break;
                }
                boolean pending = guest.probe().read8(guest.probe().sharedInfo() + SharedInfo.UPCALL_PENDING) != 0;
                found.add(new Boundary(number, steps.get(number - 1).eip(), upcalls(outcome), pending, outcome));
                guest.probe().execute(new Command.Settle());
            }
            boundaries = found;
        });
    }

    /**
     * Runs the code once for each of its instruction boundaries, from mask 0: stepped up to there, where the event comes, and
     * not stepped from there on. So the hypervisor is not entered again unless the code does so; an event that is not masked
     * is delivered at once, as one from outside would be.
     */
    @When("an event comes to {string} at each instruction boundary of")
    public void comesAtEachBoundary(String channel, String assembly) {
        world.act(guest -> {
            CodeRun code = Code.of(guest, 1, assembly, "mask = 0");
            world.labels(guest.probe().labels(code));
            int argument = guest.page(channel + "_argument").address();
            Command send = Command.hypercall(Hypercall.EVENT_CHANNEL_OP.number(), EventChannelOp.SEND, argument);
            List<Boundary> found = new ArrayList<>();
            for (Trap step : steps(guest.probe().run(stepping(code, 0)))) {
                int flags = step.frame().address() + FLAGS_IN_FRAME;
                Command stepNoMore = Command.words(flags, step.frame().eflags() & ~TRAP_FLAG);
                Outcome outcome = guest.probe().run(stepping(code, found.size() + 1, send, stepNoMore));
                world.answered(new Answer.Ran(outcome));
                // What comes with the trap that ends the run has waited for that.
                int end = guest.probe().handler(BREAKPOINT);
                List<Upcall> inTime = upcalls(outcome).stream()
                        .filter(upcall -> upcall.frame().eip() != end)
                        .toList();
                boolean pending = guest.probe().read8(guest.probe().sharedInfo() + SharedInfo.UPCALL_PENDING) != 0;
                boolean late = pending || inTime.size() < upcalls(outcome).size();
                found.add(new Boundary(found.size() + 1, step.eip(), inTime, late, outcome));
                guest.probe().mask(1);
                guest.probe().execute(new Command.Settle());
            }
            boundaries = found;
        });
    }

    private static List<Trap> steps(Outcome outcome) {
        return outcome.log().stream()
                .filter(Trap.class::isInstance)
                .map(Trap.class::cast)
                .filter(trap -> trap.vector() == DEBUG)
                .toList();
    }

    private static CodeRun stepping(CodeRun code, int number, Command... hook) {
        return code.with(Register.EFLAGS, START_FLAGS | TRAP_FLAG)
                .on(Handling.go(DEBUG, MOST_BOUNDARIES)
                        .returning(Handling.Return.HYPERCALL)
                        .withHook(number, hook));
    }

    private static CodeRun sending(CodeRun code, int number, Command send) {
        return code.with(Register.EFLAGS, START_FLAGS | TRAP_FLAG)
                .on(Handling.go(DEBUG, MOST_BOUNDARIES).withHook(number, send));
    }

    @Then("at each of at least {int} boundaries the event was delivered exactly once and never while masked")
    public void nothingLost(int least) {
        world.act(guest -> {
            if (boundaries.size() < least) {
                throw Violation.of(
                        "at least " + least + " instruction boundaries", boundaries.size() + "; " + world.answer());
            }
            for (Boundary boundary : boundaries) {
                judge(boundary);
            }
        });
    }

    @Then("there is a boundary at which the event was not delivered")
    public void somethingLost() {
        world.act(guest -> {
            boolean lost = boundaries.stream()
                    .anyMatch(boundary -> boundary.upcalls().isEmpty()
                            && boundary.stillPending()
                            && boundary.outcome() instanceof Outcome.Completed);
            if (!lost) {
                throw Violation.of("a boundary after which the event is still pending", "none of " + boundaries.size());
            }
        });
    }

    private static void judge(Boundary boundary) {
        String at = String.format("the event sent at boundary %d (eip %08x)", boundary.number(), boundary.sentAt());
        if (!(boundary.outcome() instanceof Outcome.Completed)) {
            throw Violation.of(at + " lets the code run to its end", new Answer.Ran(boundary.outcome()).toString());
        }
        for (Upcall upcall : boundary.upcalls()) {
            if (upcall.frame().savedMask() != 0) {
                throw Violation.of(
                        at + " is delivered while the mask is 0",
                        String.format(
                                "an upcall at eip %08x with a saved mask of %d",
                                upcall.frame().eip(), upcall.frame().savedMask()));
            }
        }
        if (boundary.upcalls().size() != 1 || boundary.stillPending()) {
            throw Violation.of(
                            at + " is delivered once",
                            boundary.upcalls().size() + " upcalls " + places(boundary.upcalls())
                                    + (boundary.stillPending() ? ", still pending at the end" : ""))
                    .because(
                            "the mask is cleared after the pending flag was looked at, or the look is left out",
                            "the end of iret");
        }
    }
}
