package org.ringone.suite.world;

/** Something done with the guest. */
@FunctionalInterface
public interface Action {
    void perform(Guest guest) throws Exception;
}
