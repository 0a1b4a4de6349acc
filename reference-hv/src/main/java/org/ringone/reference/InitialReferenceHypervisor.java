package org.ringone.reference;

import org.ringone.api.Profile;

/** The reference with the probe as the initial domain. */
public final class InitialReferenceHypervisor extends ReferenceHypervisor {

    public InitialReferenceHypervisor() {
        super("reference-initial", Profile.Privilege.INITIAL, ReferenceParts.standard());
    }
}
