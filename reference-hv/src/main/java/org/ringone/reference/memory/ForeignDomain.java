package org.ringone.reference.memory;

import org.ringone.xen.MmuUpdate;

/** Whose frames a page-table hypercall is about (PT-26). */
final class ForeignDomain {

    /** Nobody's: the request is refused with ESRCH. */
    static final int NONE = Integer.MIN_VALUE;

    private ForeignDomain() {}

    /**
     * The owner that frames must have.
     *
     * @param domid as the guest gave it: only the low 16 bits count
     */
    static int of(MachineMemory machine, Caller caller, int domid) {
        int id = domid & 0xFFFF;
        if (id == MmuUpdate.DOMID_SELF) {
            return caller.domainId();
        }
        if (id == caller.domainId()) {
            return NONE; // the era wants oneself called DOMID_SELF
        }
        if (id == MmuUpdate.DOMID_IO) {
            return id; // owns nothing here, so every frame of it is refused
        }
        if (!machine.rules().types().foreign(caller.privileged())) {
            return NONE;
        }
        return id == MmuUpdate.DOMID_XEN || machine.domain(id) != null ? id : NONE;
    }
}
