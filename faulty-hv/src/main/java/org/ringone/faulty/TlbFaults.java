package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.memory.BatchRules;
import org.ringone.reference.memory.Caller;
import org.ringone.reference.memory.FlushRules;
import org.ringone.xen.Errno;

/** Faults of TLB operations (area TLB). */
final class TlbFaults {

    private TlbFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "TLB-01",
                        "takes unknown commands for good ones",
                        parts -> batches(parts, new BatchRules() {
                            @Override
                            public int unknown() {
                                return 0;
                            }
                        })),
                Fault.of(
                        "TLB-01",
                        "says EINVAL to unknown commands",
                        parts -> batches(parts, new BatchRules() {
                            @Override
                            public int unknown() {
                                return Errno.EINVAL.result();
                            }
                        })),
                Fault.of(
                        "TLB-02",
                        "does not flush a whole TLB",
                        parts -> flushes(parts, new FlushRules() {
                            @Override
                            public void flushAll(Caller caller, int vcpus) {
                                // The translation that was asked to go stays.
                            }
                        })),
                Fault.of(
                        "TLB-02",
                        "does not flush one page's translation",
                        parts -> flushes(parts, new FlushRules() {
                            @Override
                            public void flushPage(Caller caller, int linear, int vcpus) {
                                // The translation that was asked to go stays.
                            }
                        })),
                Fault.of(
                        "TLB-03",
                        "flushes the caller's own TLB only",
                        parts -> flushes(parts, new FlushRules() {
                            @Override
                            public int reached(int asked, int self) {
                                return super.reached(asked, self) & 1 << self;
                            }
                        })));
    }

    private static void batches(ReferenceParts.Builder parts, BatchRules rules) {
        parts.memoryRules = parts.memoryRules.with(rules);
    }

    private static void flushes(ReferenceParts.Builder parts, FlushRules rules) {
        parts.memoryRules = parts.memoryRules.with(rules);
    }
}
