package org.ringone.reference;

import org.ringone.properties.StepCheck;
import org.ringone.properties.tables.PageTableProperties;
import org.ringone.suite.run.BootedMachines.Lease;

/** Page tables of the reference, its types and counts recomputed after every operation. */
class ReferencePageTableProperties extends PageTableProperties {

    ReferencePageTableProperties() {
        super(new ReferenceHypervisor());
    }

    @Override
    protected StepCheck checkOf(Lease lease) {
        return Recomputation.of(lease);
    }
}
