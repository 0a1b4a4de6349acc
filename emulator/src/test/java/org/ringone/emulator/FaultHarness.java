package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.ringone.emulator.MemoryPlaces.Place;
import org.ringone.x86.Access;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.Privilege;

/**
 * Runs instructions of a row with one of their memory operands made to fault, and checks that nothing has changed: registers, flags,
 * selectors, all memory but the page tables.
 *
 * <p>The machine: flat segments, identity mapping of 4 MiB. Operands and stack lie below 0x20000, code and page tables above.
 */
public final class FaultHarness {
    /** How an operand is made to fault. */
    public enum Kind {
        NOT_PRESENT,
        READ_ONLY,
        SUPERVISOR_PAGE,
        SEGMENT_LIMIT,
        /** A segment that may be read only. */
        READ_ONLY_SEGMENT,
        /** A segment that may be executed only. */
        UNREADABLE_SEGMENT,
        /** A segment register without a segment. */
        NULL_SEGMENT,
        /** The operand crosses a page, whose second part is missing. */
        SECOND_PAGE,
        /** The operand crosses a page into one that may be read only. */
        READ_ONLY_SECOND_PAGE,
        /** An operand that must be aligned to 16 bytes is not. */
        MISALIGNED
    }

    private static final int DATA = 0x2_0000;
    private static final int CODE = 0x2_1000;
    private static final int DIRECTORY = 0x2_2000;
    private static final int TABLE = 0x2_3000;
    private static final int EXTENDED = 0x2_4000;
    private static final byte[] FXSAVE = {0x0F, (byte) 0xAE, 0x05, 0, (byte) (EXTENDED >> 8), EXTENDED >> 16, 0};
    /** CR2 before faults that have no address. */
    private static final int UNTOUCHED = 0x1234_5678;

    private static final int WINDOW = 0x1_1000;
    private static final int WINDOW_SIZE = 0xC000;
    /** Draws until operands lie where they can fault as wanted. */
    private static final int DRAWS = 60;

    private static final int PRESENT = 1;
    private static final int WRITABLE = 2;
    private static final int USER = 4;

    private final FlatMachine machine = new FlatMachine(0x40);
    private final CpuState s = machine.s;
    private final byte[] before = new byte[DATA];
    private final byte[] after = new byte[DATA];

    private final Set<String> met = new TreeSet<>();
    private final Set<String> faulted = new TreeSet<>();

    public FaultHarness() {
        new Random(1).nextBytes(before);
        machine.memory.write(0, before, 0, DATA);
        machine.memory.write32(DIRECTORY, TABLE | PRESENT | WRITABLE | USER);
        for (int page = 0; page < 0x40; page++) {
            map(page, PRESENT | WRITABLE | USER);
        }
        machine.paging(DIRECTORY);
        machine.cpu.control().cr4(CpuState.CR4_OSFXSR | CpuState.CR4_OSXMMEXCPT);
        Random random = new Random(2);
        for (int n = 0; n < 16; n++) {
            machine.cpu.sse().half(n, random.nextLong() | 0x80); // of masks some bytes are set
        }
        for (int n = 0; n < 8; n++) {
            machine.cpu.fpu().mmx(n, random.nextLong() | 0x80);
        }
    }

    private void map(int page, int bits) {
        machine.memory.write32(TABLE + 4 * page, page << 12 | bits);
    }

    /** Whether the rows of a form touch memory. */
    public static boolean touchesMemory(Form form) {
        if (form.memoryOperand() >= 0 && form.access(form.memoryOperand()) != Access.ADDRESS) {
            return true;
        }
        return switch (form.mnemonic()) {
            case "PUSH",
                    "POP",
                    "PUSHA",
                    "POPA",
                    "PUSHF",
                    "POPF",
                    "PUSH_SEGMENT",
                    "ENTER",
                    "LEAVE",
                    "CALL",
                    "RET",
                    "RETF",
                    "IRET",
                    "POP_SEGMENT",
                    "XLAT",
                    "MASKMOVQ",
                    "MASKMOVDQU" -> true;
            default -> form.string();
        };
    }

