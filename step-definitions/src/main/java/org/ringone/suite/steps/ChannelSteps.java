package org.ringone.suite.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.suite.verdict.Violation;
import org.ringone.suite.world.Channels;
import org.ringone.suite.world.Guest;
import org.ringone.suite.world.World;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.SharedInfo;

/** Event channels of all kinds, and their bits. */
public final class ChannelSteps {

    private static final int MOST_PORTS = EventChannelOp.MAX_EVENT_CHANNELS;

    private final World world;
    private List<Object> noted;

    public ChannelSteps(World world) {
        this.world = world;
    }

    /** Inter-processor channels are bound until the port is high enough. */
    @Given("an event channel {string} beyond port {int}")
    public void beyond(String name, int least) {
        world.act(guest -> {
            Channels channels = new Channels(guest);
            int port = -1;
            for (int tries = 0; port <= least && tries < MOST_PORTS; tries++) {
                port = channels.bind(EventChannelOp.BIND_IPI, 4, 0, 0);
            }
            channels.name(name, port);
        });
    }

    @Given("the event channel {string} of vcpu {int}")
    public void ofVcpu(String name, int vcpu) {
        world.act(guest -> {
            Channels channels = new Channels(guest);
            channels.name(name, channels.bind(EventChannelOp.BIND_IPI, 4, vcpu, 0));
        });
    }

    @Given("the event channel {string} of virtual interrupt {} on vcpu {int}")
    public void virtualInterrupt(String name, String virq, int vcpu) {
        world.act(guest -> {
            Channels channels = new Channels(guest);
            channels.name(name, channels.bind(EventChannelOp.BIND_VIRQ, 8, guest.word(virq), vcpu, 0));
        });
    }

    @Given("an unbound port {string} for domain {}")
    public void unbound(String name, String domain) {
        world.act(guest -> {
            Channels channels = new Channels(guest);
            channels.name(name, channels.unbound(guest.word(domain)));
        });
    }

    @Given("{string} is connected to port {} of domain {}")
    public void connected(String name, String port, String domain) {
        world.act(guest -> {
            Channels channels = new Channels(guest);
            channels.name(name, channels.connect(guest.word(domain), guest.word(port)));
        });
    }

    @Given("the two ends {string} and {string} of a channel of the domain's own")
    public void loop(String near, String far) {
        world.act(guest -> {
            Channels channels = new Channels(guest);
            channels.name(far, channels.unbound(MmuUpdate.DOMID_SELF));
            channels.name(near, channels.connect(MmuUpdate.DOMID_SELF, guest.word(far)));
        });
    }

    @Given("a closed port {string}")
    public void closed(String name) {
        world.act(guest -> {
            Channels channels = new Channels(guest);
            int port = channels.bind(EventChannelOp.BIND_IPI, 4, 0, 0);
            channels.name(name, port);
            guest.must(channels.perform(EventChannelOp.CLOSE, port), "EVTCHNOP_close");
        });
    }

    @Given("the event channels are noted")
    public void note() {
        world.act(guest -> noted = new Channels(guest).state());
    }

    @Then("no event channel has changed")
    public void unchanged() {
        world.act(guest -> {
            if (noted == null) {
                throw new IllegalStateException("the event channels were not noted");
            }
            if (!noted.equals(new Channels(guest).state())) {
                throw Violation.of(
                                "every port's status and all pending and mask bits are as before",
                                "at least one has changed")
                        .because("a port was taken before the request was checked", "the order of check and change");
            }
        });
    }

    /** A value that the guest was given, to be used later. */
    @Then("{string} names the {int} bits at {}")
    public void names(String name, int bits, String address) {
        world.act(guest -> {
            long value = guest.probe().read32(guest.word(address)) & 0xFFFF_FFFFL;
            guest.name(name, bits == 32 ? value : value & (1L << bits) - 1);
        });
    }

    @Given("the bits of {string} are pending {int}, mask {int}, selector {int}, and upcall_pending is {int}")
    public void set(String name, int pending, int mask, int selector, int upcall) {
        world.act(guest -> {
            int port = guest.word(name);
            int info = guest.probe().sharedInfo();
            bit(guest.probe(), info + SharedInfo.EVTCHN_PENDING, port, pending);
            bit(guest.probe(), info + SharedInfo.EVTCHN_MASK, port, mask);
            bit(guest.probe(), info + SharedInfo.PENDING_SEL, port / 32, selector);
            guest.probe().write8(info + SharedInfo.UPCALL_PENDING, upcall);
        });
    }

    @Then("the bits of {string} read pending {int}, mask {int}, selector {int}, and upcall_pending is {int}")
    public void read(String name, int pending, int mask, int selector, int upcall) {
        world.act(guest -> {
            String expected = bits(pending, mask, selector, upcall);
            String seen = bits(guest, guest.word(name));
            if (!seen.equals(expected)) {
                throw Violation.of(expected, seen);
            }
        });
    }

    private static String bits(Guest guest, int port) throws ProbeException {
        int info = guest.probe().sharedInfo();
        return bits(
                bit(guest.probe(), info + SharedInfo.EVTCHN_PENDING, port),
                bit(guest.probe(), info + SharedInfo.EVTCHN_MASK, port),
                bit(guest.probe(), info + SharedInfo.PENDING_SEL, port / 32),
                guest.probe().read8(info + SharedInfo.UPCALL_PENDING));
    }

    private static String bits(int pending, int mask, int selector, int upcall) {
        return String.format(
                "pending bit %d, mask bit %d, selector bit %d, evtchn_upcall_pending %d",
                pending, mask, selector, upcall);
    }

    private static int bit(Probe probe, int address, int number) throws ProbeException {
        return probe.read8(address + number / 8) >>> number % 8 & 1;
    }

    private static void bit(Probe probe, int address, int number, int value) throws ProbeException {
        int at = address + number / 8;
        int others = probe.read8(at) & ~(1 << number % 8);
        probe.write8(at, others | value << number % 8);
    }
}
