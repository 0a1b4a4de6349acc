package org.ringone.reference;

import org.ringone.xen.EventChannelOp;

/** A vcpu's timers, in nanoseconds of system time: one-shot, periodic, and the one that ends a poll (EVT-14). */
public class Timers {

    /** The period that every vcpu starts with. */
    static final long PERIOD = 10_000_000;

    private static final long TOO_FAR = 1L << 50;
    private static final long TOO_FAR_SUBSTITUTE = 100_000_000;

    /**
     * set_timer_op: raises VIRQ_TIMER once at or after that time; 0 cancels. A time that is negative, or more than about 13
     * days away, counts as 100 ms from now.
     */
    public int setTimer(Vcpu v, long timeout) {
        long now = v.domain.machine.now();
        if (timeout == 0) {
            v.singleshot = Vcpu.NEVER;
        } else if (timeout < 0 || timeout - now >= TOO_FAR) {
            v.singleshot = now + TOO_FAR_SUBSTITUTE;
        } else {
            v.singleshot = timeout;
        }
        v.domain.machine.timersChanged();
        return 0;
    }

    /** When the next of the vcpu's timers is due. The periodic one counts only while the vcpu is on the processor. */
    public long next(Vcpu v, boolean onProcessor) {
        long next = Math.min(v.singleshot, v.polling ? v.pollTimeout : Vcpu.NEVER);
        return onProcessor ? Math.min(next, v.periodicNext) : next;
    }

    /** Raises what is due. */
    void fire(Vcpu v, long now, boolean onProcessor) {
        if (v.singleshot <= now) {
            v.singleshot = Vcpu.NEVER;
            timerEvent(v);
        }
        if (v.polling && v.pollTimeout <= now) {
            v.polling = false;
            v.pollTimeout = Vcpu.NEVER;
            EventDelivery.wake(v);
        }
        if (onProcessor && v.periodicNext <= now) {
            periodic(v, now);
        }
    }

    /** The vcpu comes onto the processor: a tick that it missed meanwhile is made up for by one. */
    void scheduled(Vcpu v, long now) {
        if (v.periodicPeriod == 0) {
            v.periodicNext = Vcpu.NEVER;
            return;
        }
        v.periodicNext = v.periodicLast + v.periodicPeriod;
        if (now > v.periodicNext) {
            periodic(v, now);
        }
    }

    private void periodic(Vcpu v, long now) {
        timerEvent(v);
        v.periodicLast = now;
        v.periodicNext = now + v.periodicPeriod;
    }

    protected void timerEvent(Vcpu v) {
        v.parts().eventChannels.raiseVirq(v, EventChannelOp.VIRQ_TIMER);
    }

    /** Sets the period of the periodic timer; 0 stops it. */
    void setPeriod(Vcpu v, long nanoseconds, boolean onProcessor) {
        v.periodicPeriod = nanoseconds;
        if (onProcessor) {
            scheduled(v, v.domain.machine.now());
        }
        v.domain.machine.timersChanged();
    }
}
