package org.ringone.faulty;

import java.util.Arrays;
import java.util.List;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.Vector;
import org.ringone.reference.DebugRegisters;
import org.ringone.reference.DescriptorChecks;
import org.ringone.reference.Exceptions;
import org.ringone.reference.GuestCallbacks;
import org.ringone.reference.GuestReturn;
import org.ringone.reference.InterruptReturn;
import org.ringone.reference.SoftwareInterrupts;
import org.ringone.reference.TrapDelivery;
import org.ringone.reference.TrapTableHypercall;
import org.ringone.reference.Vcpu;

/** Faults of traps and of the failsafe callback (areas TRAP and UPC). */
final class TrapFaults {

    private static final int CS = 1;
    private static final int FLAT_RING1_CS = 0xE019;
    private static final int IF = 0x200;
    private static final int ENABLES = 0xFF;
    private static final byte[] SYSENTER = {0x0F, 0x34};
    private static final int[] DATA = {0, 3, 4, 5};

    private TrapFaults() {}

    /** Whether those bytes lie where the vcpu's guest runs. */
    static boolean at(Vcpu v, byte[] instruction) {
        CpuState state = v.cpu().state();
        byte[] code = new byte[instruction.length];
        return v.cpu().mmu().read(state.base(CS) + state.eip, code, 0, code.length, false)
                && Arrays.equals(code, instruction);
    }

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "TRAP-01",
                        "keeps the handlers when the table is NULL",
                        parts -> parts.trapTable = new TrapTableHypercall() {
                            @Override
                            public int set(Vcpu v, int table) {
                                return table == 0 ? 0 : super.set(v, table);
                            }
                        }),
                Fault.of(
                        "TRAP-02",
                        "saves the processor's IF in place of the guest's",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected int savedFlags(Vcpu v, int savedMask) {
                                return super.savedFlags(v, savedMask) | IF;
                            }
                        }),
                Fault.of(
                        "TRAP-03",
                        "lets everybody raise every vector",
                        parts -> parts.softwareInterrupts = new SoftwareInterrupts() {
                            @Override
                            public boolean permitted(Vcpu v, int vector) {
                                return true;
                            }
                        }),
                Fault.of(
                        "TRAP-04",
                        "takes code selectors as they come",
                        parts -> parts.descriptorChecks = new DescriptorChecks() {
                            @Override
                            public int codeSelector(int selector) {
                                return selector & 0xFFFF;
                            }
                        }),
                Fault.of(
                        "TRAP-06",
                        "delivers INT 0x80 like any other vector",
                        parts -> parts.softwareInterrupts = new SoftwareInterrupts() {
                            @Override
                            public void handlerChanged(Vcpu v) {
                                // no direct gate
                            }
                        }),
                Fault.of(
                        "TRAP-08",
                        "takes the kernel's stack selector as it comes",
                        parts -> parts.descriptorChecks = new DescriptorChecks() {
                            @Override
                            public int stackSelector(int selector) {
                                return selector & 0xFFFF;
                            }
                        }),
                Fault.of(
                        "TRAP-09",
                        "passes over an exception that it cannot deliver",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected void undeliverable(Vcpu v, String why) {
                                v.cpu().state().eip += 2;
                            }
                        }),
                Fault.of(
                        "TRAP-10",
                        "leaves the event mask alone in iret",
                        parts -> parts.interruptReturn = new InterruptReturn() {
                            @Override
                            protected void setMask(Vcpu v, boolean masked) {
                                // the fault
                            }
                        }),
                Fault.of(
                        "TRAP-05",
                        "gives error codes of stack and presence faults the bit of external events",
                        parts -> parts.exceptions = new Exceptions() {
                            @Override
                            public void handle(Vcpu v, int vector, int errorCode) {
                                boolean touched = vector == Vector.NP || vector == Vector.SS;
                                super.handle(v, vector, touched ? errorCode | Vector.EXT : errorCode);
                            }
                        }),
                Fault.of(
                        "TRAP-07",
                        "takes SYSENTER for an instruction that does nothing",
                        parts -> parts.exceptions = new Exceptions() {
                            @Override
                            public void generalProtection(Vcpu v, int errorCode) {
                                if (at(v, SYSENTER)) {
                                    v.cpu().state().eip += SYSENTER.length;
                                } else {
                                    super.generalProtection(v, errorCode);
                                }
                            }
                        }),
                Fault.of(
                        "TRAP-11",
                        "stops single-stepping at the first step",
                        parts -> parts.exceptions = new Exceptions() {
                            @Override
                            protected void debug(Vcpu v) {
                                CpuState state = v.cpu().state();
                                state.eflags(state.eflags() & ~CpuState.TF);
                                super.debug(v);
                            }
                        }),
                Fault.of(
                        "TRAP-11",
                        "arms no breakpoint",
                        parts -> parts.debugRegisters = new DebugRegisters() {
                            @Override
                            public int set(Vcpu v, int number, int value) {
                                return super.set(v, number, number == 7 ? value & ~ENABLES : value);
                            }
                        }),
                Fault.of(
                        "UPC-01",
                        "accepts every command of callback_op",
                        parts -> parts.callbacks = new GuestCallbacks() {
                            @Override
                            public int callbackOp(Vcpu v, int command, int argument) {
                                super.callbackOp(v, command, argument);
                                return 0;
                            }
                        }),
                Fault.of(
                        "UPC-02",
                        "starts frames from an outer ring below the top of the kernel's stack",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected int kernelStackPointer(Vcpu v) {
                                return super.kernelStackPointer(v) - 16;
                            }
                        }),
                Fault.of(
                        "UPC-05",
                        "masks events where it cannot deliver one",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            protected void undeliverable(Vcpu v, String why) {
                                v.domain().shared().setUpcallMask(v.vcpuId(), 1);
                            }
                        }),
                Fault.of(
                        "UPC-03",
                        "puts null where a data selector cannot be reloaded, and says nothing",
                        parts -> parts.guestReturn = new GuestReturn() {
                            @Override
                            protected boolean restore(Vcpu v) {
                                if (!super.restore(v)) {
                                    for (int segment : DATA) {
                                        v.setSelector(segment, 0);
                                    }
                                }
                                return super.restore(v);
                            }
                        }),
                Fault.of(
                        "UPC-04",
                        "returns to the flat code segment where the guest's own is bad",
                        parts -> parts.guestReturn = new GuestReturn() {
                            @Override
                            protected boolean restore(Vcpu v) {
                                if (!super.restore(v)) {
                                    v.setSelector(CS, FLAT_RING1_CS);
                                }
                                return super.restore(v);
                            }
                        }));
    }
}
