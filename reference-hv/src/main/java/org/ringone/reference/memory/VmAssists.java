package org.ringone.reference.memory;

import org.ringone.xen.Errno;
import org.ringone.xen.VmAssist;

/** Hypercall {@code vm_assist}: switches the assists of the caller's domain. */
public final class VmAssists {

    private static final Assist[] ASSISTS = Assist.values();

    private final MachineMemory machine;

    public VmAssists(MachineMemory machine) {
        this.machine = machine;
    }

    /**
     * PT-10, SEG-07: switches one assist on or off.
     *
     * @return 0, EINVAL for an unknown assist, ENOSYS for an unknown command
     */
    public int call(Caller caller, int command, int assist) {
        if (Integer.compareUnsigned(assist, ASSISTS.length) >= 0) {
            return Errno.EINVAL.result();
        }
        if (command != VmAssist.ENABLE && command != VmAssist.DISABLE) {
            return Errno.ENOSYS.result();
        }
        machine.domain(caller.domainId()).setAssist(ASSISTS[assist], command == VmAssist.ENABLE);
        return 0;
    }
}
