package org.ringone.emulator;

/**
 * What a machine's builder decides about its processors.
 *
 * @param cpuid what CPUID answers
 * @param ports the I/O ports
 * @param msrs the model specific registers that the processor itself has no use for
 * @param physicalAddressBits 32 to 52: page-table bits above are reserved
 * @param longMode whether 32-bit code runs under a 64-bit system's tables: then a page-directory pointer is an entry like another,
 *     in which RW, USER, ACCESSED and DIRTY are not reserved
 */
public record CpuConfig(CpuidTable cpuid, PortBus ports, MsrFile msrs, int physicalAddressBits, boolean longMode) {
    public CpuConfig {
        if (physicalAddressBits < 32 || physicalAddressBits > 52) {
            throw new IllegalArgumentException("physical addresses of " + physicalAddressBits + " bits");
        }
    }

    /** A Pentium M-like processor with PAE, NX and nothing on its ports. */
    public static CpuConfig standard() {
        return new CpuConfig(CpuidTable.standard(), PortBus.EMPTY, MsrFile.NONE, 36, false);
    }

    public CpuConfig withPorts(PortBus bus) {
        return new CpuConfig(cpuid, bus, msrs, physicalAddressBits, longMode);
    }

    public CpuConfig withCpuid(CpuidTable table) {
        return new CpuConfig(table, ports, msrs, physicalAddressBits, longMode);
    }

    public CpuConfig withMsrs(MsrFile file) {
        return new CpuConfig(cpuid, ports, file, physicalAddressBits, longMode);
    }

    public CpuConfig withLongMode() {
        return new CpuConfig(cpuid, ports, msrs, physicalAddressBits, true);
    }
}
