package org.ringone.faulty;

import java.util.Arrays;
import java.util.List;
import org.ringone.reference.GuestCopy;
import org.ringone.reference.Vcpu;
import org.ringone.reference.VcpuOps;
import org.ringone.reference.memory.MemoryRules;
import org.ringone.reference.memory.TypeRules;
import org.ringone.xen.SharedInfo;

/** Faults of isolation (area SAFE). */
final class SafetyFaults {

    private static final boolean[] KNOWN = new boolean[SharedInfo.MAX_VCPUS];

    static {
        Arrays.fill(KNOWN, true);
    }

    private SafetyFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "SAFE-01",
                        "gives every domain access to every frame",
                        parts -> parts.memoryRules = MemoryRules.reference().with(new TypeRules() {
                            @Override
                            public boolean accessible(int owner, int domid) {
                                return true;
                            }
                        })),
                Fault.of(
                        "SAFE-02",
                        "looks only at the start of what a pointer points to",
                        parts -> parts.guestCopy = new GuestCopy() {
                            @Override
                            public boolean inGuestRange(int address, long size) {
                                return super.inGuestRange(address, 1);
                            }
                        }),
                Fault.of(
                        "SAFE-02",
                        "writes to pages that the guest may only read",
                        parts -> parts.guestCopy = new GuestCopy() {
                            @Override
                            protected long writable(Vcpu v, int linear) {
                                return readable(v, linear);
                            }
                        }),
                Fault.of(
                        "SAFE-03",
                        "falls over a vcpu number that is none",
                        parts -> parts.vcpuOps = new VcpuOps() {
                            @Override
                            public int operation(Vcpu v, int command, int number, int argument) {
                                return number < 0 || KNOWN[number] ? super.operation(v, command, number, argument) : 0;
                            }
                        }),
                new Fault(
                        "SAFE-04",
                        "loses a little memory with every domain that it destroys",
                        new ForgetfulHypervisor("faulty-safe-04-loses-memory", ForgetfulHypervisor.Forgets.DESTROYED)));
    }
}
