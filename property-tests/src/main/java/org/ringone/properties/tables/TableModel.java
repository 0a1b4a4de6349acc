package org.ringone.properties.tables;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Assist;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Store;
import org.ringone.properties.tables.TableOperation.StoreEntry;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;

/**
 * The rules of page tables over a handful of pages, as plain bookkeeping: what each page holds, how often it is mapped
 * writable, and how often it is used as a table (PT-01 to PT-06, PT-10, PT-11, PT-13 to PT-16, PT-18).
 *
 * <p>It knows nothing of machine frames, of tables' places or of any hypervisor.
 */
public final class TableModel {

    /** What the rules say of an operation. */
    public enum Expected {
        /** It takes effect. */
        ACCEPTED,
        /** It is refused and changes nothing. */
        REFUSED,
        /** It is cut short by a fault and changes nothing. */
        FAULTED,
        /** The rules leave it open: it is not tried. */
        OPEN
    }

    /** Levels of tables. */
    static final int L1 = 1;

    static final int L2 = 2;
    static final int L3 = 3;

    /** An L2 in slot 3 of an L3: it holds the hypervisor's own slots (PT-15). */
    static final int TOP_L2 = 4;

    private static final int NOT_A_TABLE = 0;
    private static final int LAST_SLOT = 3;

    private final TableRules rules;
    private final PageState[] pages;
    private int base = TableTrial.BOOT_ROOT;
    private boolean assist;

    private static final class PageState {
        /** The level while in table use, else what it was last, else {@link #NOT_A_TABLE}. */
        private int level = NOT_A_TABLE;

        private int tableUses;
        private int writableMappings;
        private boolean pinned;

        /** A processor may still know a writable mapping that is gone from the tables. */
        private boolean stale;

        private Access own;

        /** A processor has walked it as a base. */
        private boolean walked;

        /** What it holds where the model does not look makes it no L1, or no table but a {@link #TOP_L2} either. */
        private boolean kernelTables;

        private boolean hypervisorSlots;
        private final Map<Integer, Mapping> entries = new TreeMap<>();

        void mapWritable() {
            writableMappings++;
            level = NOT_A_TABLE;
        }
    }

    /** Pages writable at their own addresses and empty; the top table and its L2 filled, read-only, in no use yet. */
    TableModel(TableRules rules) {
        this.rules = rules;
        pages = new PageState[TableTrial.BOOT_TOP + 1];
        Arrays.setAll(pages, i -> new PageState());
        for (int i = 0; i < TableTrial.PAGES; i++) {
            pages[i].own = Access.READ_WRITE;
            pages[i].writableMappings = 1;
        }
        for (int i = TableTrial.PAGES; i < pages.length; i++) {
            pages[i].own = Access.READ_ONLY;
        }
        pages[TableTrial.ROOT].entries.put(LAST_SLOT, TableTrial.SLOT_OF_TOP);
        pages[TableTrial.TOP].kernelTables = true;
        pages[TableTrial.BOOT_TOP].level = TOP_L2;
        pages[TableTrial.BOOT_TOP].tableUses = 1;
    }

    /** What the rules say of an operation that is not several; when it is accepted, the model does it. */
    Expected perform(TableOperation operation) {
        if (isOpen(operation)) {
            return Expected.OPEN;
        }
        if (operation instanceof StoreEntry store) {
            return store(store) ? Expected.ACCEPTED : Expected.FAULTED;
        }
        boolean accepted = accepts(operation);
        boolean byInstruction = operation instanceof NewBase load && load.byInstruction()
                || operation instanceof Remap remap && remap.route() == Route.STORE;
        return accepted ? Expected.ACCEPTED : byInstruction ? Expected.FAULTED : Expected.REFUSED;
    }

    /** How a page is mapped at its own address. */
    Access own(int page) {
        return pages[page].own;
    }

    /** What an entry of a page holds. */
    Mapping entry(int page, int slot) {
        return pages[page].entries.getOrDefault(slot, Mapping.NONE);
    }

    /** Whether the page could be mapped writable now (PT-22). */
    boolean mayBeWritable(int page) {
        return pages[page].tableUses == 0;
    }

    private boolean isOpen(TableOperation operation) {
        if (operation instanceof WriteEntry write) {
            return openWrite(pages[write.table()], write.slot(), entry(write.table(), write.slot()), write.entry());
        }
        if (operation instanceof StoreEntry store) {
            return openStore(store);
        }
        if (operation instanceof Remap remap) {
            return remap.route() == Route.STORE && !assist && rules.openWithoutAssist();
        }
        if (operation instanceof Pin pin) {
            return !pages[pin.page()].pinned && meetsOpen(pin.page(), pin.level());
        }
        return operation instanceof NewBase load && load.page() != TableTrial.BOOT_ROOT && meetsOpen(load.page(), L3);
    }

