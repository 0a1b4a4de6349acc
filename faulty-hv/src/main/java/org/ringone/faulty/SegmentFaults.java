package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.Descriptor;
import org.ringone.reference.DescriptorChecks;
import org.ringone.reference.DescriptorTables;
import org.ringone.reference.Exceptions;
import org.ringone.reference.FourGigabyteSegments;
import org.ringone.reference.KernelStack;
import org.ringone.reference.Vcpu;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.TypeRules;
import org.ringone.xen.Errno;

/** Faults of segmentation (area SEG). */
final class SegmentFaults {

    private static final int LONGEST_LDT = 8192;

    private SegmentFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "SEG-01",
                        "maps an active GDT page writable",
                        parts -> parts.memoryRules = parts.memoryRules.with(new TypeRules() {
                            @Override
                            public boolean conflict(PageType held, PageType wanted) {
                                return !(held == PageType.GDT && wanted == PageType.WRITABLE)
                                        && super.conflict(held, wanted);
                            }
                        })),
                Fault.of(
                        "SEG-02",
                        "gives the old GDT up before it has looked at the new one",
                        parts -> parts.descriptorTables = new DescriptorTables() {
                            @Override
                            public int setGdt(Vcpu v, int frameList, int entries) {
                                dropGdt(v);
                                return super.setGdt(v, frameList, entries);
                            }
                        }),
                Fault.of(
                        "SEG-03",
                        "looks at no descriptor",
                        parts -> parts.descriptorChecks = new DescriptorChecks() {
                            @Override
                            public boolean check(Descriptor d) {
                                super.check(d);
                                return true;
                            }
                        }),
                Fault.of(
                        "SEG-04",
                        "leaves a DPL of 0 alone",
                        parts -> parts.descriptorChecks = new DescriptorChecks() {
                            @Override
                            protected void raiseDpl(Descriptor d) {
                                // the fault
                            }
                        }),
                Fault.of(
                        "SEG-05",
                        "accepts call gates to any segment",
                        parts -> parts.descriptorChecks = new DescriptorChecks() {
                            @Override
                            public boolean gateTarget(int selector) {
                                return true;
                            }
                        }),
                Fault.of(
                        "SEG-06",
                        "cuts segments one page too late",
                        parts -> parts.descriptorChecks = new DescriptorChecks() {
                            @Override
                            protected int segmentEnd() {
                                return super.segmentEnd() + 0x1000;
                            }
                        }),
                Fault.of(
                        "SEG-07",
                        "never turns a segment over",
                        parts -> parts.fourGigabyteSegments = new FourGigabyteSegments() {
                            @Override
                            protected boolean turnOver(Vcpu v, int selector, int offset) {
                                return false;
                            }
                        }),
                Fault.of(
                        "SEG-08",
                        "changes nothing in update_descriptor and says it did",
                        parts -> parts.descriptorTables = new DescriptorTables() {
                            @Override
                            public int update(Vcpu v, long machineAddress, long descriptor) {
                                return 0;
                            }
                        }),
                Fault.of(
                        "SEG-08",
                        "refuses update_descriptor in an ordinary page",
                        parts -> parts.descriptorTables = new DescriptorTables() {
                            @Override
                            public int update(Vcpu v, long machineAddress, long descriptor) {
                                boolean table = inUseAsDescriptors(v, machineAddress);
                                return table ? super.update(v, machineAddress, descriptor) : Errno.EINVAL.result();
                            }
                        }),
                Fault.of(
                        "SEG-09",
                        "changes only the first TLS descriptor and says it changed all",
                        parts -> parts.descriptorTables = new DescriptorTables() {
                            @Override
                            public int update(Vcpu v, long machineAddress, long descriptor) {
                                int slot = (int) (machineAddress & 0xFFF) >>> 3;
                                return slot == 7 || slot == 8 ? 0 : super.update(v, machineAddress, descriptor);
                            }
                        }),
                Fault.of(
                        "SEG-10",
                        "gives an LDT one entry more than was asked for",
                        parts -> parts.descriptorTables = new DescriptorTables() {
                            @Override
                            public boolean setLdt(Vcpu v, int linear, int entries) {
                                boolean grows = entries > 0 && entries < LONGEST_LDT;
                                return super.setLdt(v, linear, grows ? entries + 1 : entries);
                            }
                        }),
                Fault.of(
                        "SEG-10",
                        "maps a page in LDT use writable",
                        parts -> parts.memoryRules = parts.memoryRules.with(new TypeRules() {
                            @Override
                            public boolean conflict(PageType held, PageType wanted) {
                                return !(held == PageType.LDT && wanted == PageType.WRITABLE)
                                        && super.conflict(held, wanted);
                            }
                        })),
                Fault.of(
                        "SEG-11",
                        "does not say which selector was at fault",
                        parts -> parts.exceptions = new Exceptions() {
                            @Override
                            public void generalProtection(Vcpu v, int errorCode) {
                                super.generalProtection(v, 0);
                            }
                        }),
                Fault.of(
                        "SEG-12",
                        "keeps the pages of a GDT that was replaced",
                        parts -> parts.descriptorTables = new DescriptorTables() {
                            @Override
                            protected void dropGdt(Vcpu v) {
                                // the fault
                            }
                        }),
                Fault.of(
                        "SEG-13",
                        "has call gates start 64 bytes below the top of the kernel's stack",
                        parts -> parts.kernelStack = new KernelStack() {
                            @Override
                            public int set(Vcpu v, int ss, int esp) {
                                return super.set(v, ss, esp - 64);
                            }
                        }));
    }
}