    /**
     * Makes one operand of a random instruction of the row fault.
     *
     * @return false when the kind cannot happen to this row (a read of a read-only page, a byte that crosses a page)
     */
    public boolean check(Form form, Kind kind, long seed) {
        Random random = new Random(seed);
        RowBytes bytes = new RowBytes(form, random);
        RandomState state = new RandomState(random, WINDOW, WINDOW_SIZE, kind != Kind.MISALIGNED);
        for (int n = 0; n < DRAWS; n++) {
            byte[] code = bytes.next();
            Instruction i = RowBytes.decode(code);
            state.draw(i);
            if (form.string() && i.repeat != 0) {
                state.r[CpuState.ECX] |= 1;
            }
            List<Place> places = MemoryPlaces.of(i, state.r);
            boolean inside = places.stream().allMatch(p -> p.offset() >= 0x10 && p.offset() < DATA - 0x1000);
            boolean wraps = i.addressSize == 2 && places.stream().anyMatch(p -> p.offset() + p.size() > 0x1_0000);
            boolean misaligned = RandomState.mustBeAligned(i) && (places.get(0).offset() & 15) != 0;
            if (misaligned != (kind == Kind.MISALIGNED)) {
                continue; // which is a fault of its own
            }
            if (wraps || i.segment == CpuState.CS || places.isEmpty() || !inside) {
                continue;
            }
            Place place = next(form, kind, places, random);
            if (place != null) {
                run(i, code, state, place, kind);
                faulted.add(key(form, kind, place));
                return true;
            }
        }
        return false;
    }

    /** One of the operands that can fault so: one that has not yet, if there is one. */
    private Place next(Form form, Kind kind, List<Place> places, Random random) {
        boolean refused =
                kind == Kind.SUPERVISOR_PAGE && form.privilege() == Privilege.CPL0; // before memory is touched
        List<Place> possible = places.stream()
                .filter(place -> !refused && applies(kind, place))
                .filter(place -> places.stream().allMatch(p -> p.write() == place.write() || p.apartFrom(place)))
                .toList();
        if (possible.isEmpty()) {
            return null;
        }
        possible.forEach(place -> met.add(key(form, kind, place)));
        return possible.stream()
                .filter(place -> !faulted.contains(key(form, kind, place)))
                .findFirst()
                .orElse(possible.get(random.nextInt(possible.size())));
    }

    private static String key(Form form, Kind kind, Place place) {
        return form + " | " + place.role() + (place.write() ? " written: " : " read: ") + kind;
    }

    /** Operands that could have faulted so far, each with how. */
    public Set<String> met() {
        return met;
    }

    /** Those that have. */
    public Set<String> faulted() {
        return faulted;
    }

    private static boolean applies(Kind kind, Place place) {
        return switch (kind) {
            case READ_ONLY -> place.write();
            case SECOND_PAGE -> place.crosses();
            case READ_ONLY_SECOND_PAGE -> place.crosses() && place.write();
            case READ_ONLY_SEGMENT -> place.write() && place.segment() != CpuState.SS;
            case UNREADABLE_SEGMENT -> !place.write() && place.segment() != CpuState.SS;
            case NULL_SEGMENT -> place.segment() != CpuState.SS;
            default -> true;
        };
    }