    private boolean openWrite(PageState page, int slot, Mapping old, Mapping entry) {
        if (page.tableUses == 0) {
            // A page that was a table and has no use at present may still be treated as the table it was.
            return page.writableMappings == 0 && page.level != NOT_A_TABLE;
        }
        return openReplacement(page.level, slot, old, entry);
    }

    private boolean openReplacement(int level, int slot, Mapping old, Mapping entry) {
        if (!entry.present()) {
            return false;
        }
        // In a live L2 only the frame decides whether the entry is looked at again.
        boolean sameFrame = old.present() && old.target() == entry.target();
        return level != L1 && sameFrame && old.writable() != entry.writable() || meetsOpen(level, slot, entry);
    }

    private boolean openStore(StoreEntry store) {
        PageState page = pages[store.table()];
        if (page.stale) {
            return true;
        }
        if (page.own != Access.READ_ONLY || page.tableUses == 0 || page.level != L1) {
            return false;
        }
        if (!assist) {
            return rules.openWithoutAssist();
        }
        Mapping old = entry(store.table(), store.slot());
        Mapping entry = store.by().applied(old, store.value());
        boolean badHighHalf = store.by() == Store.HIGH && entry.present() && !rules.bits(L1, entry);
        return badHighHalf && !rules.refusesBadHighHalf() || openReplacement(L1, store.slot(), old, entry);
    }

    /** Whether validating a page, if it came to that, might meet an entry that the rules leave open. */
    private boolean meetsOpen(int number, int level) {
        PageState page = pages[number];
        return page.tableUses == 0
                && page.writableMappings == 0
                && (level == L3 && (page.walked && rules.marksBases() || page.kernelTables && rules.wideHost())
                        || page.entries.entrySet().stream()
                                .filter(entry -> level != L3 || entry.getKey() <= LAST_SLOT)
                                .anyMatch(entry -> meetsOpen(level, entry.getKey(), entry.getValue())));
    }

    private boolean meetsOpen(int level, int slot, Mapping entry) {
        int below = level == L3 ? slot == LAST_SLOT ? TOP_L2 : L2 : L1;
        return entry.present()
                && (rules.open(level, entry) || level != L1 && entry.target() >= 0 && meetsOpen(entry.target(), below));
    }

    private boolean accepts(TableOperation operation) {
        if (operation instanceof Remap remap) {
            return (remap.route() != Route.STORE || assist) && remap(remap);
        }
        if (operation instanceof WriteEntry write) {
            return write(write.table(), write.slot(), write.entry());
        }
        if (operation instanceof Pin pin) {
            return pin(pin);
        }
        if (operation instanceof Unpin unpin) {
            return unpin(unpin.page());
        }
        if (operation instanceof NewBase load) {
            return newBase(load.page());
        }
        assist = ((Assist) operation).on();
        return true;
    }

    private boolean remap(Remap remap) {
        PageState page = pages[remap.page()];
        boolean was = page.own == Access.READ_WRITE;
        boolean will = remap.access() == Access.READ_WRITE;
        if (will && !was) {
            if (page.tableUses > 0) {
                return false;
            }
            page.mapWritable();
        } else if (was && !will) {
            page.writableMappings--;
        }
        page.own = remap.access();
        page.stale = remap.route() == Route.UNFLUSHED && (page.stale || was && !will);
        return true;
    }

    private boolean store(StoreEntry store) {
        PageState page = pages[store.table()];
        Mapping entry = store.by().applied(entry(store.table(), store.slot()), store.value());
        if (page.own == Access.READ_WRITE) {
            page.entries.put(store.slot(), entry);
            return true;
        }
        boolean emulated = page.own == Access.READ_ONLY && page.tableUses > 0 && page.level == L1 && assist;
        return emulated && write(store.table(), store.slot(), entry);
    }

    private boolean write(int table, int slot, Mapping entry) {
        PageState page = pages[table];
        if (page.tableUses > 0) {
            if (page.level == L3 && slot >= LAST_SLOT || !replace(table, entry(table, slot), entry)) {
                return false;
            }
            page.entries.put(slot, rules.installed(page.level, entry));
            return true;
        }
        page.entries.put(slot, entry);
        return true;
    }

    private boolean replace(int table, Mapping old, Mapping wanted) {
        int level = pages[table].level;
        boolean same = old.present()
                && wanted.present()
                && old.target() == wanted.target()
                && old.writable() == wanted.writable();
        if (wanted.present() && (!rules.bits(level, wanted) || !same && !take(table, level, wanted))) {
            return false;
        }
        if (old.present() && !same) {
            drop(table, level, old);
        }
        return true;
    }

