package org.ringone.reference;

/** The guest's virtual task-switched flag (PRIV-07). The FPU itself always belongs to the vcpu whose processor it is. */
public class FpuSwitch {

    private static final int CR0_TS = 8;

    /** fpu_taskswitch: sets or clears the flag; with it set, the next use of the FPU raises #NM. */
    public int set(Vcpu v, boolean taskSwitched) {
        v.taskSwitched = taskSwitched;
        int cr0 = v.state.cr0();
        v.cpu.control().cr0(taskSwitched ? cr0 | CR0_TS : cr0 & ~CR0_TS);
        return 0;
    }
}
