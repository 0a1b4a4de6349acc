package org.ringone.reference;

import java.util.List;
import org.ringone.emulator.Stop;

/**
 * The one processor of the machine, shared by all vcpus in virtual time: one nanosecond for each instruction, and what the
 * hypervisor's own work is charged. When every vcpu sleeps, time jumps to the next timer. All of it is deterministic.
 */
final class Scheduler {

    private static final long SLICE = 1_000_000;
    /** Consoles that are written without a notification are looked at this often. */
    private static final long LOOK = 20_000;
    /** What a jump of the idle machine's time costs of a budget, so that sleeping is not free for ever. */
    private static final long IDLE_COST = 1_000;

    private final ReferenceMachine machine;
    private Vcpu current;
    private boolean active;
    private long idleTime;
    private long time;
    private long sliceEnd;
    private long budgetEnd;
    private long deadline = Vcpu.NEVER;
    private boolean yielded;

    Scheduler(ReferenceMachine machine) {
        this.machine = machine;
    }

    /** The same state in a forked machine, whose vcpus exist already. */
    void copyFrom(Scheduler other) {
        active = other.active;
        idleTime = other.idleTime;
        time = other.now();
        sliceEnd = other.sliceEnd;
        deadline = other.deadline;
        yielded = other.yielded;
        if (other.current != null) {
            GuestDomain domain = machine.domain(other.current.domain.id());
            current = domain == null ? null : domain.vcpu(other.current.id);
        }
    }

    /** System time: nanoseconds since power-on. */
    long now() {
        return current == null ? time : current.cpu.timeStamp();
    }

    /** The vcpu on whose processor state the machine is; null before the first has run. */
    Vcpu current() {
        return current;
    }

    void forget(GuestDomain domain) {
        if (current != null && current.domain == domain) {
            time = now();
            current = null;
            active = false;
        }
        timersChanged();
    }

    private long busy() {
        return now() - idleTime;
    }

    /** Whether something waits that a long hypercall has to make way for (MC-06). */
    boolean preempts(Vcpu v) {
        return v.parts().eventDelivery.needed(v) || now() >= deadline || busy() >= budgetEnd;
    }

    void yieldProcessor(Vcpu v) {
        yielded = true;
        v.cpu.requestStop();
    }

    /** Some vcpu's timers were changed. */
    void timersChanged() {
        long next = Vcpu.NEVER;
        for (GuestDomain domain : machine.guests()) {
            if (domain.running()) {
                for (Vcpu v : domain.vcpus) {
                    if (v.initialised) {
                        next = Math.min(next, machine.parts.timers.next(v, active && v == current));
                    }
                }
            }
        }
        if (next < deadline && active && current != null) {
            current.cpu.requestStop(); // the processor runs towards a later time
        }
        deadline = next;
    }

    void fireTimers() {
        long now = now();
        if (now < deadline) {
            return;
        }
        for (GuestDomain domain : machine.guests()) {
            if (domain.running()) {
                for (Vcpu v : domain.vcpus) {
                    if (v.initialised) {
                        machine.parts.timers.fire(v, now, active && v == current);
                    }
                }
            }
        }
        if (active && current != null) {
            updateTime(current, now);
            current.kicked = true;
        }
        deadline = Vcpu.NEVER;
        timersChanged();
    }

    /** Runs the machine until that domain has written something or ended, everything sleeps for ever, or the budget is used. */
    void run(GuestDomain watched, long budget) {
        budgetEnd = busy() + budget < 0 ? Long.MAX_VALUE : busy() + budget;
        while (true) {
            machine.pumpConsoles();
            if (!watched.guestConsole().output().isEmpty() || !watched.running() || busy() >= budgetEnd) {
                return;
            }
            machine.injections.raiseDue();
            fireTimers();
            Vcpu next = next();
            if (next == null) {
                if (!idle()) {
                    return;
                }
            } else {
                runOne(next);
            }
        }
    }

