package org.ringone.properties.tables;

import org.ringone.api.Hypervisor;
import org.ringone.properties.BatchedSequenceProperties;
import org.ringone.suite.run.Hypervisors;

/**
 * PT-22 and the rules under it: after any sequence of page-table operations, each was decided as the rules say, every page
 * holds what it should, and exactly those that are not in table use can be mapped writable.
 */
public class PageTableProperties extends BatchedSequenceProperties<TableOperation> {

    /** Judges the hypervisor that the system property {@code ringone.hypervisor} names, or the only one there is. */
    public PageTableProperties() {
        this(Hypervisors.named(""));
    }

    /** Judges that hypervisor. */
    protected PageTableProperties(Hypervisor hypervisor) {
        super(new TableArea(), hypervisor);
    }
}
