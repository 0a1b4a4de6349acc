package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.emulator.TestMachine.code;
import static org.ringone.emulator.TestMachine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A processor that remembers which ways into handlers and back it has checked does what one does that checks everything every time,
 * whatever becomes of the tables in between.
 */
class KnownWaysProperties {
    private static final int[] VECTORS = {0x80, 0xA0};
    private static final int HANDLER = 0x5_0000;
    private static final int OTHER_HANDLER = 0x5_0800;
    /** Frames that take the place of those of the tables. */
    private static final int ALIASES = 0x20_0000;

    private static final int[] TABLES = {TestMachine.GDT, TestMachine.IDT, TestMachine.TSS, 0x3_1000};
    private static final int[] TYPES = {
        0x9A, 0x9B, 0x9A, 0x9B, 0x9E, 0x98, 0x92, 0x93, 0x92, 0x93, 0x90, 0x96, 0x82, 0x1B, 0x13
    };
    private static final int[] GATES = {0xEE, 0xEE, 0xEE, 0xEF, 0xAE, 0x8E, 0x6E, 0xE6, 0xEC};

    private final IdtDelivery delivery = new IdtDelivery();
    /** One that remembers, and one whose memory is wiped before every step. */
    private final TestMachine remembering = machine(delivery);

    private final TestMachine forgetful = machine(delivery);
    private final List<String> story = new ArrayList<>();

    private static TestMachine machine(TrapSink sink) {
        TestMachine machine = new TestMachine(CpuConfig.standard(), sink);
        machine.code(HANDLER, "inc eax\n iret");
        machine.code(OTHER_HANDLER, "dec eax\n iret");
        for (int vector : VECTORS) {
            machine.gate(vector, code(0), HANDLER, 0xEE);
        }
        machine.code("""
                int 0x80
                int 0xA0
                int 0x80
                int 0x21
                """);
        return machine;
    }

