package org.ringone.properties.descriptors;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.Store;
import org.ringone.properties.descriptors.DescriptorOperation.Update;

/**
 * The rules of descriptor tables over a handful of pages (SEG-01 to SEG-06, SEG-08, SEG-12): what each page holds, whether
 * it is mapped writable and whether the GDT uses it.
 */
public final class DescriptorModel {

    private final DescriptorRules rules;
    private final PageState[] pages;
    private List<Integer> gdt = List.of();

    private static final class PageState {
        private boolean writable = true;
        private final Map<Integer, Long> entries = new TreeMap<>();

        /** Slots that a refused check may have fixed up. */
        private final Set<Integer> perhapsFixed = new TreeSet<>();
    }

    /** All pages mapped writable and empty, none in the GDT. */
    public DescriptorModel(DescriptorRules rules, int pageCount) {
        this.rules = rules;
        pages = new PageState[pageCount];
        for (int i = 0; i < pageCount; i++) {
            pages[i] = new PageState();
        }
    }

    /** Whether the operation is accepted; when it is, the model does it. */
    public boolean accepts(DescriptorOperation operation) {
        if (operation instanceof Update update) {
            OptionalLong accepted = rules.accepted(update.descriptor());
            accepted.ifPresent(descriptor -> put(update.page(), update.slot(), descriptor));
            return accepted.isPresent();
        }
        if (operation instanceof Store store) {
            if (pages[store.page()].writable) {
                put(store.page(), store.slot(), store.descriptor());
                return true;
            }
            return false;
        }
        if (operation instanceof SetGdt set) {
            return setGdt(set.pages());
        }
        Remap remap = (Remap) operation;
        if (remap.writable() && gdt.contains(remap.page())) {
            return false;
        }
        pages[remap.page()].writable = remap.writable();
        return true;
    }

    /** The descriptor in a page's slot: 0 where nothing was written. */
    public long entry(int page, int slot) {
        return pages[page].entries.getOrDefault(slot, 0L);
    }

    /** The slots of a page that were ever written. */
    public Iterable<Integer> slots(int page) {
        return List.copyOf(pages[page].entries.keySet());
    }

    /** The pages of the GDT in order. */
    public List<Integer> gdt() {
        return gdt;
    }

    /**
     * Whether a slot may hold what it was seen to hold. After a refused {@code set_gdt} a page may keep fix-ups of the
     * check, since they only take rights away (SEG-03).
     */
    public boolean mayHold(int page, int slot, long seen) {
        long known = entry(page, slot);
        return seen == known || pages[page].perhapsFixed.contains(slot) && rules.maybeLeft(known, seen);
    }

    private boolean setGdt(List<Integer> wanted) {
        for (int page : wanted) {
            if (pages[page].writable
                    || pages[page].entries.values().stream()
                            .anyMatch(descriptor -> rules.accepted(descriptor).isEmpty())) {
                wanted.forEach(checked -> pages[checked].perhapsFixed.addAll(pages[checked].entries.keySet()));
                return false;
            }
        }
        for (int page : wanted) {
            pages[page].entries.replaceAll(
                    (slot, descriptor) -> rules.accepted(descriptor).orElseThrow());
        }
        gdt = List.copyOf(wanted);
        return true;
    }

    private void put(int page, int slot, long descriptor) {
        pages[page].entries.put(slot, descriptor);
        pages[page].perhapsFixed.remove(slot);
    }
}
