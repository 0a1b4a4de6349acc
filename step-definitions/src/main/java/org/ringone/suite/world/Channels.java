package org.ringone.suite.world;

import java.util.ArrayList;
import java.util.List;
import org.ringone.guest.Command;
import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Reply;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.SharedInfo;

/**
 * Event channels of a guest. A channel's name stands for its port; the name with {@code _argument} for the address of a
 * structure that holds the port, for code that sends by itself.
 */
public final class Channels {

    /** How many ports are looked at when it is asked whether something has changed. */
    private static final int WATCHED = 48;

    private static final int STATUS_SIZE = 24;

    private final Guest guest;

    public Channels(Guest guest) {
        this.guest = guest;
    }

    /** Performs an operation that must work and gives the port that it stores. */
    public int bind(int command, int portAt, int... structure) throws ProbeException {
        Page page = guest.arguments();
        guest.probe().write(page.address(), Bytes.words(structure));
        guest.must(guest.call(Hypercall.EVENT_CHANNEL_OP, command, page.address()), "binding an event channel");
        return guest.probe().read32(page.address() + portAt);
    }

    /** A port that waits for that domain to bind it. */
    public int unbound(int remoteDomain) throws ProbeException {
        return bind(EventChannelOp.ALLOC_UNBOUND, 4, MmuUpdate.DOMID_SELF | remoteDomain << 16, 0);
    }

    /** The near end of a connection to a port that waits in another domain. */
    public int connect(int remoteDomain, int remotePort) throws ProbeException {
        return bind(EventChannelOp.BIND_INTERDOMAIN, 8, remoteDomain, remotePort, 0);
    }

    /** Gives a port a name and a structure that holds it, and unmasks it. */
    public void name(String name, int port) throws ProbeException {
        Page page = guest.take(name + "_argument");
        guest.probe().write(page.address(), Bytes.words(port, 0));
        guest.name(name, port);
        guest.must(guest.call(Hypercall.EVENT_CHANNEL_OP, EventChannelOp.UNMASK, page.address()), "EVTCHNOP_unmask");
    }

    /** An operation on a port alone. */
    public int perform(int command, int port) throws ProbeException {
        guest.probe().write(guest.arguments().address(), Bytes.words(port, 0));
        return guest.call(Hypercall.EVENT_CHANNEL_OP, command, guest.arguments().address());
    }

    /** What every port of the first ones is bound to, and the pending and mask bits of all. */
    public List<Object> state() throws ProbeException {
        int at = guest.arguments().address();
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.Fill(at, WATCHED * STATUS_SIZE, 0));
        for (int port = 0; port < WATCHED; port++) {
            int structure = at + port * STATUS_SIZE;
            commands.add(Command.words(structure, MmuUpdate.DOMID_SELF, port));
            commands.add(Command.hypercall(Hypercall.EVENT_CHANNEL_OP.number(), EventChannelOp.STATUS, structure));
        }
        commands.add(new Command.Read(at, WATCHED * STATUS_SIZE));
        commands.add(new Command.Read(guest.probe().sharedInfo() + SharedInfo.EVTCHN_PENDING, 256));
        List<Reply> replies = guest.probe().execute(commands);
        List<Object> state = new ArrayList<>();
        for (Reply reply : replies.subList(replies.size() - 2, replies.size())) {
            if (!(reply instanceof Reply.Bytes bytes)) {
                throw Violation.of("the event channels can be asked about", reply.toString());
            }
            state.add(java.nio.ByteBuffer.wrap(bytes.bytes()));
        }
        return state;
    }
}
