package org.ringone.reference;

import org.ringone.xen.Errno;

/**
 * The hypercalls by which an initial domain controls the machine and the other domains: platform_op, sysctl, domctl, kexec_op and
 * hvm_op. An ordinary domain may use none of them. The machine's own part of the initial domain builds and destroys domains here, so
 * that a guest's has the clock to set, and finds the rest not there.
 */
public class ControlHypercalls {

    private static final int PLATFORM_VERSION = 0x03000001;
    private static final int SYSCTL_VERSION = 3;
    private static final int DOMCTL_VERSION = 5;

    /** Command, version, and the arguments of the largest command. */
    private static final int SIZE = 8 + 128;
    /** The same with the domain spoken of, which its arguments follow at a multiple of 4. */
    private static final int DOMCTL_SIZE = 12 + 128;

    private static final int PLATFORM_SETTIME = 17;
    private static final long SECOND = 1_000_000_000;

    private static final int HVM_GET_PARAM = 1;
    private static final int HVM_LAST = 4;
    private static final int HVM_PARAMETERS = 7;
    private static final int HVM_PARAM_SIZE = 16;
    private static final int HVM_LEVEL_SIZE = 12;
    private static final int DOMID_SELF = 0x7FF0;

    /** platform_op: the machine's hardware, of which there is only the clock on the wall. */
    public int platformOp(Vcpu v, int argument) {
        int refusal = refusal(v, argument, SIZE, PLATFORM_VERSION);
        GuestRecord r = v.machine().record;
        if (refusal != 0 || r.i32(0) != PLATFORM_SETTIME) {
            return refusal != 0 ? refusal : Errno.ENOSYS.result();
        }
        long seconds = Integer.toUnsignedLong(r.i32(8));
        long nanoseconds = Integer.toUnsignedLong(r.i32(12));
        v.machine().setWallClock(seconds * SECOND + nanoseconds - r.i64(16));
        return 0;
    }

    /** sysctl: nobody has tools here. */
    public int sysctl(Vcpu v, int argument) {
        int refusal = refusal(v, argument, SIZE, SYSCTL_VERSION);
        return refusal != 0 ? refusal : Errno.ENOSYS.result();
    }

    /** domctl: likewise. */
    public int domctl(Vcpu v, int argument) {
        int refusal = refusal(v, argument, DOMCTL_SIZE, DOMCTL_VERSION);
        return refusal != 0 ? refusal : Errno.ENOSYS.result();
    }

    /** kexec_op: no memory was set aside for another kernel. */
    public int kexecOp(Vcpu v) {
        return mayControl(v) ? Errno.EINVAL.result() : Errno.EPERM.result();
    }

    /** hvm_op: there are no fully virtual domains, so that every sound request names one that is none. */
    public int hvmOp(Vcpu v, int command, int argument) {
        if (command < 0 || command > HVM_LAST) {
            return Errno.ENOSYS.result();
        }
        boolean parameter = command <= HVM_GET_PARAM;
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, parameter ? HVM_PARAM_SIZE : HVM_LEVEL_SIZE)) {
            return Errno.EFAULT.result();
        }
        int domid = r.u16(0);
        if (parameter && Integer.compareUnsigned(r.i32(4), HVM_PARAMETERS) >= 0) {
            return Errno.EINVAL.result();
        }
        if (!mayControl(v) && !(parameter && domid == DOMID_SELF)) {
            return Errno.EPERM.result();
        }
        boolean known = parameter && domid == DOMID_SELF || v.machine().domain(domid) != null;
        return known ? Errno.EINVAL.result() : Errno.ESRCH.result();
    }

    /** Whether a domain may control the machine. */
    protected boolean mayControl(Vcpu v) {
        return v.domain.privileged();
    }

    private int refusal(Vcpu v, int argument, int size, int version) {
        GuestRecord r = v.machine().record;
        if (!mayControl(v)) {
            return Errno.EPERM.result();
        }
        if (!r.load(v, argument, size)) {
            return Errno.EFAULT.result();
        }
        return r.i32(4) == version ? 0 : Errno.EACCES.result();
    }
}
