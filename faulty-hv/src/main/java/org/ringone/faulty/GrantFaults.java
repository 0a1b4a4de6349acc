package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.memory.GrantRules;

/** Faults of grant tables (area GNT). */
final class GrantFaults {

    private GrantFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "GNT-01",
                        "lists the first frame of the table again and again",
                        parts -> grants(parts, new GrantRules() {
                            @Override
                            public int listed(int[] frames, int place) {
                                return super.listed(frames, 0);
                            }
                        })),
                Fault.of(
                        "GNT-02",
                        "lets any domain use what is granted to one",
                        parts -> grants(parts, new GrantRules() {
                            @Override
                            public boolean granted(int flags, int grantee, int user) {
                                return super.granted(flags, user, user);
                            }
                        })),
                Fault.of(
                        "GNT-02",
                        "lets what is granted to read be written to",
                        parts -> grants(parts, new GrantRules() {
                            @Override
                            public boolean mayWrite(int flags) {
                                return true;
                            }
                        })),
                Fault.of(
                        "GNT-03",
                        "does not say that a grant is in use",
                        parts -> grants(parts, new GrantRules() {
                            @Override
                            public int inUse(int flags, boolean readOnly) {
                                return flags;
                            }
                        })),
                Fault.of(
                        "GNT-04",
                        "unmaps whatever it finds at the address",
                        parts -> grants(parts, new GrantRules() {
                            @Override
                            public boolean mapped(int mfnThere, int mfn) {
                                return true;
                            }
                        })),
                Fault.of(
                        "GNT-05",
                        "maps granted page tables writable",
                        parts -> grants(parts, new GrantRules() {
                            @Override
                            public boolean writes(boolean readOnly) {
                                return false;
                            }
                        })),
                Fault.of(
                        "GNT-06",
                        "copies frames of any domain by their numbers",
                        parts -> grants(parts, new GrantRules() {
                            @Override
                            public boolean copiesByNumber(int domid) {
                                return true;
                            }
                        })));
    }

    private static void grants(ReferenceParts.Builder parts, GrantRules rules) {
        parts.memoryRules = parts.memoryRules.with(rules);
    }
}
