package org.ringone.api;

/**
 * A hypervisor under test: the one class a plug-in must write, found by {@link java.util.ServiceLoader}.
 *
 * <p>The suite learns what to expect from the {@link #profile()} and judges what guests see on their consoles. It calls
 * {@link #start()} as often as it wants a fresh world, possibly from several threads, each machine being used by one
 * thread at a time.
 */
public interface Hypervisor {

    /** A short name for the command line and the report: lower-case letters, digits and hyphens. */
    String name();

    /** The version of the implementation, in its own words. */
    String version();

    /** What this hypervisor claims to be. Constant for the life of the object. */
    Profile profile();

    /** Powers on a machine with no domain on it. */
    Machine start();
}
