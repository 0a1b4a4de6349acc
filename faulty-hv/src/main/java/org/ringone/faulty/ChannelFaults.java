package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.EventChannels;
import org.ringone.reference.EventDelivery;
import org.ringone.reference.GuestDomain;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.SharedInfoView;
import org.ringone.reference.Vcpu;
import org.ringone.xen.Errno;
import org.ringone.xen.EventChannelOp;

/** Faults of event channels: sending, unmasking, the operations (EVT-09 to EVT-11). */
final class ChannelFaults {

    private ChannelFaults() {}

    static List<Fault> all() {
        return List.of(
                delivery("EVT-09", "raises the upcall for a channel that is masked", new EventDelivery() {
                    @Override
                    public void raise(Vcpu v, int port) {
                        super.raise(v, port);
                        markPending(v);
                    }
                }),
                delivery(
                        "EVT-09",
                        "sets the pending bit of a masked channel only when it is unmasked",
                        new EventDelivery() {
                            @Override
                            public void raise(Vcpu v, int port) {
                                if (!v.domain().shared().masked(port)) {
                                    super.raise(v, port);
                                }
                            }
                        }),
                delivery("EVT-09", "raises the upcall anew for an event that waits already", new EventDelivery() {
                    @Override
                    public void raise(Vcpu v, int port) {
                        SharedInfoView shared = v.domain().shared();
                        if (shared.pending(port) && !shared.masked(port)) {
                            shared.testAndSetSelector(v.vcpuId(), port >>> 5);
                            markPending(v);
                        }
                        super.raise(v, port);
                    }
                }),
                delivery("EVT-10", "does not look for what is pending when a channel is unmasked", new EventDelivery() {
                    @Override
                    public void unmask(Vcpu v, int port) {
                        v.domain().shared().testAndClearMask(port);
                    }
                }),
                delivery("EVT-10", "raises the upcall for a channel that was not masked", new EventDelivery() {
                    @Override
                    public void unmask(Vcpu v, int port) {
                        boolean pending = v.domain().shared().pending(port);
                        super.unmask(v, port);
                        if (pending && !v.domain().shared().testAndSetSelector(v.vcpuId(), port >>> 5)) {
                            markPending(v);
                        }
                    }
                }),
                operations(
                        "says EINVAL for a virtual interrupt that is bound already",
                        EventChannelOp.BIND_VIRQ,
                        Errno.EEXIST,
                        Errno.EINVAL),
                operations(
                        "says EINVAL for a vcpu that there is not",
                        EventChannelOp.BIND_IPI,
                        Errno.ENOENT,
                        Errno.EINVAL),
                operations(
                        "says EPERM for an unknown domain", EventChannelOp.BIND_INTERDOMAIN, Errno.ESRCH, Errno.EPERM),
                channels("EVT-11", "says that a send through a closed port went well", new EventChannels() {
                    @Override
                    public int send(GuestDomain domain, int port) {
                        super.send(domain, port);
                        return 0;
                    }
                }),
                channels("EVT-11", "leaves a port open that is to be closed", new EventChannels() {
                    @Override
                    public int close(GuestDomain domain, int port) {
                        return 0;
                    }
                }));
    }

    private static Fault delivery(String rule, String wrong, EventDelivery delivery) {
        return Fault.of(rule, wrong, parts -> parts.eventDelivery = delivery);
    }

    private static Fault channels(String rule, String wrong, EventChannels channels) {
        return Fault.of(rule, wrong, parts -> parts.eventChannels = channels);
    }

    /** One operation gives another error. */
    private static Fault operations(String wrong, int operation, Errno right, Errno instead) {
        return Fault.of(
                "EVT-11",
                wrong,
                (ReferenceParts.Builder parts) -> parts.eventChannels = new EventChannels() {
                    @Override
                    public int operation(Vcpu v, int command, int argument) {
                        int result = super.operation(v, command, argument);
                        return command == operation && result == right.result() ? instead.result() : result;
                    }
                });
    }
}