    private void run(Instruction i, byte[] code, RandomState state, Place place, Kind kind) {
        byte[] extended = extended();
        machine.privilege(kind == Kind.SUPERVISOR_PAGE ? 3 : 0);
        int page = place.offset() >> 12;
        int vector = Vector.PF;
        int error = place.write() ? Vector.PF_WRITE : 0;
        switch (kind) {
            case NOT_PRESENT -> map(page, 0);
            case READ_ONLY -> {
                map(page, PRESENT | USER);
                error |= Vector.PF_PRESENT;
            }
            case SUPERVISOR_PAGE -> {
                map(page, PRESENT | WRITABLE);
                error |= Vector.PF_PRESENT | Vector.PF_USER;
            }
            case SEGMENT_LIMIT -> {
                machine.segment(place.segment(), 0, place.offset() + place.size() - 2, true);
                vector = place.segment() == CpuState.SS ? Vector.SS : Vector.GP;
                error = 0;
            }
            case READ_ONLY_SEGMENT -> {
                machine.rights(place.segment(), s.rights[place.segment()] & ~Descriptor.WRITABLE);
                vector = Vector.GP;
                error = 0;
            }
            case UNREADABLE_SEGMENT -> {
                machine.rights(place.segment(), s.rights[place.segment()] & ~Descriptor.READABLE | Descriptor.CODE);
                vector = Vector.GP;
                error = 0;
            }
            case NULL_SEGMENT -> {
                machine.rights(place.segment(), 0);
                vector = Vector.GP;
                error = 0;
            }
            case SECOND_PAGE -> map(page + 1, 0);
            case READ_ONLY_SECOND_PAGE -> {
                map(page + 1, PRESENT | USER);
                error |= Vector.PF_PRESENT;
            }
            case MISALIGNED -> {
                vector = Vector.GP;
                error = 0;
            }
        }
        machine.cpu.mmu().flushAll();
        machine.memory.write(CODE, code, 0, code.length);
        System.arraycopy(state.r, 0, s.r, 0, 8);
        s.eip = CODE;
        s.eflags(i.form.privilege() == Privilege.IOPL ? state.eflags | CpuState.IOPL : state.eflags);
        s.cr2 = vectorHasAddress(vector) ? 0 : UNTOUCHED;
        machine.memory.read(0, before, 0, DATA);
        String was = image();

        machine.run(1);

        String what = String.format("%s with %s at %s, registers %s", i, kind, place, was);
        assertThat(machine.vector).as("vector after %s", what).isEqualTo(vector);
        assertThat(machine.error).as("error code after %s", what).isEqualTo(error);
        assertThat(image()).as("registers after %s", what).isEqualTo(was);
        machine.memory.read(0, after, 0, DATA);
        assertThat(Arrays.mismatch(before, after))
                .as("first byte changed by %s", what)
                .isEqualTo(-1);
        if (!vectorHasAddress(vector)) {
            assertThat(s.cr2).as("CR2 after %s", what).isEqualTo(UNTOUCHED);
        } else {
            assertThat(s.cr2 >>> 12)
                    .as("page of the fault of %s", what)
                    .isEqualTo(kind == Kind.SECOND_PAGE || kind == Kind.READ_ONLY_SECOND_PAGE ? page + 1 : page);
        }
        map(page, PRESENT | WRITABLE | USER);
        map(page + 1, PRESENT | WRITABLE | USER);
        machine.segment(place.segment(), 0, -1, true);
        assertThat(extended()).as("x87 and SSE after %s", what).isEqualTo(extended);
    }

    private static boolean vectorHasAddress(int vector) {
        return vector == Vector.PF;
    }

    /** What FXSAVE stores: all registers, the pointers too. */
    private byte[] extended() {
        machine.privilege(0);
        machine.memory.write(CODE, FXSAVE, 0, FXSAVE.length);
        s.eip = CODE;
        s.eflags(2);
        machine.run(1);
        byte[] image = new byte[512];
        machine.memory.read(EXTENDED, image, 0, image.length);
        return image;
    }

    /** What a fault must leave: RF alone may be set by it. */
    private String image() {
        return String.format(
                "%s eip %x eflags %x selectors %s bases %s limits %s rights %s gdtr %x %x idtr %x %x cr %x %x %x dr %s",
                Arrays.toString(s.r),
                s.eip,
                s.eflags() & ~CpuState.RF,
                Arrays.toString(s.selector),
                Arrays.toString(s.base),
                Arrays.toString(s.limit),
                Arrays.toString(s.rights),
                s.gdtrBase,
                s.gdtrLimit,
                s.idtrBase,
                s.idtrLimit,
                s.cr0(),
                s.cr3(),
                s.cr4(),
                Arrays.toString(s.dr));
    }
}
