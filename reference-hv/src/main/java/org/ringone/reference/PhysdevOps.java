package org.ringone.reference;

import org.ringone.xen.Errno;
import org.ringone.xen.PhysdevOp;

/** physdev_op: the virtual I/O privilege level and bitmap (PRIV-05); the rest speaks of hardware that nobody has. */
public class PhysdevOps {

    private static final int IO_BITMAP_BYTES = 8192;
    private static final int MOST_PORTS = 65536;
    private static final int INTERRUPTS = 256;

    public int operation(Vcpu v, int command, int argument) {
        GuestRecord r = v.machine().record;
        return switch (command) {
            case PhysdevOp.SET_IOPL -> r.load(v, argument, 4) ? setIopl(v, r.i32(0)) : Errno.EFAULT.result();
            case PhysdevOp.SET_IOBITMAP ->
                r.load(v, argument, 8) ? setIoBitmap(v, r.i32(0), r.i32(4)) : Errno.EFAULT.result();
            case PhysdevOp.IRQ_STATUS_QUERY -> irqStatus(v, argument);
            case PhysdevOp.IRQ_UNMASK_NOTIFY -> 0; // no interrupt of the domain's waits to be unmasked
            case PhysdevOp.EOI -> r.load(v, argument, 4) ? endOfInterrupt(r.i32(0)) : Errno.EFAULT.result();
            case PhysdevOp.APIC_READ, PhysdevOp.APIC_WRITE -> hardware(v, argument, 12);
            case PhysdevOp.ALLOC_IRQ_VECTOR -> hardware(v, argument, 8);
            default -> Errno.ENOSYS.result();
        };
    }

    /** The old form: the command lies before the structure. */
    public int oldOperation(Vcpu v, int argument) {
        GuestRecord r = v.machine().record;
        return r.load(v, argument, 16) ? operation(v, r.i32(0), argument + 4) : Errno.EFAULT.result();
    }

    protected int setIopl(Vcpu v, int level) {
        if (Integer.compareUnsigned(level, 3) > 0) {
            return Errno.EINVAL.result();
        }
        v.iopl = level;
        return 0;
    }

    protected int setIoBitmap(Vcpu v, int bitmap, int ports) {
        if (!v.parts().guestCopy.inGuestRange(bitmap, IO_BITMAP_BYTES)
                || Integer.compareUnsigned(ports, MOST_PORTS) > 0) {
            return Errno.EINVAL.result();
        }
        v.ioBitmap = bitmap;
        v.ioBitmapPorts = ports;
        return 0;
    }

    /** The end of an interrupt that is not the domain's changes nothing. */
    private static int endOfInterrupt(int interrupt) {
        return Integer.compareUnsigned(interrupt, INTERRUPTS) < 0 ? 0 : Errno.EINVAL.result();
    }

    private static int irqStatus(Vcpu v, int argument) {
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, 8)) {
            return Errno.EFAULT.result();
        }
        if (Integer.compareUnsigned(r.i32(0), INTERRUPTS) >= 0) {
            return Errno.EINVAL.result();
        }
        r.put32(4, 0);
        return r.store(v, argument, 8) ? 0 : Errno.EFAULT.result();
    }

    private static int hardware(Vcpu v, int argument, int size) {
        if (!v.machine().record.load(v, argument, size)) {
            return Errno.EFAULT.result();
        }
        return v.domain.privileged() ? Errno.EINVAL.result() : Errno.EPERM.result();
    }
}