    private boolean pin(Pin pin) {
        PageState page = pages[pin.page()];
        if (page.pinned || !use(pin.page(), pin.level())) {
            return false;
        }
        page.pinned = true;
        return true;
    }

    private boolean unpin(int number) {
        if (!pages[number].pinned) {
            return false;
        }
        pages[number].pinned = false;
        release(number);
        return true;
    }

    private boolean newBase(int number) {
        if (number != TableTrial.BOOT_ROOT && !use(number, L3)) {
            return false;
        }
        if (base != TableTrial.BOOT_ROOT) {
            release(base);
            pages[base].walked = true;
        }
        base = number;
        for (PageState page : pages) {
            page.stale = false;
        }
        return true;
    }

    /** One more use of a page as a table of that level: validates it if it is the first. */
    private boolean use(int number, int level) {
        if (number < 0) {
            return false;
        }
        PageState page = pages[number];
        if (page.tableUses > 0) {
            if (page.level != level) {
                return false;
            }
            page.tableUses++;
            return true;
        }
        if (page.writableMappings > 0 || page.kernelTables && (level == L1 || level == L3)) {
            return false;
        }
        if (page.hypervisorSlots && level != TOP_L2) {
            return false;
        }
        int last = page.level;
        page.level = level;
        page.tableUses = 1;
        if (level == L3 && rules.wideHost()) {
            // The processor could look at all of them: the hypervisor clears the others whatever becomes of it.
            page.entries.keySet().removeIf(slot -> slot > LAST_SLOT);
        }
        int[] slots = page.entries.keySet().stream().mapToInt(slot -> slot).toArray();
        for (int i = 0; i < slots.length; i++) {
            Mapping entry = page.entries.get(slots[i]);
            if (level == L3 && slots[i] > LAST_SLOT) {
                break;
            }
            boolean good = !entry.present()
                    || rules.bits(level, entry)
                            && (level == L3 && slots[i] == LAST_SLOT
                                    ? use(entry.target(), TOP_L2)
                                    : take(number, level, entry));
            if (!good) {
                invalid(number, slots, i);
                page.level = last;
                return false;
            }
        }
        if (level == L3 && !wholeRoot(page)) {
            invalid(number, slots, slots.length);
            page.level = last;
            return false;
        }
        page.entries.replaceAll((slot, entry) -> slot > LAST_SLOT ? entry : rules.installed(level, entry));
        page.hypervisorSlots |= level == TOP_L2;
        page.stale = false; // PT-01: whatever the guest asked for
        return true;
    }

    /** PT-15: slot 3 is there, and its L2 nobody else's. */
    private boolean wholeRoot(PageState page) {
        Mapping last = page.entries.getOrDefault(LAST_SLOT, Mapping.NONE);
        return last.present() && pages[last.target()].tableUses == 1;
    }

    /** Gives back what the first of a table's entries took. */
    private void invalid(int number, int[] slots, int taken) {
        PageState page = pages[number];
        for (int i = taken - 1; i >= 0; i--) {
            Mapping entry = page.entries.get(slots[i]);
            if (entry.present() && !(page.level == L3 && slots[i] > LAST_SLOT)) {
                drop(number, page.level, entry);
            }
        }
        page.tableUses = 0;
    }

    /** One use of a page as a table less: the last one gives back all that it maps. */
    private void release(int number) {
        PageState page = pages[number];
        page.tableUses--;
        if (page.tableUses == 0) {
            page.entries.forEach((slot, entry) -> {
                if (entry.present() && !(page.level == L3 && slot > LAST_SLOT)) {
                    drop(number, page.level, entry);
                }
            });
        }
    }

    private boolean take(int table, int level, Mapping entry) {
        if (entry.target() < 0) {
            return false;
        }
        PageState target = pages[entry.target()];
        if (level == L1) {
            if (!entry.writable()) {
                return true;
            }
            if (target.tableUses > 0) {
                return false;
            }
            target.mapWritable();
            return true;
        }
        if (level == L3) {
            return use(entry.target(), L2);
        }
        if (use(entry.target(), L1)) {
            return true;
        }
        // A linear entry: read-only, to the table itself or to another one of its level (PT-18).
        if (entry.writable()) {
            return false;
        }
        if (entry.target() == table) {
            return true;
        }
        if (target.tableUses > 0 && target.level == L2) {
            target.tableUses++;
            return true;
        }
        return false;
    }

    private void drop(int table, int level, Mapping entry) {
        if (level == L1) {
            if (entry.writable()) {
                pages[entry.target()].writableMappings--;
            }
        } else if (entry.target() != table) {
            release(entry.target());
        }
    }
}
