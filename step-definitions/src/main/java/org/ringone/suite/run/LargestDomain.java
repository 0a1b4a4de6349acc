package org.ringone.suite.run;

import java.util.OptionalInt;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Machine;

/** How large a domain can be on a machine without others: what a leak would make smaller. Found by trying, once. */
final class LargestDomain {

    /** No machine under test has more: 64 GiB is what 32-bit machine addresses of the era reach. */
    private static final int MOST_MIB = 64 << 10;

    private final BootedMachines machines;
    private OptionalInt found;

    LargestDomain(BootedMachines machines) {
        this.machines = machines;
    }

    synchronized OptionalInt get() {
        if (found == null) {
            found = find();
        }
        return found;
    }

    private OptionalInt find() {
        Machine machine = machines.powerOn();
        try {
            // On a machine that ends with its first domain there is nothing to be measured.
            if (!fits(machine, BootedMachines.MEMORY_MIB) || !fits(machine, BootedMachines.MEMORY_MIB)) {
                return OptionalInt.empty();
            }
            int fits = BootedMachines.MEMORY_MIB;
            int tooLarge = MOST_MIB + 1;
            while (tooLarge - fits > 1) {
                int middle = tooLarge > 2 * fits ? 2 * fits : fits + (tooLarge - fits) / 2;
                if (fits(machine, middle)) {
                    fits = middle;
                } else {
                    tooLarge = middle;
                }
            }
            return OptionalInt.of(fits);
        } finally {
            machine.close();
        }
    }

    private boolean fits(Machine machine, int mib) {
        try {
            machine.createDomain(machines.ordinary(mib)).close();
            return true;
        } catch (DomainBuildException e) {
            return false;
        }
    }
}
