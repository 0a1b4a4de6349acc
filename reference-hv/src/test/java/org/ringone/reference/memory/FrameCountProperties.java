package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/**
 * PT-22 and the promise under all of it: after any sequence of operations the recorded types and counts are what the tables, pins
 * and processors say, and an operation that was refused has changed nothing.
 */
class FrameCountProperties {

    @Provide
    Arbitrary<List<Long>> operations() {
        return Arbitraries.longs()
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofMinSize(1)
                .ofMaxSize(150)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Property(tries = 80)
    void countsAlwaysAgreeAndRefusalsChangeNothing(@ForAll("operations") List<Long> operations) {
        Play play = new Play();
        for (long operation : operations) {
            List<Object> before = play.state();
            String what = play.perform(operation);
            assertThat(play.violations()).as("after %s", what).isEmpty();
            if (play.refused()) {
                assertThat(play.state()).as("refused: %s", what).isEqualTo(before);
            }
        }
        play.tearDown();
    }

    /** A guest that does what numbers tell it, on a small pool of frames. */
    private static final class Play {

        private static final int WINDOW = 0x1000;
        private static final int POOL_AT = World.BASE + 0x20000;
        private static final int[] SLOTS = {0, 1, 2, 3, 4, 100, 427, 428, 511};
        private static final int[] FLAGS = {0x61, 0x63, 0x67, 0x65, 1, 0, 0x163, 0x63 | 0x80, 0x261};

        private final World world = new World();
        private final MachineMemory machine = world.machine;
        private final MmuUpdates updates = new MmuUpdates(machine);
        private final UpdateVaMappings mappings = new UpdateVaMappings(machine);
        private final MmuExtOps extended = new MmuExtOps(machine);
        private final MemoryOps memory = new MemoryOps(machine);
        private final int[] pool = new int[24];
        private final List<Invariants.Use> descriptors = new ArrayList<>();
        private final int bootL2;
        private boolean refused;

        Play() {
            int base = world.domain.base();
            bootL2 = PageTableEntry.mfn(machine.ram().read64((long) base * 4096 + 24));
            pool[0] = base;
            pool[1] = bootL2;
            pool[2] = (int) (machine.tables().l1EntryAddress(base, POOL_AT) >>> 12);
            pool[3] = (int) (machine.tables().l1EntryAddress(base, World.BASE + 0x200000) >>> 12);
            for (int i = 4; i < pool.length; i++) {
                pool[i] = world.mfn(POOL_AT + i * 4096);
            }
        }

        boolean refused() {
            return refused;
        }

        List<String> violations() {
            return Invariants.violations(machine, new int[] {world.caller.baseMfn()}, descriptors);
        }

        List<Object> state() {
            List<Object> state = new ArrayList<>();
            FrameTable frames = machine.frames();
            StringBuilder table = new StringBuilder();
            for (int mfn = 0; mfn < frames.frames(); mfn++) {
                boolean used = frames.typeCount(mfn) > 0;
                table.append(frames.owner(mfn))
                        .append(',')
                        .append(frames.references(mfn))
                        .append(',')
                        .append(frames.typeCount(mfn))
                        .append(',')
                        .append(used ? frames.type(mfn).ordinal() : 0)
                        .append(frames.pinned(mfn) ? "p " : " ");
            }
            state.add(table.toString());
            for (int mfn : pool) {
                // An update of an L3 in no use makes it one for as long as it is checked, and its L2 then gets the
                // hypervisor's slots, whatever becomes of the update: what a guest left there is lost, as on Xen.
                byte[] bytes = new byte[frames.typeCount(mfn) > 0 ? 4096 : XenSlots.FIRST * 8];
                machine.ram().read((long) mfn * 4096, bytes, 0, bytes.length);
                state.add(List.of(
                        Arrays.hashCode(bytes), machine.machineToPhysical().get(mfn)));
            }
            state.add(world.caller.baseMfn());
            state.add(world.domain.memory().held());
            return state;
        }

        private int pick(long bits) {
            return pool[(int) Long.remainderUnsigned(bits, pool.length)];
        }

        private long entry(long bits) {
            int mfn = (bits & 31) == 31 ? (int) (bits >>> 5 & 0x3FFF) : pick(bits >>> 5);
            long nx = (bits & 0xF000) == 0 ? 1L << 63 : 0;
            return PageTableEntry.of(mfn, FLAGS[(int) ((bits >>> 16 & 0xFFFF) % FLAGS.length)]) | nx;
        }

        private int slot(long bits) {
            return SLOTS[(int) ((bits & 0xFFFF) % SLOTS.length)];
        }

        String perform(long o) {
            refused = false;
            int which = pick(o >>> 4);
            long entry = entry(o >>> 10);
            int slot = slot(o >>> 40);
            int window = (int) ((o >>> 4 & 0x7FFFFFFF) % pool.length);
            switch ((int) (o & 15)) {
                case 0, 1, 2:
                    return result(
                            "update " + which + "[" + slot + "] = " + Long.toHexString(entry),
                            update((long) which * 4096 + slot * 8L, entry));
                case 3:
                    return result("m2p " + which, update((long) which * 4096 | 1, o >>> 40));
                case 4, 5:
                    return result("map " + window + " " + Long.toHexString(entry), map(window, entry));
                case 6:
                    int level = (int) (o >>> 40 & 3);
                    return result("pin " + which + " level " + level, extended(level, which));
                case 7:
                    return result("unpin " + which, extended(4, which));
                case 8:
                    return result("base " + which, extended(5, which));
                case 9, 10:
                    return store(which, slot, entry);
                case 11:
                    int flags = (o >>> 40 & 1) == 0 ? 0x61 : 0x63;
                    return result("own " + window + " " + flags, map(window, PageTableEntry.of(pool[window], flags)));
                case 12:
                    return newTree(window, (o >>> 40 & 3) != 0);
                case 13:
                    return reservation(o, which);
                default:
                    return descriptors(o, which);
            }
        }

        private String result(String what, int result) {
            refused = result < 0;
            return what + " -> " + result;
        }

        private int update(long pointer, long value) {
            window((int) pointer, (int) (pointer >> 32), (int) value, (int) (value >> 32));
            return updates.call(world.caller, WINDOW, 1, 0, World.SELF);
        }

        private int map(int window, long entry) {
            return mappings.call(world.caller, POOL_AT + window * 4096, (int) entry, (int) (entry >> 32), 0);
        }

        private int extended(int command, int mfn) {
            window(command, mfn, 0);
            return extended.call(world.caller, WINDOW, 1, 0, World.SELF);
        }

        private void window(int... words) {
            for (int i = 0; i < words.length; i++) {
                for (int b = 0; b < 4; b++) {
                    world.caller.window[i * 4 + b] = (byte) (words[i] >> b * 8);
                }
            }
        }

        /** What a guest does with a frame that it has mapped writable. */
        private String store(int mfn, int slot, long entry) {
            if (machine.frames().type(mfn) == PageType.WRITABLE
                    && machine.frames().typeCount(mfn) > 0) {
                machine.ram().write64((long) mfn * 4096 + slot * 8L, entry);
                return "store to " + mfn;
            }
            return "nothing";
        }

        /** A new address space as guests make one: tables filled in own pages, made read-only, and pinned. */
        private String newTree(int window, boolean pinned) {
            int l3 = pool[window];
            int l2 = pool[(window + 1) % pool.length];
            int low = pool[(window + 2) % pool.length];
            for (int i = 0; i < 3; i++) {
                int at = (window + i) % pool.length;
                map(at, PageTableEntry.of(pool[at], 0x63));
            }
            if (writable(l3) && writable(l2) && writable(low)) {
                machine.ram().copyFrame(bootL2, l2);
                machine.ram().clearFrame(low);
                machine.ram().clearFrame(l3);
                machine.ram().write64((long) l3 * 4096, PageTableEntry.of(low, 1));
                machine.ram().write64((long) l3 * 4096 + 24, PageTableEntry.of(l2, 1));
            }
            for (int i = 0; i < 3; i++) {
                int at = (window + i) % pool.length;
                map(at, PageTableEntry.of(pool[at], 0x61));
            }
            return "new tree at " + l3 + (pinned ? " pinned " + extended(2, l3) : "");
        }

        private boolean writable(int mfn) {
            return machine.frames().type(mfn) == PageType.WRITABLE
                    && machine.frames().typeCount(mfn) > 0;
        }

        private String reservation(long o, int mfn) {
            window(WINDOW + 64, 1, 0, 0, World.SELF);
            world.caller.window[64] = (byte) mfn;
            world.caller.window[65] = (byte) (mfn >> 8);
            world.caller.window[66] = 0;
            world.caller.window[67] = 0;
            int command = (o >>> 40 & 3) == 0 ? 1 : 0;
            int done = memory.call(world.caller, command, WINDOW);
            return "reservation command " + command + " of " + mfn + " -> " + done;
        }

        private String descriptors(long o, int mfn) {
            PageType type = (o & 1) == 0 ? PageType.GDT : PageType.LDT;
            if ((o >>> 40 & 1) == 0 || descriptors.isEmpty()) {
                boolean got = machine.types().getPageAndType(mfn, 1, type);
                if (got) {
                    descriptors.add(new Invariants.Use(mfn, type));
                }
                machine.settle();
                return result("use " + mfn + " as " + type, got ? 0 : -1);
            }
            Invariants.Use use = descriptors.remove((int) (o >>> 41 & 0xFF) % descriptors.size());
            machine.types().putPageAndType(use.mfn());
            machine.settle();
            return "end use of " + use;
        }

        /** SAFE-04: a dead domain gives back everything. */
        void tearDown() {
            for (Invariants.Use use : descriptors) {
                machine.types().putPageAndType(use.mfn());
            }
            machine.types().putPageAndType(world.caller.baseMfn());
            machine.releaseDomain(1);
            assertThat(machine.freeFrames()).isEqualTo(World.FRAMES - MachineMemory.hypervisorFrames(World.FRAMES));
        }
    }
}
