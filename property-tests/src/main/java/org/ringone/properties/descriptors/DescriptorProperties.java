package org.ringone.properties.descriptors;

import org.ringone.api.Hypervisor;
import org.ringone.properties.BatchedSequenceProperties;
import org.ringone.suite.run.Hypervisors;

/**
 * SEG-01 to SEG-06 and SEG-08 to SEG-12: after any sequence of descriptor operations, each was decided as the rules say, every
 * page holds what it should, and the CPU sees in the GDT what the pages hold.
 */
public class DescriptorProperties extends BatchedSequenceProperties<DescriptorOperation> {

    /** Judges the hypervisor that the system property {@code ringone.hypervisor} names, or the only one there is. */
    public DescriptorProperties() {
        this(Hypervisors.named(""));
    }

    /** Judges that hypervisor. */
    protected DescriptorProperties(Hypervisor hypervisor) {
        super(new DescriptorArea(), hypervisor);
    }
}
