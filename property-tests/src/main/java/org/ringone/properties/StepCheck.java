package org.ringone.properties;

import java.util.Optional;

/** Looked at after every operation, by those who can see more of a machine than its guest can. */
@FunctionalInterface
public interface StepCheck {

    /** Nobody looks: the guest gets its operations in as few messages as they fit in. */
    StepCheck NONE = Optional::empty;

    /** What is wrong, for people; empty when all is well. */
    Optional<String> look();
}
