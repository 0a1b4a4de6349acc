package org.ringone.faulty;

import java.util.List;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.CpuidTable;
import org.ringone.reference.DebugRegisters;
import org.ringone.reference.ForcedEmulation;
import org.ringone.reference.FpuSwitch;
import org.ringone.reference.IoInstructions;
import org.ringone.reference.PrivilegedInstructions;
import org.ringone.reference.TrapDelivery;
import org.ringone.reference.Vcpu;

/** Faults of privileged instructions (area PRIV). */
final class PrivilegeFaults {

    private static final int HLT = 0xF4;
    private static final byte[] PREFIX = {0x0F, 0x0B, 'x', 'e', 'n'};
    private static final int USER_BIT = 2;

    private PrivilegeFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "PRIV-01",
                        "saves the user's code selector with the kernel's ring",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected int savedCodeSelector(Vcpu v, int savedMask) {
                                return super.savedCodeSelector(v, savedMask) & ~USER_BIT;
                            }
                        }),
                Fault.of(
                        "PRIV-02",
                        "takes HLT for an instruction that does nothing",
                        parts -> parts.privilegedInstructions = ignoring(HLT)),
                Fault.of(
                        "PRIV-03",
                        "leaves the upper half of a control register's value out",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            protected int readControl(Vcpu v, int register) {
                                return super.readControl(v, register) & 0xFFFF;
                            }
                        }),
                Fault.of(
                        "PRIV-04",
                        "swallows forbidden writes to control registers",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            protected boolean writeControl(Vcpu v, int register, int value) {
                                return super.writeControl(v, register, value) || register != 3;
                            }
                        }),
                Fault.of(
                        "PRIV-17",
                        "has no interval timer",
                        parts -> parts.ioInstructions = new IoInstructions() {
                            @Override
                            protected int input(Vcpu v, int port, int size) {
                                return -1;
                            }
                        }),
                Fault.of(
                        "PRIV-05",
                        "emulates the user's privileged instructions too",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            protected boolean mayEmulate(Vcpu v) {
                                return true;
                            }
                        }),
                Fault.of(
                        "PRIV-05",
                        "lets the user use ports with the kernel's level",
                        parts -> parts.ioInstructions = new IoInstructions() {
                            @Override
                            protected boolean privileged(Vcpu v) {
                                return level(v) >= 1;
                            }
                        }),
                Fault.of(
                        "PRIV-06",
                        "lets HLT pass without sleeping",
                        parts -> parts.privilegedInstructions = ignoring(HLT)),
                Fault.of(
                        "PRIV-07",
                        "never sets the task-switched flag",
                        parts -> parts.fpuSwitch = new FpuSwitch() {
                            @Override
                            public int set(Vcpu v, boolean taskSwitched) {
                                return super.set(v, false);
                            }
                        }),
                Fault.of(
                        "PRIV-08",
                        "gives a page fault's address rounded down to its page",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            public void pageFault(Vcpu v, int address, int errorCode) {
                                super.pageFault(v, address & 0xFFFFF000, errorCode);
                            }
                        }),
                Fault.of(
                        "PRIV-09",
                        "takes breakpoints in its own range",
                        parts -> parts.debugRegisters = new DebugRegisters() {
                            @Override
                            protected boolean breakpointAllowed(Vcpu v, int address) {
                                return true;
                            }
                        }),
                Fault.of(
                        "PRIV-09",
                        "gives DR6 where DR7 is asked for",
                        parts -> parts.debugRegisters = new DebugRegisters() {
                            @Override
                            public int get(Vcpu v, int number) {
                                return super.get(v, number == 7 ? 6 : number);
                            }
                        }),
                Fault.of(
                        "PRIV-10",
                        "does not know the prefix",
                        parts -> parts.forcedEmulation = new ForcedEmulation() {
                            @Override
                            public boolean emulate(Vcpu v) {
                                return false;
                            }
                        }),
                Fault.of(
                        "PRIV-10",
                        "passes over the prefix before any instruction",
                        parts -> parts.forcedEmulation = new ForcedEmulation() {
                            @Override
                            public boolean emulate(Vcpu v) {
                                if (super.emulate(v)) {
                                    return true;
                                }
                                boolean prefixed = TrapFaults.at(v, PREFIX);
                                v.cpu().state().eip += prefixed ? PREFIX.length : 0;
                                return prefixed;
                            }
                        }),
                Fault.of(
                        "PRIV-11",
                        "hides nothing in its view of CPUID",
                        parts -> parts.forcedEmulation = new ForcedEmulation() {
                            @Override
                            protected int hidden(Vcpu v) {
                                return 0;
                            }
                        }),
                Fault.of(
                        "PRIV-13",
                        "has the processor hide what its own view hides",
                        parts -> parts.cpuConfig = parts.cpuConfig.withCpuid(withoutLargePages())),
                Fault.of(
                        "PRIV-14",
                        "clears the direction flag when it emulates an instruction",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            public boolean emulate(Vcpu v) {
                                boolean done = super.emulate(v);
                                if (done) {
                                    CpuState state = v.cpu().state();
                                    state.eflags(state.eflags() & ~CpuState.DF);
                                }
                                return done;
                            }
                        }),
                Fault.of(
                        "PRIV-14",
                        "clobbers ECX before it finds that it cannot emulate",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            public boolean emulate(Vcpu v) {
                                boolean done = super.emulate(v);
                                if (!done) {
                                    v.cpu().state().r[CpuState.ECX] = 0;
                                }
                                return done;
                            }
                        }));
    }

    private static CpuidTable withoutLargePages() {
        CpuidTable.Leaf leaf = CpuidTable.standard().leaf(1);
        int shown = leaf.edx() & ~(CpuidTable.PSE | CpuidTable.PGE);
        return CpuidTable.standard().with(1, new CpuidTable.Leaf(leaf.eax(), leaf.ebx(), leaf.ecx(), shown));
    }

    private static PrivilegedInstructions ignoring(int wanted) {
        return new PrivilegedInstructions() {
            @Override
            protected boolean ignored(Vcpu v, int opcode) {
                return opcode == wanted;
            }
        };
    }
}
