package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.TrapDelivery;
import org.ringone.reference.Vcpu;
import org.ringone.reference.memory.BatchRules;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.TypeRules;
import org.ringone.reference.memory.UpdateKind;

/** Faults of address spaces, page faults, batches and foreign domains (area PT, from PT-15). */
final class AddressSpaceFaults {

    private static final int PAGE_FAULT = 14;
    private static final int WRITE = 2;
    private static final int USER = 4;
    private static final int FETCH = 16;

    private AddressSpaceFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "PT-15",
                        "takes the L2 of slot 3 for one like others",
                        parts -> parts.memoryRules = parts.memoryRules.with(new TypeRules() {
                            @Override
                            public boolean conflict(PageType held, PageType wanted) {
                                return !(held == PageType.XEN_L2 && wanted == PageType.L2)
                                        && super.conflict(held, wanted);
                            }
                        })),
                Fault.of(
                        "PT-16",
                        "says of a base that it refused that it was taken",
                        parts -> outcome(parts, UpdateKind.NEW_BASE, true)),
                Fault.of("PT-19", "does not say that a fault was a fetch", parts -> code(parts, FETCH)),
                Fault.of("PT-20", "does not say that a fault was a write", parts -> code(parts, WRITE)),
                Fault.of(
                        "PT-20",
                        "gives the page's address instead of the one accessed",
                        parts -> parts.trapDelivery = new TrapDelivery() {
                            @Override
                            public void pageFault(Vcpu v, int address, int errorCode) {
                                super.pageFault(v, address & ~0xFFF, errorCode);
                            }
                        }),
                Fault.of("PT-21", "tells of ring 3's faults as of a supervisor's", parts -> code(parts, USER)),
                Fault.of(
                        "PT-22",
                        "lets pages of descriptors be mapped writable",
                        parts -> parts.memoryRules = parts.memoryRules.with(new TypeRules() {
                            @Override
                            public boolean conflict(PageType held, PageType wanted) {
                                return !(held == PageType.GDT && wanted == PageType.WRITABLE)
                                        && super.conflict(held, wanted);
                            }
                        })),
                Fault.of(
                        "PT-22",
                        "keeps a former L1 from being mapped writable",
                        parts -> parts.memoryRules = parts.memoryRules.with(new TypeRules() {
                            @Override
                            public boolean reusable(PageType last, PageType wanted) {
                                return !(last == PageType.L1 && wanted == PageType.WRITABLE);
                            }
                        })),
                Fault.of(
                        "PT-23",
                        "takes copies that map each other writable",
                        parts -> parts.memoryRules = parts.memoryRules.with(new TypeRules() {
                            @Override
                            public boolean conflict(PageType held, PageType wanted) {
                                return !(held.table() && wanted == PageType.WRITABLE) && super.conflict(held, wanted);
                            }
                        })),
                Fault.of("PT-23", "takes no base but the first", parts -> outcome(parts, UpdateKind.NEW_BASE, false)),
                Fault.of(
                        "PT-25",
                        "performs a part of a long batch only",
                        parts -> parts.memoryRules = parts.memoryRules.with(new BatchRules() {
                            @Override
                            public int length(int asked) {
                                return Math.min(asked, 256);
                            }
                        })));
    }

    /** What every request of that kind is answered. */
    private static void outcome(ReferenceParts.Builder parts, UpdateKind always, boolean good) {
        parts.memoryRules = parts.memoryRules.with(new BatchRules() {
            @Override
            public int outcome(UpdateKind kind, boolean accepted) {
                return super.outcome(kind, kind == always ? good : accepted);
            }
        });
    }

    /** Error codes of page faults lack a bit. */
    private static void code(ReferenceParts.Builder parts, int missing) {
        parts.trapDelivery = new TrapDelivery() {
            @Override
            public void trap(Vcpu v, int vector, int errorCode) {
                super.trap(v, vector, vector == PAGE_FAULT ? errorCode & ~missing : errorCode);
            }
        };
    }
}
