package org.ringone.reference;

import org.ringone.xen.Errno;
import org.ringone.xen.SharedInfo;
import org.ringone.xen.VcpuOp;

/** vcpu_op: starting and stopping virtual processors, their timers, their times. */
public class VcpuOps {

    private static final long SHORTEST_PERIOD = 1_000_000;
    private static final long LONGEST_PERIOD = 1L << 60;
    private static final int FLAG_FUTURE = 1;

    public int operation(Vcpu v, int command, int number, int argument) {
        if (number < 0 || number >= SharedInfo.MAX_VCPUS) {
            return Errno.EINVAL.result();
        }
        Vcpu target = v.domain.vcpu(number);
        if (target == null) {
            return Errno.ENOENT.result();
        }
        return switch (command) {
            case VcpuOp.INITIALISE -> v.parts().vcpuContext.initialise(v, target, argument);
            case VcpuOp.UP -> up(target);
            case VcpuOp.DOWN -> down(target);
            case VcpuOp.IS_UP -> target.down ? 0 : 1;
            case VcpuOp.GET_RUNSTATE_INFO -> storeRunstate(v, target, argument) ? 0 : Errno.EFAULT.result();
            case VcpuOp.REGISTER_RUNSTATE_MEMORY_AREA -> registerRunstateArea(v, target, argument);
            case VcpuOp.SET_PERIODIC_TIMER -> setPeriodicTimer(v, target, argument);
            case VcpuOp.STOP_PERIODIC_TIMER -> {
                v.parts().timers.setPeriod(target, 0, target == v);
                yield 0;
            }
            case VcpuOp.SET_SINGLESHOT_TIMER -> setSingleshotTimer(v, target, argument);
            case VcpuOp.STOP_SINGLESHOT_TIMER -> stopSingleshotTimer(v, target);
            case VcpuOp.REGISTER_VCPU_INFO -> registerVcpuInfo(v, target, argument);
            default -> Errno.ENOSYS.result();
        };
    }

    /** The era's header has this command; its hypervisor does not. */
    protected int registerVcpuInfo(Vcpu v, Vcpu target, int argument) {
        return Errno.ENOSYS.result();
    }

    private static int up(Vcpu target) {
        if (!target.initialised) {
            return Errno.EINVAL.result();
        }
        if (target.down) {
            target.down = false;
            target.runstate.change(
                    target.blocked ? Runstate.BLOCKED : Runstate.RUNNABLE,
                    target.machine().now());
        }
        return 0;
    }

    private static int down(Vcpu target) {
        if (!target.down) {
            target.down = true;
            target.runstate.change(Runstate.OFFLINE, target.machine().now());
        }
        return 0;
    }

    private static boolean storeRunstate(Vcpu v, Vcpu target, int address) {
        byte[] bytes = target.runstate.bytes(v.machine().now());
        return v.parts().guestCopy.write(v, address, bytes, 0, bytes.length);
    }

    private static int registerRunstateArea(Vcpu v, Vcpu target, int argument) {
        long area = v.parts().guestCopy.read32(v, argument);
        if (area == GuestCopy.FAULT || !v.parts().guestCopy.inGuestRange((int) area, Runstate.SIZE)) {
            return Errno.EFAULT.result();
        }
        target.runstateArea = (int) area;
        storeRunstate(v, target, (int) area); // whether it can be written is the guest's own business
        return 0;
    }

    private static int setPeriodicTimer(Vcpu v, Vcpu target, int argument) {
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, 8)) {
            return Errno.EFAULT.result();
        }
        long period = r.i64(0);
        if (Long.compareUnsigned(period, SHORTEST_PERIOD) < 0) {
            return Errno.EINVAL.result();
        }
        boolean far = Long.compareUnsigned(period, LONGEST_PERIOD) > 0;
        v.parts().timers.setPeriod(target, far ? LONGEST_PERIOD : period, target == v);
        return 0;
    }

    private static int setSingleshotTimer(Vcpu v, Vcpu target, int argument) {
        GuestRecord r = v.machine().record;
        if (target != v) {
            return Errno.EINVAL.result();
        }
        if (!r.load(v, argument, 16)) {
            return Errno.EFAULT.result();
        }
        if ((r.i32(8) & FLAG_FUTURE) != 0
                && Long.compareUnsigned(r.i64(0), v.machine().now()) < 0) {
            return Errno.ETIME.result();
        }
        v.singleshot = r.i64(0) < 0 ? 0 : r.i64(0);
        v.machine().timersChanged();
        return 0;
    }

    private static int stopSingleshotTimer(Vcpu v, Vcpu target) {
        if (target != v) {
            return Errno.EINVAL.result();
        }
        v.singleshot = Vcpu.NEVER;
        return 0;
    }
}
