package org.ringone.reference;

/** stack_switch (TRAP-08). */
public class KernelStack {

    /** Sets the stack used on entry from an outer ring. Any selector is taken, its RPL raised to at least 1. */
    public int set(Vcpu v, int ss, int esp) {
        v.kernelSs = v.parts().descriptorChecks.stackSelector(ss);
        v.kernelSp = esp;
        v.machine().kernelStackChanged(v);
        return 0;
    }
}
