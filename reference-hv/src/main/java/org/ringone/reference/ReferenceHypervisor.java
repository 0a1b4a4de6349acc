package org.ringone.reference;

import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;

/** The reference as a hypervisor under test: a 32-bit PAE Xen 3.1, with the probe as an ordinary domain. */
public class ReferenceHypervisor implements Hypervisor {

    private static final int LEAST_MIB = 16;
    private static final int MOST_MIB = 4096;

    private final String name;
    private final Profile.Privilege privilege;
    private final ReferenceParts parts;
    private final int machineMib;

    /** The reference as it is found by {@link java.util.ServiceLoader}. */
    public ReferenceHypervisor() {
        this("reference", Profile.Privilege.ORDINARY, ReferenceParts.standard());
    }

    /**
     * A variant.
     *
     * @param name the name it goes by
     * @param privilege what the probe's domain is
     * @param parts the collaborators it is made of
     */
    public ReferenceHypervisor(String name, Profile.Privilege privilege, ReferenceParts parts) {
        this(name, privilege, parts, ReferenceMachine.STANDARD_MIB);
    }

    /**
     * A variant whose machines have another size.
     *
     * @param machineMib the memory of a machine in MiB, 16 to 4096; the hypervisor keeps a few for itself
     */
    public ReferenceHypervisor(String name, Profile.Privilege privilege, ReferenceParts parts, int machineMib) {
        if (machineMib < LEAST_MIB || machineMib > MOST_MIB) {
            throw new IllegalArgumentException(
                    "a machine has " + LEAST_MIB + " to " + MOST_MIB + " MiB, not " + machineMib);
        }
        this.name = name;
        this.privilege = privilege;
        this.parts = parts;
        this.machineMib = machineMib;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return "0.1";
    }

    @Override
    public Profile profile() {
        return new Profile(Profile.Era.XEN_3_1, Profile.Host.PAE_32, privilege);
    }

    @Override
    public ReferenceMachine start() {
        return new ReferenceMachine(parts, machineMib);
    }
}
