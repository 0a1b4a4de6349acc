package org.ringone.reference.memory;

import org.ringone.emulator.PhysicalMemory;

/** Checks the pages that become part of a descriptor table (SEG-03). */
public interface DescriptorValidation {

    /**
     * Checks all 512 descriptors of a frame and takes away, in place, what a guest may not have.
     *
     * @return whether the page may be used as descriptors
     */
    boolean validate(PhysicalMemory memory, int mfn);
}
