package org.ringone.reference;

import org.ringone.reference.memory.PageType;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Errno;
import org.ringone.xen.SharedInfo;

/**
 * vcpu_op as of Xen 3.2: a guest may have a vcpu's vcpu_info in a page of its own, once, for itself or for a vcpu that is down. The
 * page stays an ordinary writable one for as long as the domain lives.
 */
final class PlacedVcpuInfo extends VcpuOps {

    private static final int ARGUMENT_SIZE = 16;

    @Override
    protected int registerVcpuInfo(Vcpu v, Vcpu target, int argument) {
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, ARGUMENT_SIZE)) {
            return Errno.EFAULT.result();
        }
        int mfn = r.i32(0);
        int offset = r.i32(8);
        SharedInfoView shared = v.domain.shared;
        if (Integer.compareUnsigned(offset, AddressSpace.PAGE_SIZE - SharedInfo.VCPU_INFO_SIZE) > 0
                || shared.placedIn(target.id) >= 0
                || target != v && !target.down
                || !v.machine().frameTypes().getPageAndType(mfn, v.domain.id(), PageType.WRITABLE)) {
            return Errno.EINVAL.result();
        }
        shared.place(target.id, ((long) mfn << 12) + offset);
        if (v.observer() != GuestObserver.NONE) {
            shared.watch(target.id);
        }
        target.kicked = true;
        return 0;
    }

    /** Lets go of the page when the domain is gone. */
    static void release(Vcpu v) {
        int mfn = v.domain.shared.placedIn(v.id);
        if (mfn >= 0) {
            v.machine().frameTypes().putPageAndType(mfn);
        }
    }
}
