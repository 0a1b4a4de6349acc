package org.ringone.properties.tables;

import java.util.HashMap;
import java.util.Map;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Link;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Unlink;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;

/**
 * The rules of page tables over a handful of pages, as plain bookkeeping: what each page holds, how often it is mapped
 * writable, and how often it is used as a table (PT-01 to PT-05, PT-13, PT-14, PT-18).
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
        /** The rules leave it open: it is not tried. */
        OPEN
    }

    private static final int NOT_A_TABLE = 0;

    private final PageState[] pages;
    private final int[] regions;

    private static final class PageState {
        /** 1 or 2 while in table use, else what it was last, else {@link #NOT_A_TABLE}. */
        private int level = NOT_A_TABLE;

        private int tableUses;
        private int writableMappings;
        private boolean pinned;
        private Mapping own;
        private final Map<Integer, Mapping> entries = new HashMap<>();

        void mapWritable() {
            writableMappings++;
            level = NOT_A_TABLE;
        }
    }

    /** All pages mapped writable at their own addresses and empty, no region in use. */
    public TableModel(int pageCount, int regionCount) {
        pages = new PageState[pageCount];
        for (int i = 0; i < pageCount; i++) {
            pages[i] = new PageState();
            pages[i].own = new Mapping(i, true);
            pages[i].writableMappings = 1;
        }
        regions = new int[regionCount];
        java.util.Arrays.fill(regions, -1);
    }

    /** What the rules say of the operation; when it is accepted, the model does it. */
    public Expected perform(TableOperation operation) {
        if (isOpen(operation)) {
            return Expected.OPEN;
        }
        return accepts(operation) ? Expected.ACCEPTED : Expected.REFUSED;
    }

    /** How a page is mapped at its own address; null when it is not. */
    public Mapping own(int page) {
        return pages[page].own;
    }

    /** What an entry of a page holds; null when it is not present. */
    public Mapping entry(int page, int slot) {
        return pages[page].entries.get(slot);
    }

    /** Whether the page could be mapped writable now (PT-22). */
    public boolean mayBeWritable(int page) {
        return pages[page].tableUses == 0;
    }

    private boolean isOpen(TableOperation operation) {
        if (!(operation instanceof WriteEntry write)) {
            return false;
        }
        PageState page = pages[write.page()];
        if (write.route() == Route.STORE) {
            return false;
        }
        if (page.tableUses == 0) {
            // A page that was a table and has no use at present may still be treated as the table it was.
            return page.writableMappings == 0 && page.level != NOT_A_TABLE;
        }
        // In a live L2 only the frame decides whether the entry is looked at again.
        Mapping old = page.entries.get(write.slot());
        return page.level == 2
                && old != null
                && write.entry() != null
                && old.target() == write.entry().target()
                && old.writable() != write.entry().writable();
    }

    private boolean accepts(TableOperation operation) {
        if (operation instanceof Remap remap) {
            return remap(remap);
        }
        if (operation instanceof WriteEntry write) {
            return write(write);
        }
        if (operation instanceof Pin pin) {
            return pin(pin);
        }
        if (operation instanceof Unpin unpin) {
            return unpin(pages[unpin.page()], unpin.page());
        }
        if (operation instanceof Link link) {
            return link(link);
        }
        int region = ((Unlink) operation).region();
        if (regions[region] >= 0) {
            release(regions[region]);
            regions[region] = -1;
        }
        return true;
    }

    private boolean remap(Remap remap) {
        PageState page = pages[remap.page()];
        Mapping wanted =
                remap.access() == Access.NONE ? null : new Mapping(remap.page(), remap.access() == Access.READ_WRITE);
        boolean was = page.own != null && page.own.writable();
        boolean will = wanted != null && wanted.writable();
        if (will && !was) {
            if (page.tableUses > 0) {
                return false;
            }
            page.mapWritable();
        } else if (was && !will) {
            page.writableMappings--;
        }
        page.own = wanted;
        return true;
    }

    private boolean write(WriteEntry write) {
        PageState page = pages[write.page()];
        if (write.route() == Route.STORE && (page.own == null || !page.own.writable())) {
            return false;
        }
        Mapping old = page.entries.get(write.slot());
        if (page.tableUses > 0 && !replace(write.page(), old, write.entry())) {
            return false;
        }
        if (write.entry() == null) {
            page.entries.remove(write.slot());
        } else {
            page.entries.put(write.slot(), write.entry());
        }
        return true;
    }

    private boolean replace(int table, Mapping old, Mapping wanted) {
        int level = pages[table].level;
        if (wanted != null && !wanted.equals(old) && !take(table, level, wanted)) {
            return false;
        }
        if (old != null && !old.equals(wanted)) {
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

    private boolean unpin(PageState page, int number) {
        if (!page.pinned) {
            return false;
        }
        page.pinned = false;
        release(number);
        return true;
    }

    private boolean link(Link link) {
        int old = regions[link.region()];
        if (old == link.page()) {
            return true;
        }
        if (!use(link.page(), 1)) {
            return false;
        }
        if (old >= 0) {
            release(old);
        }
        regions[link.region()] = link.page();
        return true;
    }

    /** One more use of a page as a table of that level: validates it if it is the first. */
    private boolean use(int number, int level) {
        PageState page = pages[number];
        if (page.tableUses > 0) {
            if (page.level != level) {
                return false;
            }
            page.tableUses++;
            return true;
        }
        if (page.writableMappings > 0) {
            return false;
        }
        page.level = level;
        page.tableUses = 1;
        int[] slots =
                page.entries.keySet().stream().mapToInt(slot -> slot).sorted().toArray();
        for (int i = 0; i < slots.length; i++) {
            if (!take(number, level, page.entries.get(slots[i]))) {
                while (--i >= 0) {
                    drop(number, level, page.entries.get(slots[i]));
                }
                page.tableUses = 0;
                page.level = NOT_A_TABLE;
                return false;
            }
        }
        return true;
    }

    /** One use of a page as a table less: the last one gives back all that it maps. */
    private void release(int number) {
        PageState page = pages[number];
        page.tableUses--;
        if (page.tableUses == 0) {
            page.entries.values().forEach(entry -> drop(number, page.level, entry));
        }
    }

    private boolean take(int table, int level, Mapping entry) {
        PageState target = pages[entry.target()];
        if (level == 1) {
            if (!entry.writable()) {
                return true;
            }
            if (target.tableUses > 0) {
                return false;
            }
            target.mapWritable();
            return true;
        }
        if (use(entry.target(), 1)) {
            return true;
        }
        // A linear entry: read-only, to the table itself or to another one of its level (PT-18).
        if (entry.writable()) {
            return false;
        }
        if (entry.target() == table) {
            return true;
        }
        if (target.tableUses > 0 && target.level == 2) {
            target.tableUses++;
            return true;
        }
        return false;
    }

    private void drop(int table, int level, Mapping entry) {
        if (level == 1) {
            if (entry.writable()) {
                pages[entry.target()].writableMappings--;
            }
        } else if (entry.target() != table) {
            release(entry.target());
        }
    }
}
