package org.ringone.faulty;

import java.util.List;
import org.ringone.api.Exit;
import org.ringone.reference.EventDelivery;
import org.ringone.reference.GuestDomain;
import org.ringone.reference.SchedulerOps;
import org.ringone.reference.Timers;
import org.ringone.reference.TrapDelivery;
import org.ringone.reference.Vcpu;
import org.ringone.reference.VcpuOps;
import org.ringone.xen.Errno;
import org.ringone.xen.SchedOp;
import org.ringone.xen.VcpuOp;

/** Faults of scheduling operations, timers, and of what is each vcpu's own (EVT-12 to EVT-16). */
final class SchedulingFaults {

    private SchedulingFaults() {}

    static List<Fault> all() {
        return List.of(
                scheduling("EVT-12", "does not unmask events when it blocks a vcpu", new SchedulerOps() {
                    @Override
                    protected void unmask(Vcpu v) {
                        // The guest sleeps with its events masked.
                    }
                }),
                scheduling("EVT-12", "comes back from block at once", new SchedulerOps() {
                    @Override
                    protected int block(Vcpu v) {
                        unmask(v);
                        return 0;
                    }
                }),
                scheduling("EVT-12", "takes 129 ports for a poll", new SchedulerOps() {
                    @Override
                    protected boolean tooMany(int ports) {
                        return Integer.compareUnsigned(ports, SchedOp.MAX_POLL_PORTS + 1) > 0;
                    }
                }),
                scheduling("EVT-12", "says that every shutdown is a clean one", new SchedulerOps() {
                    @Override
                    protected int shutdown(GuestDomain domain, int reason) {
                        return super.shutdown(domain, Exit.Reason.POWEROFF.ordinal());
                    }
                }),
                Fault.of(
                        "EVT-13",
                        "keeps a domain on the processor while its events are masked",
                        parts -> parts.schedulerOps = new SchedulerOps() {
                            @Override
                            public boolean preemptible(Vcpu v) {
                                return v.domain().shared().upcallMask(v.vcpuId()) == 0;
                            }
                        }),
                timers("raises a timer's interrupt a millisecond early", new Timers() {
                    @Override
                    public int setTimer(Vcpu v, long timeout) {
                        return super.setTimer(v, timeout > 1_000_001 ? timeout - 1_000_000 : timeout);
                    }
                }),
                timers("does not cancel a timer set to 0", new Timers() {
                    @Override
                    public int setTimer(Vcpu v, long timeout) {
                        return timeout == 0 ? 0 : super.setTimer(v, timeout);
                    }
                }),
                timers("forgets a timer that is set to the past", new Timers() {
                    @Override
                    public int setTimer(Vcpu v, long timeout) {
                        return timeout == 1 ? 0 : super.setTimer(v, timeout);
                    }
                }),
                Fault.of(
                        "EVT-14",
                        "cannot stop the periodic timer",
                        parts -> parts.vcpuOps = new VcpuOps() {
                            @Override
                            public int operation(Vcpu v, int command, int number, int argument) {
                                return command == VcpuOp.STOP_PERIODIC_TIMER && number == 0
                                        ? 0
                                        : super.operation(v, command, number, argument);
                            }
                        }),
                Fault.of(
                        "EVT-14",
                        "sets a timer that asked not to be set late",
                        parts -> parts.vcpuOps = new VcpuOps() {
                            @Override
                            public int operation(Vcpu v, int command, int number, int argument) {
                                int result = super.operation(v, command, number, argument);
                                return result == Errno.ETIME.result() ? 0 : result;
                            }
                        }),
                delivery("EVT-15", "marks events pending for all vcpus", new EventDelivery() {
                    @Override
                    protected void markPending(Vcpu v) {
                        super.markPending(v);
                        v.domain().shared().setUpcallPending(0);
                    }
                }),
                delivery("EVT-15", "looks at the first vcpu's mask for all", new EventDelivery() {
                    @Override
                    public boolean needed(Vcpu v) {
                        return v.domain().shared().upcallMask(0) == 0
                                && v.domain().shared().upcallPending(v.vcpuId());
                    }
                }),
                Fault.of(
                        "EVT-16",
                        "drops an upcall that has no callback",
                        parts -> parts.eventDelivery = new EventDelivery() {
                            @Override
                            public void upcall(Vcpu v) {
                                if (v.hasEventCallback()) {
                                    super.upcall(v);
                                } else {
                                    v.domain().shared().setUpcallMask(v.vcpuId(), 1);
                                }
                            }
                        }),
                Fault.of(
                        "EVT-16",
                        "enters a null selector",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected void undeliverable(Vcpu v, String why) {
                                v.domain().shared().setUpcallMask(v.vcpuId(), 1);
                            }
                        }));
    }

    private static Fault scheduling(String rule, String wrong, SchedulerOps operations) {
        return Fault.of(rule, wrong, parts -> parts.schedulerOps = operations);
    }

    private static Fault timers(String wrong, Timers timers) {
        return Fault.of("EVT-14", wrong, parts -> parts.timers = timers);
    }

    private static Fault delivery(String rule, String wrong, EventDelivery delivery) {
        return Fault.of(rule, wrong, parts -> parts.eventDelivery = delivery);
    }
}
