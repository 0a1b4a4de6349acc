package org.ringone.reference;

import static org.ringone.reference.Vcpu.EAX;
import static org.ringone.reference.Vcpu.ECX;
import static org.ringone.reference.Vcpu.EDX;

/** RDMSR and WRMSR of the guest's kernel (PRIV-03, PRIV-04). */
public class ModelSpecificRegisters {

    /** The hypervisor's own: writing a page's address there fills that page with hypercall stubs. */
    private static final int HYPERCALL_PAGE = 0x40000000;

    /** RDMSR: what the processor has can be read; false when it has no such register. */
    public boolean read(Vcpu v) {
        int[] r = v.state.r;
        long[] value = v.domain.machine.msrValue;
        if (r[ECX] == HYPERCALL_PAGE) {
            value[0] = 0;
        } else if (!v.cpu.control().readMsr(r[ECX], value)) {
            return false;
        }
        r[EAX] = (int) value[0];
        r[EDX] = (int) (value[0] >>> 32);
        return true;
    }

    /** WRMSR completes and changes nothing, except that it can fill a hypercall page. */
    public boolean write(Vcpu v) {
        int[] r = v.state.r;
        if (r[ECX] == HYPERCALL_PAGE && (r[EAX] & 0xFFF) == 0) {
            v.machine().fillHypercallPage(v.domain, r[EDX] << 20 | r[EAX] >>> 12);
        }
        return true;
    }
}
