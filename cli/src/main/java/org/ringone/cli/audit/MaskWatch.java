package org.ringone.cli.audit;

import org.ringone.reference.GuestObserver;
import org.ringone.reference.VcpuView;

/** Tells the guest's own changes of its event masks, at the instruction, from those that the hypervisor makes for it. */
final class MaskWatch implements GuestObserver {

    private static final int VCPUS = 32;

    /** Who hears of it. */
    interface Listener {

        void changed(VcpuView vcpu, boolean masked, int eip);
    }

    private final boolean[] known = new boolean[VCPUS];
    private final boolean[] masked = new boolean[VCPUS];
    private final Listener listener;

    MaskWatch(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void vcpuInfoWritten(VcpuView v, int start) {
        look(v, start);
    }

    @Override
    public void entered(VcpuView v) {
        look(v, v.eip());
    }

    /** Whatever the hypervisor has changed is not the guest's doing. */
    @Override
    public void left(VcpuView v) {
        known[v.id()] = true;
        masked[v.id()] = v.masked();
    }

    private void look(VcpuView v, int eip) {
        boolean now = v.masked();
        if (known[v.id()] && masked[v.id()] != now) {
            masked[v.id()] = now;
            listener.changed(v, now, eip);
        }
        known[v.id()] = true;
        masked[v.id()] = now;
    }
}