    private void runOne(Vcpu v) {
        if (v != current || !active) {
            switchTo(v);
        }
        boolean held = v.cpu.interruptShadow();
        if (v.kicked && !held) {
            v.kicked = false;
            v.parts().guestReturn.leave(v);
            v.observer().left(v.view);
        }
        if (!v.runnable()) {
            return;
        }
        long now = now();
        long most = Math.min(Math.min(budgetEnd - busy(), deadline - now), Math.min(LOOK, sliceEnd - now));
        most = held ? 1 : Math.max(1, Math.min(most, machine.injections.distance(v)));
        Stop stop = machine.beforeEach == null ? v.cpu.run(most) : step(v, most);
        if (stop == Stop.SHUTDOWN || stop == Stop.HALTED) {
            v.domain.kill(v, "the processor stopped");
        }
    }

    /** The same as to run, one by one. */
    private Stop step(Vcpu v, long most) {
        Stop stop = Stop.BUDGET;
        for (long i = 0; i < most && stop == Stop.BUDGET; i++) {
            machine.beforeEach.accept(v.view);
            stop = v.cpu.run(1);
        }
        return stop;
    }

    /** Time passes with nothing to do; false when nothing will ever happen. */
    private boolean idle() {
        deschedule(Runstate.BLOCKED);
        timersChanged();
        if (deadline == Vcpu.NEVER) {
            return false;
        }
        long now = now();
        long then = Math.max(deadline, now);
        idleTime += Math.max(0, then - now - IDLE_COST);
        setNow(Math.max(then, now + IDLE_COST));
        return true;
    }

    private void setNow(long then) {
        if (current == null) {
            time = then;
        } else {
            current.cpu.timeStamp(then);
        }
    }

    private Vcpu next() {
        if (active && current.runnable() && !yielded && (now() < sliceEnd || !preemptible(current))) {
            return now() < sliceEnd ? current : renew(current);
        }
        yielded = false;
        List<GuestDomain> guests = machine.guests();
        Vcpu first = null;
        boolean passed = current == null;
        for (GuestDomain domain : guests) {
            for (Vcpu v : domain.vcpus) {
                if (v.runnable()) {
                    if (passed) {
                        return renew(v);
                    }
                    first = first == null ? v : first;
                }
                passed |= v == current;
            }
        }
        return first == null ? null : renew(first);
    }

    private static boolean preemptible(Vcpu v) {
        return v.parts().schedulerOps.preemptible(v);
    }

    private Vcpu renew(Vcpu v) {
        sliceEnd = now() + SLICE;
        return v;
    }

    private void deschedule(int runstate) {
        if (active) {
            active = false;
            current.runstate.change(
                    current.blocked ? Runstate.BLOCKED : current.down ? Runstate.OFFLINE : runstate, now());
        }
    }

    /**
     * Lets a vcpu run: its tables, its stack, its time up to date. Vcpus take turns but each has a processor of its own, so its
     * TLB is as it left it, but for the flushes that reached it meanwhile (TLB-03).
     */
    private void switchTo(Vcpu v) {
        long now = now();
        deschedule(Runstate.RUNNABLE);
        boolean other = v != current;
        current = v;
        active = true;
        v.cpu.timeStamp(now);
        if (other) {
            v.liveGate80 = v.gate80;
            machine.kernelStackChanged(v);
        }
        v.kicked = true;
        v.runstate.change(Runstate.RUNNING, now);
        if (v.runstateArea != 0) {
            byte[] bytes = v.runstate.bytes(now);
            v.parts().guestCopy.write(v, v.runstateArea, bytes, 0, bytes.length);
        }
        updateTime(v, now);
        v.parts().timers.scheduled(v, now);
        timersChanged();
    }

    private static void updateTime(Vcpu v, long now) {
        v.domain.shared.setTime(v.id, now, now, ReferenceMachine.TSC_TO_SYSTEM_MUL, ReferenceMachine.TSC_SHIFT);
    }
}
