package org.ringone.properties.descriptors;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringone.properties.Account;
import org.ringone.properties.descriptors.DescriptorOperation.Load;
import org.ringone.properties.descriptors.DescriptorOperation.Multicall;
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.SetLdt;
import org.ringone.properties.descriptors.DescriptorOperation.Store;
import org.ringone.properties.descriptors.DescriptorOperation.Update;

/**
 * The rules of descriptor tables over a handful of pages (SEG-01 to SEG-06, SEG-08 to SEG-12): what each page holds, whether it
 * is mapped writable, and whether the GDT or the LDT uses it.
 */
final class DescriptorModel {

    private static final int PER_PAGE = 512;
    private static final int LDT_BIT = 4;
    private static final int INDEX_SHIFT = 3;
    private static final int ERROR_CODE = 0xFFFC;

    private final DescriptorRules rules;
    private final PageState[] pages;
    private List<Integer> gdt = List.of();
    private int ldt;
    private int ldtEntries;

    private static final class PageState {
        private boolean writable = true;

        /** Whether the LDT has looked at it and holds on to it. */
        private boolean inLdt;

        private final Map<Integer, Long> entries = new TreeMap<>();

        /** Slots that a refused check may have fixed up. */
        private final Set<Integer> perhapsFixed = new TreeSet<>();
    }

    /** All pages mapped writable and empty, none in the GDT, no LDT. */
    DescriptorModel(DescriptorRules rules, int pageCount) {
        this.rules = rules;
        pages = new PageState[pageCount];
        for (int i = 0; i < pageCount; i++) {
            pages[i] = new PageState();
        }
    }

    /** Does one operation, not several, and says what becomes of it, in the words of accounts. */
    String perform(DescriptorOperation operation) {
        if (operation instanceof Update update) {
            OptionalLong accepted = rules.accepted(update.descriptor());
            accepted.ifPresent(descriptor -> put(update.page(), update.slot(), descriptor));
            return refusedUnless(accepted.isPresent());
        }
        if (operation instanceof Store store) {
            if (pages[store.page()].writable) {
                put(store.page(), store.slot(), store.descriptor());
                return Account.ACCEPTED;
            }
            return Account.FAULTED;
        }
        if (operation instanceof SetGdt set) {
            return refusedUnless(setGdt(set.pages()));
        }
        if (operation instanceof SetLdt set) {
            setLdt(set);
            return Account.ACCEPTED;
        }
        if (operation instanceof Remap remap) {
            return refusedUnless(remap(remap));
        }
        if (operation instanceof Load load) {
            return load(load.selector());
        }
        throw new IllegalArgumentException("one at a time: " + ((Multicall) operation).calls());
    }

    /** The descriptor in a page's slot: 0 where nothing was written. */
    long entry(int page, int slot) {
        return pages[page].entries.getOrDefault(slot, 0L);
    }

    /** The pages of the GDT in order. */
    List<Integer> gdt() {
        return gdt;
    }

    /**
     * Whether a slot may hold what it was seen to hold. After a refused check a page may keep fix-ups of the check, since they
     * only take rights away (SEG-03).
     */
    boolean mayHold(int page, int slot, long seen) {
        long known = entry(page, slot);
        return seen == known || pages[page].perhapsFixed.contains(slot) && rules.maybeLeft(known, seen);
    }

    private static String refusedUnless(boolean accepted) {
        return accepted ? Account.ACCEPTED : Account.REFUSED;
    }

    private boolean setGdt(List<Integer> wanted) {
        for (int page : wanted) {
            if (rules.oneTableAPage() && pages[page].inLdt || !checked(page)) {
                wanted.forEach(this::maybeFixed);
                return false;
            }
        }
        wanted.forEach(this::fix);
        gdt = List.copyOf(wanted);
        return true;
    }

    /** Whether a page can be one of descriptors. */
    private boolean checked(int page) {
        return !pages[page].writable
                && pages[page].entries.values().stream()
                        .allMatch(descriptor -> rules.accepted(descriptor).isPresent());
    }

    private void maybeFixed(int page) {
        pages[page].perhapsFixed.addAll(pages[page].entries.keySet());
    }

    private void fix(int page) {
        pages[page].entries.replaceAll(
                (slot, descriptor) -> rules.accepted(descriptor).orElseThrow());
        pages[page].perhapsFixed.clear();
    }

    /** SEG-10: the first page is looked at at once if it can be, the others when they are used. */
    private void setLdt(SetLdt set) {
        if (set.page() == ldt && set.entries() == ldtEntries) {
            return;
        }
        for (PageState page : pages) {
            page.inLdt = false;
        }
        ldt = set.page();
        ldtEntries = set.entries();
        if (ldtEntries > 0 && rules.ldtAtOnce()) {
            useInLdt(ldt);
        }
    }

    private boolean useInLdt(int page) {
        if (pages[page].inLdt) {
            return true;
        }
        if (rules.oneTableAPage() && gdt.contains(page) || !checked(page)) {
            maybeFixed(page);
            return false;
        }
        fix(page);
        pages[page].inLdt = true;
        return true;
    }

    private boolean remap(Remap remap) {
        PageState page = pages[remap.page()];
        if (remap.writable() && (gdt.contains(remap.page()) || page.inLdt)) {
            return false;
        }
        page.writable = remap.writable();
        return true;
    }

    /** SEG-11: what loading a data segment register in ring 1 comes to. */
    private String load(int selector) {
        int index = selector >>> INDEX_SHIFT;
        int page;
        if ((selector & LDT_BIT) != 0) {
            if (index >= ldtEntries) {
                return generalProtection(selector);
            }
            page = ldt + index / PER_PAGE;
            if (!useInLdt(page)) {
                return LDT_PAGE_FAULT;
            }
        } else if (index / PER_PAGE < gdt.size()) {
            page = gdt.get(index / PER_PAGE);
        } else {
            return generalProtection(selector);
        }
        int slot = index % PER_PAGE;
        DescriptorView view = new DescriptorView(entry(page, slot));
        if (!view.loadable(selector & 3)) {
            return generalProtection(selector);
        }
        if (!view.present()) {
            return notPresent(selector);
        }
        put(page, slot, view.accessed());
        return Account.ACCEPTED;
    }

    /** The answer to a load whose descriptor lies in a page that the LDT cannot have (SEG-10). */
    static final String LDT_PAGE_FAULT = "#PF";

    private static String generalProtection(int selector) {
        return String.format("#GP(%x)", selector & ERROR_CODE);
    }

    private static String notPresent(int selector) {
        return String.format("#NP(%x)", selector & ERROR_CODE);
    }

    private void put(int page, int slot, long descriptor) {
        pages[page].entries.put(slot, descriptor);
        pages[page].perhapsFixed.remove(slot);
    }
}
