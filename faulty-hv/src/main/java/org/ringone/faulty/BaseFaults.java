package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.PrivilegedInstructions;
import org.ringone.reference.Vcpu;
import org.ringone.reference.memory.EntryChecks;
import org.ringone.reference.memory.MemoryRules;
import org.ringone.reference.memory.TypeRules;

/** Faults of the tables at the top and of what other domains may do to them: rules PT-15 to PT-18 and PT-26. */
final class BaseFaults {

    private static final int CR3 = 3;
    private static final int CACHING = 0x18;

    private BaseFaults() {}

    static List<Fault> all() {
        return List.of(
                entries("PT-15", "lets slot 3 of a live L3 change", new EntryChecks() {
                    @Override
                    public boolean changeable(int l3Slot) {
                        return true;
                    }
                }),
                entries("PT-15", "does without slot 3", new EntryChecks() {
                    @Override
                    public boolean l3Slot3(long entry, int uses) {
                        return true;
                    }
                }),
                Fault.of(
                        "PT-16",
                        "goes on after a MOV to CR3 that it refuses",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            protected boolean writeControl(Vcpu v, int register, int value) {
                                return super.writeControl(v, register, value) || register == CR3;
                            }
                        }),
                Fault.of(
                        "PT-17",
                        "shows caching bits in CR3",
                        parts -> parts.privilegedInstructions = new PrivilegedInstructions() {
                            @Override
                            protected int readControl(Vcpu v, int register) {
                                int value = super.readControl(v, register);
                                return register == CR3 ? value | CACHING : value;
                            }
                        }),
                entries("PT-18", "takes linear tables writable", new EntryChecks() {
                    @Override
                    public boolean linear(long entry) {
                        return true;
                    }
                }),
                Fault.of(
                        "PT-26",
                        "lets every domain act on any other",
                        parts -> parts.memoryRules = MemoryRules.reference().with(new TypeRules() {
                            @Override
                            public boolean foreign(boolean privileged) {
                                return true;
                            }
                        })));
    }

    private static Fault entries(String rule, String wrong, EntryChecks checks) {
        return Fault.of(
                rule,
                wrong,
                parts -> parts.memoryRules = MemoryRules.reference().with(checks));
    }
}
