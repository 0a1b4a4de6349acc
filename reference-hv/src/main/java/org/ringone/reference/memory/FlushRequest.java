package org.ringone.reference.memory;

import org.ringone.xen.Errno;
import org.ringone.xen.UpdateVaMapping;

/** The flush that {@code update_va_mapping} is asked for (PT-12, TLB-03). */
final class FlushRequest {

    private final GuestArguments arguments = new GuestArguments();
    private final FlushRules rules;

    FlushRequest(FlushRules rules) {
        this.rules = rules;
    }

    /**
     * Flushes as the flags say.
     *
     * @param flags what to flush in bits 0-1; whose TLBs in the others: 0 the caller's, 4 all, else where a vcpu set is
     * @return 0, or EFAULT when the vcpu set cannot be read
     */
    int perform(Caller caller, int linear, int flags) {
        int what = flags & UpdateVaMapping.UVMF_FLUSHTYPE_MASK;
        if (what != UpdateVaMapping.UVMF_TLB_FLUSH && what != UpdateVaMapping.UVMF_INVLPG) {
            return 0;
        }
        int whose = flags & ~UpdateVaMapping.UVMF_FLUSHTYPE_MASK;
        int vcpus;
        if (whose == UpdateVaMapping.UVMF_LOCAL) {
            vcpus = 1 << caller.vcpuId();
        } else if (whose == UpdateVaMapping.UVMF_ALL) {
            vcpus = Caller.ALL;
        } else if (arguments.fetch(caller, whose, 4)) {
            vcpus = arguments.intAt(0);
        } else {
            return Errno.EFAULT.result();
        }
        vcpus = rules.reached(vcpus, caller.vcpuId());
        if (what == UpdateVaMapping.UVMF_TLB_FLUSH) {
            rules.flushAll(caller, vcpus);
        } else {
            rules.flushPage(caller, linear, vcpus);
        }
        return 0;
    }
}
