package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.HashMap;
import java.util.Map;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.guest.VcpuResults;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.FurtherVcpu;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.Patience;
import org.ringone.suite.world.Vectors;
import org.ringone.suite.world.World;
import org.ringone.xen.Hypercall;
import org.ringone.xen.VcpuOp;

/** Further vcpus: their programs, how they ended, what they have seen. */
public final class VcpuSteps {

    private final World world;
    private final Map<Integer, FurtherVcpu> vcpus = new HashMap<>();

    public VcpuSteps(World world) {
        this.world = world;
    }

    /**
     * A program and a context for a vcpu, neither initialised nor up. The pages are called {@code vcpu1_code},
     * {@code vcpu1_stack}, {@code vcpu1_context} and {@code vcpu1_results}.
     */
    @Given("vcpu {int} has the program")
    public void prepared(int number, String assembly) {
        world.act(guest -> vcpus.put(number, FurtherVcpu.prepare(guest, number, assembly)));
    }

    /** The same, then VCPUOP_initialise and VCPUOP_up. */
    @When("vcpu {int} is started with")
    public void started(int number, String assembly) {
        world.act(guest -> {
            FurtherVcpu vcpu = FurtherVcpu.prepare(guest, number, assembly);
            vcpus.put(number, vcpu);
            guest.must(guest.call(Hypercall.VCPU_OP, VcpuOp.INITIALISE, number, vcpu.context()), "VCPUOP_initialise");
            guest.must(guest.call(Hypercall.VCPU_OP, VcpuOp.UP, number, 0), "VCPUOP_up");
        });
    }

    @Then("vcpu {int} comes to its end")
    public void ends(int number) {
        world.act(guest -> finished(guest, number));
    }

    @Then("{register} of vcpu {int} is {}")
    public void register(Register register, int number, String value) {
        world.act(guest -> {
            int seen = finished(guest, number).registers()[register.ordinal() - Register.EAX.ordinal()];
            int expected = guest.word(value);
            if (seen != expected) {
                throw Violation.of(
                        String.format("%s of vcpu %d is %08x", register, number, expected),
                        String.format("it is %08x", seen));
            }
        });
    }

    @Then("vcpu {int} is stopped by {} at {string}")
    public void stopped(int number, String exception, String label) {
        world.act(guest -> {
            VcpuResults results = ended(guest, number);
            if (results.state() != VcpuResults.State.TRAPPED || results.vector() != Vectors.of(exception)) {
                throw Violation.of("an exception " + exception + " stops vcpu " + number, describe(results));
            }
            int eip = results.frame()[Vectors.hasErrorCode(results.vector()) ? 1 : 0];
            if (eip != vcpu(number).label(label)) {
                throw Violation.of(exception + " at " + label, String.format("at %08x", eip));
            }
        });
    }

    /** Of the upcalls that a program without a label {@code upcall} gets. */
    @Then("{int} upcall(s) came on vcpu {int}")
    public void upcalls(int count, int number) {
        world.act(guest -> {
            int seen = vcpu(number).results(guest).upcalls();
            if (seen != count) {
                throw Violation.of(count + " upcalls on vcpu " + number, String.valueOf(seen));
            }
        });
    }

    @Then("the upcall on vcpu {int} came at {string}")
    public void upcallAt(int number, String label) {
        world.act(guest -> {
            VcpuResults results = vcpu(number).results(guest);
            if (results.upcalls() == 0 || results.upcallEip() != vcpu(number).label(label)) {
                throw Violation.of(
                        "an upcall on vcpu " + number + " at " + label,
                        String.format("%d upcalls, the last at %08x", results.upcalls(), results.upcallEip()));
            }
        });
    }

    /** Gives other vcpus and domains time, but not for ever. */
    @When("the guest waits until the {int} bits at {} are {}")
    public void waits(int bits, String address, String value) {
        world.act(guest -> {
            long mask = bits == 64 ? -1 : (1L << bits) - 1;
            long expected = guest.evaluate(value) & mask;
            int at = guest.word(address);
            if (!Patience.until(guest, () -> read(guest, at, bits) == expected)) {
                throw Violation.of(
                        String.format("what is at %s becomes %x", address, expected),
                        String.format("after a while it is %x", read(guest, at, bits)));
            }
        });
    }

    private static long read(Guest guest, int address, int bits) throws ProbeException {
        byte[] bytes = guest.probe().read(address, bits / 8);
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    private FurtherVcpu vcpu(int number) {
        FurtherVcpu vcpu = vcpus.get(number);
        if (vcpu == null) {
            throw new IllegalArgumentException("vcpu " + number + " has no program");
        }
        return vcpu;
    }

    private VcpuResults finished(Guest guest, int number) throws ProbeException {
        VcpuResults results = ended(guest, number);
        if (results.state() != VcpuResults.State.FINISHED) {
            throw Violation.of("vcpu " + number + " comes to its end", describe(results));
        }
        return results;
    }

    private VcpuResults ended(Guest guest, int number) throws ProbeException {
        FurtherVcpu vcpu = vcpu(number);
        Patience.until(guest, () -> vcpu.results(guest).state() != VcpuResults.State.RUNNING);
        return vcpu.results(guest);
    }

    private static String describe(VcpuResults results) {
        int[] frame = results.frame();
        return switch (results.state()) {
            case RUNNING -> "after a while it has not ended";
            case FINISHED -> "it came to its end";
            case TRAPPED ->
                String.format(
                        "vector %d stopped it, its frame %08x %08x %08x %08x",
                        results.vector(), frame[0], frame[1], frame[2], frame[3]);
            case FAILED_SAFE -> "the failsafe callback stopped it";
        };
    }
}
