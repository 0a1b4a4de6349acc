package org.ringone.reference;

import org.ringone.api.Exit;
import org.ringone.xen.Errno;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.SchedOp;

/** sched_op: yield, block, poll, shutdown (EVT-12, PRIV-06). */
public class SchedulerOps {

    private static final int POLL_SIZE = 16;
    private static final int REMOTE_SHUTDOWN_SIZE = 8;

    public int operation(Vcpu v, int command, int argument) {
        GuestRecord r = v.machine().record;
        return switch (command) {
            case SchedOp.YIELD -> yieldProcessor(v);
            case SchedOp.BLOCK -> block(v);
            case SchedOp.SHUTDOWN -> r.load(v, argument, 4) ? shutdown(v.domain, r.i32(0)) : Errno.EFAULT.result();
            case SchedOp.POLL ->
                r.load(v, argument, POLL_SIZE) ? poll(v, r.i32(0), r.i32(4), r.i64(8)) : Errno.EFAULT.result();
            case SchedOp.REMOTE_SHUTDOWN -> remoteShutdown(v, argument);
            default -> Errno.ENOSYS.result();
        };
    }

    /** The old form: no poll, and the reason of a shutdown is the argument itself. */
    public int oldOperation(Vcpu v, int command, int argument) {
        return switch (command) {
            case SchedOp.YIELD -> yieldProcessor(v);
            case SchedOp.BLOCK -> block(v);
            case SchedOp.SHUTDOWN -> shutdown(v.domain, argument);
            default -> Errno.ENOSYS.result();
        };
    }

    private static int yieldProcessor(Vcpu v) {
        v.machine().yieldProcessor(v);
        return 0;
    }

    /** Unmasks events and sleeps until one is pending, not at all if one is (EVT-12). */
    protected int block(Vcpu v) {
        unmask(v);
        if (!v.parts().eventDelivery.needed(v)) {
            sleep(v);
        }
        return 0;
    }

    /** A vcpu that blocks takes events again (EVT-12). */
    protected void unmask(Vcpu v) {
        v.parts().eventDelivery.enable(v);
    }

    /** Whether a poll names more ports than it may. */
    protected boolean tooMany(int ports) {
        return Integer.compareUnsigned(ports, SchedOp.MAX_POLL_PORTS) > 0;
    }

    /** Whether another vcpu may have the processor when this one's time is up: always, events masked or not (EVT-13). */
    public boolean preemptible(Vcpu v) {
        return true;
    }

    private int poll(Vcpu v, int ports, int count, long timeout) {
        if (tooMany(count)) {
            return Errno.EINVAL.result();
        }
        if (!v.parts().guestCopy.arrayInGuestRange(ports, count, 4)) {
            return Errno.EFAULT.result();
        }
        for (int i = 0; i < count; i++) {
            long port = v.parts().guestCopy.read32(v, ports + 4 * i);
            if (port == GuestCopy.FAULT) {
                return Errno.EFAULT.result();
            }
            if (port >= EventChannelOp.MAX_EVENT_CHANNELS) {
                return Errno.EINVAL.result();
            }
            if (v.domain.shared.pending((int) port)) {
                return 0;
            }
        }
        v.polling = true;
        v.pollTimeout = timeout == 0 ? Vcpu.NEVER : timeout;
        sleep(v);
        return 0;
    }

    private static void sleep(Vcpu v) {
        v.blocked = true;
        v.runstate.change(Runstate.BLOCKED, v.machine().now());
        v.cpu.requestStop();
    }

    /** Ends the domain with the reason that it gives. */
    protected int shutdown(GuestDomain domain, int reason) {
        int number = reason & 0xFF;
        Exit.Reason[] reasons = Exit.Reason.values();
        domain.end(new Exit.ShutDown(number < reasons.length ? reasons[number] : Exit.Reason.CRASH));
        return 0;
    }

    private int remoteShutdown(Vcpu v, int argument) {
        if (!v.domain.privileged()) {
            return Errno.EPERM.result();
        }
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, REMOTE_SHUTDOWN_SIZE)) {
            return Errno.EFAULT.result();
        }
        GuestDomain domain = v.machine().domain(r.u16(0));
        return domain == null ? Errno.ESRCH.result() : shutdown(domain, r.i32(4));
    }
}
