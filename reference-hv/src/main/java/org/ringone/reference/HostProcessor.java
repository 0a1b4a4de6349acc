package org.ringone.reference;

import org.ringone.emulator.CpuConfig;
import org.ringone.emulator.CpuidTable;

/**
 * The processor of the machine that the hypervisor runs on. It has devices that are the hypervisor's: CPUID tells of them,
 * also to a guest that asks with the prefix, and a guest kernel does well to hide them from itself (PRIV-12).
 */
final class HostProcessor {

    /** Leaf 1 EDX: the local APIC, thermal control by ACPI, the automatic clock control. */
    private static final int DEVICES = 1 << 9 | 1 << 22 | 1 << 29;

    private HostProcessor() {}

    static CpuConfig config() {
        CpuidTable standard = CpuidTable.standard();
        CpuidTable.Leaf one = standard.leaf(1);
        CpuidTable.Leaf host = new CpuidTable.Leaf(one.eax(), one.ebx(), one.ecx(), one.edx() | DEVICES);
        return CpuConfig.standard().withCpuid(standard.with(1, host));
    }
}
