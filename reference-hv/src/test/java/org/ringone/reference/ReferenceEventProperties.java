package org.ringone.reference;

import org.ringone.properties.StepCheck;
import org.ringone.properties.events.EventProperties;
import org.ringone.suite.run.BootedMachines.Lease;

/** Events of the reference, who may sleep and who holds which channel recomputed after every operation. */
class ReferenceEventProperties extends EventProperties {

    ReferenceEventProperties() {
        super(new ReferenceHypervisor());
    }

    @Override
    protected StepCheck checkOf(Lease lease) {
        return Recomputation.ofEvents(lease);
    }
}
