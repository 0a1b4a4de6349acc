package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.memory.BatchRules;
import org.ringone.reference.memory.Caller;
import org.ringone.reference.memory.EntryChecks;
import org.ringone.reference.memory.FlushRules;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.StoreRules;
import org.ringone.reference.memory.TypeRules;
import org.ringone.reference.memory.UpdateKind;

/** Faults of page tables (area PT). */
final class PageTableFaults {

    private static final long AVAIL = 0xE00;
    private static final long GLOBAL = 0x100;

    private PageTableFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "PT-01",
                        "leaves stale writable translations when a page becomes a table",
                        parts -> types(parts, new TypeRules() {
                            @Override
                            public boolean staleTranslationsMatter(PageType from, PageType to) {
                                return false;
                            }
                        })),
                Fault.of(
                        "PT-02",
                        "maps a table writable when asked to",
                        parts -> types(parts, new TypeRules() {
                            @Override
                            public boolean conflict(PageType held, PageType wanted) {
                                return !(held.table() && wanted == PageType.WRITABLE) && super.conflict(held, wanted);
                            }
                        })),
                Fault.of(
                        "PT-03",
                        "makes a table of a page that is mapped writable",
                        parts -> types(parts, new TypeRules() {
                            @Override
                            public boolean conflict(PageType held, PageType wanted) {
                                return !(held == PageType.WRITABLE && wanted.table()) && super.conflict(held, wanted);
                            }
                        })),
                Fault.of(
                        "PT-04",
                        "does not look at the bits of entries when a page becomes a table",
                        parts -> entries(parts, new EntryChecks() {
                            @Override
                            public boolean inNewTable(PageType level, long entry) {
                                return true;
                            }
                        })),
                Fault.of(
                        "PT-04",
                        "lets the fourth slot of a live L3 be emptied",
                        parts -> entries(parts, new EntryChecks() {
                            @Override
                            public boolean changeable(int l3Slot) {
                                return true;
                            }
                        })),
                Fault.of(
                        "PT-05",
                        "lets a guest map frames of anybody",
                        parts -> types(parts, new TypeRules() {
                            @Override
                            public boolean accessible(int owner, int domid) {
                                return true;
                            }
                        })),
                Fault.of(
                        "PT-06",
                        "accepts GLOBAL in an L1 entry",
                        parts -> entries(parts, new EntryChecks() {
                            @Override
                            public boolean l1(long entry) {
                                return super.l1(entry & ~GLOBAL);
                            }
                        })),
                Fault.of(
                        "PT-07",
                        "refuses changes of the bits that are the guest's own",
                        parts -> entries(parts, new EntryChecks() {
                            @Override
                            public boolean l1(long entry) {
                                return (entry & AVAIL) == 0 && super.l1(entry);
                            }
                        })),
                Fault.of(
                        "PT-08",
                        "goes on behind a refused element",
                        parts -> batches(parts, new BatchRules() {
                            @Override
                            public boolean goesOn(int result) {
                                return true;
                            }
                        })),
                Fault.of(
                        "PT-08",
                        "counts the refused element as done",
                        parts -> batches(parts, new BatchRules() {
                            @Override
                            public int doneOut(int before, int done) {
                                return super.doneOut(before, done) + 1;
                            }
                        })),
                Fault.of(
                        "PT-09",
                        "says that a machine-to-physical entry of a foreign frame was set",
                        parts -> batches(parts, new BatchRules() {
                            @Override
                            public int outcome(UpdateKind kind, boolean accepted) {
                                return super.outcome(kind, accepted || kind == UpdateKind.MACHINE_TO_PHYSICAL);
                            }
                        })),
                Fault.of(
                        "PT-10",
                        "emulates misaligned stores to page tables as well",
                        parts -> stores(parts, new StoreRules() {
                            @Override
                            public boolean wellPlaced(int linear, int size, int faulting) {
                                return true;
                            }
                        })),
                Fault.of(
                        "PT-10",
                        "never emulates a store to a page table",
                        parts -> stores(parts, new StoreRules() {
                            @Override
                            public boolean emulated(PageType table, boolean assist) {
                                return false;
                            }
                        })),
                Fault.of(
                        "PT-11",
                        "emulates stores to page tables without being asked to",
                        parts -> stores(parts, new StoreRules() {
                            @Override
                            public boolean emulated(PageType table, boolean assist) {
                                return super.emulated(table, true);
                            }
                        })),
                Fault.of(
                        "PT-12",
                        "forgets to flush the page",
                        parts -> flushes(parts, new FlushRules() {
                            @Override
                            public void flushPage(Caller caller, int linear, int vcpus) {
                                // the stale translation stays
                            }
                        })),
                Fault.of(
                        "PT-13",
                        "accepts a second pin of a table",
                        parts -> types(parts, new TypeRules() {
                            @Override
                            public boolean pinnable(boolean pinned) {
                                return true;
                            }
                        })),
                Fault.of(
                        "PT-14",
                        "never lets a former table be mapped writable",
                        parts -> types(parts, new TypeRules() {
                            @Override
                            public boolean reusable(PageType last, PageType wanted) {
                                return !(last.table() && wanted == PageType.WRITABLE);
                            }
                        })));
    }

    private static void types(ReferenceParts.Builder parts, TypeRules rules) {
        parts.memoryRules = parts.memoryRules.with(rules);
    }

    private static void entries(ReferenceParts.Builder parts, EntryChecks checks) {
        parts.memoryRules = parts.memoryRules.with(checks);
    }

    private static void batches(ReferenceParts.Builder parts, BatchRules rules) {
        parts.memoryRules = parts.memoryRules.with(rules);
    }

    private static void stores(ReferenceParts.Builder parts, StoreRules rules) {
        parts.memoryRules = parts.memoryRules.with(rules);
    }

    private static void flushes(ReferenceParts.Builder parts, FlushRules rules) {
        parts.memoryRules = parts.memoryRules.with(rules);
    }
}
