package org.ringone.xen;

/** The error numbers that hypercalls return negated (public header {@code errno.h}). */
public enum Errno {
    /** Operation not permitted. */
    EPERM(1),
    /** No such entry. */
    ENOENT(2),
    /** No such domain. */
    ESRCH(3),
    /** I/O error. */
    EIO(5),
    /** Argument list too long. */
    E2BIG(7),
    /** Try again. */
    EAGAIN(11),
    /** Out of memory. */
    ENOMEM(12),
    /** Permission denied. */
    EACCES(13),
    /** Bad address. */
    EFAULT(14),
    /** In use. */
    EBUSY(16),
    /** Exists already. */
    EEXIST(17),
    /** No such device. */
    ENODEV(19),
    /** Invalid argument. */
    EINVAL(22),
    /** No space left. */
    ENOSPC(28),
    /** Result out of range. */
    ERANGE(34),
    /** No such function. */
    ENOSYS(38),
    /** Timer expired. */
    ETIME(62);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The number, positive. */
    public int number() {
        return number;
    }

    /** What a hypercall returns for this error: the negated number. */
    public int result() {
        return -number;
    }

    /** The error that a hypercall result stands for, or null when it is no known error. */
    public static Errno ofResult(int result) {
        for (Errno errno : values()) {
            if (errno.number == -result) {
                return errno;
            }
        }
        return null;
    }
}
