package org.ringone.properties.events;

import org.ringone.api.Hypervisor;
import org.ringone.properties.SequenceProperties;
import org.ringone.suite.run.Hypervisors;

/**
 * EVT-02 to EVT-04 and EVT-07 to EVT-12: whatever a guest does with masks, sends, waits and returns, no event is lost, none is
 * delivered while masked, and each upcall comes at its place.
 */
public class EventProperties extends SequenceProperties<EventOperation> {

    /** Judges the hypervisor that the system property {@code ringone.hypervisor} names, or the only one there is. */
    public EventProperties() {
        this(Hypervisors.named(""));
    }

    /** Judges that hypervisor. */
    protected EventProperties(Hypervisor hypervisor) {
        super(new EventArea(), hypervisor);
    }
}
