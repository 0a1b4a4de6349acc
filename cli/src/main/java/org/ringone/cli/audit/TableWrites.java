package org.ringone.cli.audit;

import java.util.EnumMap;
import java.util.Map;
import org.ringone.reference.EntryWrite;
import org.ringone.reference.GuestObserver;
import org.ringone.reference.VcpuView;
import org.ringone.reference.memory.TableRoute;

/** Writes to page tables in use, by route. Tables that are not in use are the guest's to write; nobody hears of that. */
final class TableWrites implements GuestObserver {

    /** The writes of one route. */
    static final class Line {
        private long accepted;
        private long refused;

        long accepted() {
            return accepted;
        }

        long refused() {
            return refused;
        }
    }

    private final Map<TableRoute, Line> lines = new EnumMap<>(TableRoute.class);

    Map<TableRoute, Line> lines() {
        return lines;
    }

    @Override
    public void entryWrite(VcpuView v, EntryWrite write) {
        Line line = lines.computeIfAbsent(write.route(), route -> new Line());
        if (write.accepted()) {
            line.accepted++;
        } else {
            line.refused++;
        }
    }
}
