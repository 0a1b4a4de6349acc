package com.example.serial;

import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.reference.ReferenceHypervisor;

/**
 * A hypervisor at the other end of serial lines: each guest's console is a UART with queues of 16 bytes. What guests are
 * promised is promised by the hypervisor there; this class may not change any of it, and the suite shows that it does not.
 */
public final class SerialLineHypervisor implements Hypervisor {

    private final Hypervisor remote = new ReferenceHypervisor();

    @Override
    public String name() {
        return "serial-line";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public Profile profile() {
        return remote.profile();
    }

    @Override
    public Machine start() {
        return new SerialLineMachine(remote.start());
    }
}
