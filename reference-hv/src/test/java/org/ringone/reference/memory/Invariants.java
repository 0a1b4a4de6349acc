package org.ringone.reference.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.PageTableBits;

/**
 * Recomputes from nothing what {@link FrameTable} holds - from pins, bases, descriptor uses and the bytes of the tables found by
 * walking from them - and compares. Shares no code with what it checks but the reading of bytes.
 */
public final class Invariants {

    private final MachineMemory machine;
    private final PhysicalMemory ram;
    private final FrameTable frames;
    private final PageType[] type;
    private final int[] uses;
    private final int[] references;
    private final List<String> faults = new ArrayList<>();
    private final Deque<Integer> toWalk = new ArrayDeque<>();
    private final boolean[] walked;

    private Invariants(MachineMemory machine) {
        this.machine = machine;
        this.ram = machine.ram();
        this.frames = machine.frames();
        type = new PageType[frames.frames()];
        uses = new int[frames.frames()];
        references = new int[frames.frames()];
        walked = new boolean[frames.frames()];
    }

    /**
     * What does not agree; empty when all is well.
     *
     * @param bases the frames of the bases that processors hold
     * @param descriptors the frames that descriptor tables hold, each as often as it is held, with its type
     */
    public static List<String> violations(MachineMemory machine, int[] bases, List<Use> descriptors) {
        Invariants check = new Invariants(machine);
        check.recompute(bases, descriptors);
        check.compare();
        return check.faults;
    }

    /** A use that a processor makes of a frame. */
    public record Use(int mfn, PageType type) {}

    private void recompute(int[] bases, List<Use> descriptors) {
        for (int mfn = 0; mfn < frames.frames(); mfn++) {
            if (frames.owner(mfn) == FrameTable.NOBODY) {
                continue;
            }
            if (frames.allocated(mfn)) {
                references[mfn]++;
            }
            if (frames.pinned(mfn)) {
                use(mfn, frames.type(mfn), "pin");
            }
            if (frames.lent(mfn)) {
                type[mfn] = frames.owner(mfn) == 0x7FF2 ? PageType.NONE : PageType.WRITABLE;
                uses[mfn]++;
            }
        }
        Arrays.stream(bases).filter(b -> b >= 0).forEach(b -> use(b, PageType.L3, "base"));
        descriptors.forEach(d -> use(d.mfn(), d.type(), "descriptors"));
        while (!toWalk.isEmpty()) {
            walk(toWalk.pop());
        }
    }

    private void use(int mfn, PageType as, String who) {
        if (type[mfn] != null && type[mfn] != as) {
            faults.add(who + " uses frame " + mfn + " as " + as + ", which is also in use as " + type[mfn]);
        }
        type[mfn] = as;
        uses[mfn]++;
        references[mfn]++;
        if (as.table() && !walked[mfn]) {
            walked[mfn] = true;
            toWalk.push(mfn);
        }
    }

    private void walk(int table) {
        int slots =
                switch (type[table]) {
                    case L3 -> 4;
                    case XEN_L2 -> 428;
                    default -> 512;
                };
        int owner = frames.owner(table);
        for (int i = 0; i < slots; i++) {
            long entry = ram.read64((long) table * 4096 + i * 8L);
            if ((entry & 1) == 0) {
                if (type[table] == PageType.L3 && i == 3) {
                    faults.add("slot 3 of L3 " + table + " is empty");
                }
                continue;
            }
            long frame = entry >>> 12 & 0xFFFFFFFFL;
            if (frame >= frames.frames()) {
                faults.add("entry " + i + " of " + table + " names frame " + frame + " beyond memory");
                continue;
            }
            int mfn = (int) frame;
            if (frames.owner(mfn) != owner) {
                faults.add("entry " + i + " of " + table + " names frame " + mfn + " of " + frames.owner(mfn));
            }
            entry(table, i, entry, mfn);
        }
        if (type[table] == PageType.XEN_L2) {
            xenSlots(table);
        }
    }

    private void entry(int table, int i, long entry, int mfn) {
        boolean writable = (entry & PageTableBits.RW) != 0;
        long forbidden =
                switch (type[table]) {
                    case L3 -> ~(0x00000FFFFFFFF000L | 0xE19);
                    default -> 0x7FFFF00000000180L;
                };
        if ((entry & forbidden) != 0) {
            faults.add(String.format("entry %d of %s %d has forbidden bits: %x", i, type[table], table, entry));
        }
        String who = "entry " + i + " of " + type[table] + " " + table;
        switch (type[table]) {
            case L1 -> {
                if (writable) {
                    use(mfn, PageType.WRITABLE, who);
                } else {
                    references[mfn]++;
                }
            }
            case L2, XEN_L2 -> linearOrUse(table, mfn, writable, who);
            case L3 -> use(mfn, i == 3 ? PageType.XEN_L2 : PageType.L2, who);
            default -> throw new IllegalStateException();
        }
    }

    private void linearOrUse(int table, int mfn, boolean writable, String who) {
        PageType now = frames.type(mfn);
        if (now != PageType.L2 && now != PageType.XEN_L2) {
            use(mfn, PageType.L1, who);
            return;
        }
        if (writable) {
            faults.add(who + " is a writable linear table");
        }
        if (mfn != table) {
            use(mfn, now, who);
        }
    }

    private void xenSlots(int table) {
        for (int i = 428; i < 512; i++) {
            long entry = ram.read64((long) table * 4096 + i * 8L);
            if ((entry & 1) != 0 && frames.owner((int) (entry >>> 12)) != FrameTable.HYPERVISOR) {
                faults.add("the hypervisor's slot " + i + " of L2 " + table + " names a guest's frame");
            }
        }
    }

    private void compare() {
        for (int mfn = 0; mfn < frames.frames(); mfn++) {
            int owner = frames.owner(mfn);
            boolean unused = owner == FrameTable.NOBODY
                    && machine.isFree(mfn)
                    && (references[mfn] | uses[mfn] | frames.references(mfn) | frames.typeCount(mfn)) == 0
                    && !frames.allocated(mfn)
                    && !frames.pinned(mfn)
                    && !frames.validated(mfn);
            if (unused || owner == FrameTable.HYPERVISOR) {
                continue;
            }
            boolean free = frames.owner(mfn) == FrameTable.NOBODY;
            if (free != machine.isFree(mfn)) {
                faults.add("frame " + mfn + " free: " + machine.isFree(mfn) + ", owner " + frames.owner(mfn));
            }
            expect(mfn, "references", references[mfn], frames.references(mfn));
            expect(mfn, "uses", uses[mfn], frames.typeCount(mfn));
            if (uses[mfn] > 0) {
                if (type[mfn] != frames.type(mfn)) {
                    faults.add("frame " + mfn + " is " + type[mfn] + ", recorded as " + frames.type(mfn));
                }
                if (!frames.validated(mfn)) {
                    faults.add("frame " + mfn + " is in use as " + type[mfn] + " and not validated");
                }
            } else if (frames.pinned(mfn) || frames.type(mfn).table() && frames.validated(mfn)) {
                faults.add("frame " + mfn + " has no use and is pinned or a valid table");
            }
            if (!free && references[mfn] == 0) {
                faults.add("frame " + mfn + " has an owner and no references");
            }
        }
    }

    private void expect(int mfn, String what, int recomputed, int recorded) {
        if (recomputed != recorded) {
            faults.add("frame " + mfn + " (" + frames.type(mfn) + ") has " + recomputed + " " + what + ", recorded "
                    + recorded);
        }
    }
}
