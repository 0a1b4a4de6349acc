package org.ringone.reference;

import org.ringone.properties.StepCheck;
import org.ringone.properties.descriptors.DescriptorProperties;
import org.ringone.suite.run.BootedMachines.Lease;

/** Descriptor tables of the reference, its types and counts recomputed after every operation. */
class ReferenceDescriptorProperties extends DescriptorProperties {

    ReferenceDescriptorProperties() {
        super(new ReferenceHypervisor());
    }

    @Override
    protected StepCheck checkOf(Lease lease) {
        return Recomputation.of(lease);
    }
}
