package org.ringone.faulty;

import java.util.List;
import org.ringone.emulator.CpuState;
import org.ringone.reference.EventDelivery;
import org.ringone.reference.Exceptions;
import org.ringone.reference.GuestReturn;
import org.ringone.reference.InterruptReturn;
import org.ringone.reference.IoInstructions;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.TrapDelivery;
import org.ringone.reference.Vcpu;

/** Faults of event delivery (area EVT). */
final class EventFaults {

    private EventFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "EVT-01",
                        "lets CLI and STI change the event mask",
                        parts -> parts.ioInstructions = new IoInstructions() {
                            @Override
                            protected void interruptFlag(Vcpu v, boolean enabled) {
                                v.domain().shared().setUpcallMask(v.vcpuId(), enabled ? 0 : 1);
                            }
                        }),
                Fault.of(
                        "EVT-02",
                        "takes only the lowest bit of the mask for the mask",
                        parts -> parts.eventDelivery = new EventDelivery() {
                            @Override
                            public boolean needed(Vcpu v) {
                                return (v.domain().shared().upcallMask(v.vcpuId()) & 1) == 0
                                        && v.domain().shared().upcallPending(v.vcpuId());
                            }
                        }),
                Fault.of(
                        "EVT-03",
                        "watches a guest with a pending event instruction by instruction",
                        EventFaults::watch),
                Fault.of(
                        "EVT-04",
                        "looks for events only after what went well",
                        parts -> parts.guestReturn = new GuestReturn() {
                            @Override
                            protected boolean upcallDue(Vcpu v) {
                                return v.cpu().state().r[0] >= 0 && super.upcallDue(v);
                            }
                        }),
                Fault.of(
                        "EVT-07",
                        "masks events with a value of its own",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected int maskOnEntry(Vcpu v, boolean masks) {
                                int saved = super.maskOnEntry(v, masks);
                                if (masks) {
                                    v.domain().shared().setUpcallMask(v.vcpuId(), 0xFF);
                                }
                                return saved;
                            }
                        }),
                Fault.of(
                        "EVT-07",
                        "saves a mask of 1 whatever it was",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected int maskOnEntry(Vcpu v, boolean masks) {
                                super.maskOnEntry(v, masks);
                                return 1;
                            }
                        }),
                Fault.of(
                        "EVT-08",
                        "leaves events masked after iret",
                        parts -> parts.interruptReturn = new InterruptReturn() {
                            @Override
                            protected void setMask(Vcpu v, boolean masked) {
                                super.setMask(v, true);
                            }
                        }));
    }

    /** Single-steps the guest from a masked event on, and so sees at once when it stores to the mask. */
    private static void watch(ReferenceParts.Builder parts) {
        parts.eventDelivery = new EventDelivery() {
            @Override
            protected void markPending(Vcpu v) {
                super.markPending(v);
                step(v, true);
            }
        };
        parts.exceptions = new Exceptions() {
            @Override
            protected void debug(Vcpu v) {
                step(v, v.domain().shared().upcallPending(v.vcpuId()));
            }
        };
    }

    private static void step(Vcpu v, boolean on) {
        CpuState state = v.cpu().state();
        state.flags = on ? state.flags | CpuState.TF : state.flags & ~CpuState.TF;
        v.cpu().modeChanged();
    }
}
