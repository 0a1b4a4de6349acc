package org.ringone.cli.boot;

import org.ringone.api.Exit;

/**
 * How a boot ended.
 *
 * @param exitCode what {@code ringone boot} returns: the number of the guest's shutdown reason, or one of the others here
 * @param words the same for people
 */
record Ending(int exitCode, String words) {

    /** The hypervisor killed the domain. */
    private static final int KILLED = 4;

    /** The hypervisor itself failed. */
    private static final int HYPERVISOR_FAILED = 6;

    static final Ending SLEEPS =
            new Ending(5, "the guest sleeps, no timer is set, and nobody can type anything that would wake it");
    static final Ending LEFT = new Ending(0, "left");

    /** As the {@code timeout} command does. */
    static Ending timeOver(long seconds) {
        return new Ending(124, "the guest was still running after " + seconds + " s");
    }

    static Ending of(Exit exit) {
        if (exit instanceof Exit.ShutDown shutDown) {
            return new Ending(shutDown.reason().ordinal(), "the guest shut down: " + reason(shutDown.reason()));
        }
        if (exit instanceof Exit.Killed killed) {
            return new Ending(KILLED, "the hypervisor killed the guest: " + killed.detail());
        }
        return new Ending(HYPERVISOR_FAILED, "the hypervisor failed: " + exit);
    }

    private static String reason(Exit.Reason reason) {
        return switch (reason) {
            case POWEROFF -> "power off";
            case REBOOT -> "reboot";
            case SUSPEND -> "suspend";
            case CRASH -> "crash";
        };
    }

    /** Whether people will want to see where the guest was. */
    boolean calamity() {
        return exitCode == Exit.Reason.CRASH.ordinal() || exitCode == KILLED || exitCode == HYPERVISOR_FAILED;
    }
}
