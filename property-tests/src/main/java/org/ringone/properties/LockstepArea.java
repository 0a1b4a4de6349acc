package org.ringone.properties;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.ringone.properties.descriptors.DescriptorArea;
import org.ringone.properties.events.EventArea;
import org.ringone.properties.tables.TableArea;

/** What two hypervisors can be tried on in lockstep. */
public enum LockstepArea {
    /** Page tables: every route, pins, bases, batches. */
    PAGE_TABLES(TableArea::new),
    /** The GDT and the LDT, descriptors, loads of segment registers. */
    DESCRIPTORS(DescriptorArea::new),
    /** Masks, sends, waits, upcalls and returns. */
    EVENTS(EventArea::new),
    /** Multicalls of page-table updates, one after the other. */
    MULTICALLS(TableArea::ofMulticalls);

    private final Supplier<Area<?>> area;

    LockstepArea(Supplier<Area<?>> area) {
        this.area = area;
    }

    /** Its operations. */
    public Area<?> operations() {
        return area.get();
    }

    /** Its name for people: {@code page-tables}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of that name. */
    public static Optional<LockstepArea> of(String word) {
        return Arrays.stream(values()).filter(area -> area.word().equals(word)).findFirst();
    }
}