    @Property(tries = 300)
    void whateverChangesBetweenTwoInterrupts(@ForAll long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 40; step++) {
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                change(random);
            }
            int external = random.nextInt(4) == 0 ? VECTORS[random.nextInt(VECTORS.length)] : -1;
            run(random.nextInt(8) == 0 ? random.nextInt(4) : 3, external);
        }
    }

    /** Runs both from the beginning of the program, at first into the handler of an external interrupt if its vector is not negative. */
    private void run(int ring, int external) {
        story.add("ring " + ring + (external < 0 ? "" : " external " + external));
        IdtDelivery fresh = new IdtDelivery();
        forgetful.cpu.sink(fresh);
        forgetful.cpu.segmentation().known = null;
        remembering.ring(ring);
        forgetful.ring(ring);
        if (external >= 0) {
            delivery.external(remembering.cpu, external);
            fresh.external(forgetful.cpu, external);
        }
        Stop one = remembering.cpu.run(60);
        Stop other = forgetful.cpu.run(60);
        assertThat(one).as("%s", story).isEqualTo(other);
        assertThat(state(remembering)).as("%s", story).isEqualTo(state(forgetful));
        for (int frame = 0; frame < TestMachine.FRAMES; frame++) {
            if (!Arrays.equals(remembering.memory.readable[frame], forgetful.memory.readable[frame])) {
                throw new AssertionError("frame " + frame + " differs after " + story);
            }
        }
        for (TestMachine machine : List.of(remembering, forgetful)) {
            machine.s.eflags(0);
        }
    }

    private static String state(TestMachine machine) {
        CpuState s = machine.s;
        return "eip %x eflags %x cr2 %x cpl %d retired %d r %s selectors %s bases %s limits %s rights %s"
                .formatted(
                        s.eip,
                        s.eflags(),
                        s.cr2,
                        s.cpl,
                        machine.cpu.retired(),
                        Arrays.toString(s.r),
                        Arrays.toString(s.selector),
                        Arrays.toString(s.base),
                        Arrays.toString(s.limit),
                        Arrays.toString(s.rights));
    }

    private void change(Random random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                int ring = random.nextInt(4);
                int selector = random.nextBoolean() ? code(ring) : data(ring);
                int rights = (random.nextInt(6) == 0 ? 0x8000 : 0xC000)
                        | TYPES[random.nextInt(TYPES.length)]
                        | (random.nextInt(4) == 0 ? random.nextInt(4) : ring) << 5;
                int limit = random.nextInt(6) == 0 ? 0x30 : 0xFFFFF;
                write(TestMachine.GDT + (selector & ~7), TestMachine.segment(0, limit, rights), random);
            }
            case 2 -> {
                int vector = VECTORS[random.nextInt(VECTORS.length)];
                int selector = random.nextInt(3) == 0 ? random.nextInt(0x60) : code(random.nextInt(3));
                int offset = random.nextBoolean() ? HANDLER : OTHER_HANDLER;
                long gate = TestMachine.gate(selector, offset, GATES[random.nextInt(GATES.length)]);
                write(TestMachine.IDT + vector * 8, gate, random);
            }
            case 3 -> {
                int ring = random.nextInt(3);
                int selector = random.nextInt(4) == 0 ? random.nextInt(0x60) : data(ring);
                int pointer =
                        TestMachine.STACKS[ring] - 4 * random.nextInt(0x10) - (random.nextInt(5) == 0 ? 0xFF8 : 0);
                write(TestMachine.TSS + 4 + 8 * ring, (long) selector << 32 | pointer & 0xFFFF_FFFFL, random);
            }
            case 4 -> remap(TABLES[random.nextInt(TABLES.length)], random);
            case 5 -> repair();
            case 6 -> limits(random.nextBoolean() ? 0x7F : 0x27, random.nextBoolean() ? 0x7FF : 0x407);
            default -> write(ALIASES + random.nextInt(4 * 4096) & ~7, random.nextLong(), random);
        }
    }

    /** By physical address, as another processor does, or by linear address. */
    private void write(int address, long value, Random random) {
        boolean linear = random.nextBoolean();
        story.add("%s %x = %x".formatted(linear ? "store" : "memory", address, value));
        for (TestMachine machine : List.of(remembering, forgetful)) {
            long at = linear ? machine.cpu.mmu().translate(address, Mmu.READ, false) : address;
            if (at >= 0) {
                machine.memory.write64(at, value);
            }
        }
    }

    /** Another frame with the same, or almost the same, contents; with or without INVLPG. */
    private void remap(int page, Random random) {
        int alias = ALIASES + page % 0x4000;
        int kind = random.nextInt(5);
        boolean flush = random.nextBoolean();
        story.add("page %x kind %d %s".formatted(page, kind, flush ? "flushed" : "stale"));
        for (TestMachine machine : List.of(remembering, forgetful)) {
            machine.memory.copyFrame(page >>> 12, alias >>> 12);
            machine.map(page, kind == 0 ? 0 : kind < 3 ? alias | 7 : page | (kind == 3 ? 5 : 7));
            if (flush) {
                machine.cpu.mmu().flushPage(page);
            }
        }
    }

    private void limits(int gdt, int idt) {
        story.add("limits %x %x".formatted(gdt, idt));
        for (TestMachine machine : List.of(remembering, forgetful)) {
            machine.s.gdtrLimit = gdt;
            machine.s.idtrLimit = idt;
        }
    }

    /** All as it was in the beginning. */
    private void repair() {
        story.add("repaired");
        TestMachine fresh = machine(delivery);
        for (TestMachine machine : List.of(remembering, forgetful)) {
            for (int page : TABLES) {
                machine.map(page, page | 7);
                machine.memory.write(page, fresh.memory.readable[page >>> 12], 0, PhysicalMemory.FRAME_SIZE);
            }
            machine.s.gdtrLimit = 0x7F;
            machine.s.idtrLimit = 0x7FF;
            machine.cpu.mmu().flushAll();
        }
    }

    @Example
    void theyAreRemembered() {
        run(3, -1);
        run(3, -1);
        assertThat(remembering.vector()).isEqualTo(0x21);
        assertThat(remembering.s.r[CpuState.EAX]).isEqualTo(6);
        assertThat(remembering.cpu.segmentation().known).isNotNull();
    }

    @Example
    void twoSelectorsOfOneDescriptorAreNotTheSameWay() {
        run(3, -1);
        int twin = 0x78 | 3; // the last one of the table
        for (TestMachine machine : List.of(remembering, forgetful)) {
            machine.descriptor(twin, machine.memory.read64(TestMachine.GDT + (code(3) & ~7)));
            machine.code(HANDLER, "mov dword [esp + 4], %d\n iret".formatted(twin));
        }
        run(3, -1);
        assertThat(remembering.stack(1)).isEqualTo(twin);
    }

    @Example
    void theLimitIsLookedAtEveryTime() {
        for (TestMachine machine : List.of(remembering, forgetful)) {
            machine.descriptor(code(3), TestMachine.segment(0, 0x30, 0xC0FB));
        }
        run(3, -1);
        assertThat(remembering.vector()).isEqualTo(0x21);
        for (TestMachine machine : List.of(remembering, forgetful)) {
            machine.code(HANDLER, "mov dword [esp], 0x31000\n iret");
        }
        run(3, -1);
        assertThat(remembering.vector()).isEqualTo(Vector.GP);
    }
}
