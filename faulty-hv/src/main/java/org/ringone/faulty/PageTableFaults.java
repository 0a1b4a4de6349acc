package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.ReferenceParts;
import org.ringone.reference.memory.BatchRules;
import org.ringone.reference.memory.EntryChecks;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.TypeRules;

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
}
