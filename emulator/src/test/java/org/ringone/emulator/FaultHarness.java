package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ringone.x86.Access;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;
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
        /** The operand crosses a page, whose second part is missing. */
        SECOND_PAGE,
        /** An operand that must be aligned to 16 bytes is not. */
        MISALIGNED
    }

    /** A memory operand of one instruction, explicit or not. */
    public record Place(int segment, int offset, int size, boolean write) {
        /** Whether no page holds parts of both, so that a fault of one is not taken for the other's. */
        boolean apartFrom(Place o) {
            return offset + size - 1 >> 12 < o.offset >> 12 || o.offset + o.size - 1 >> 12 < offset >> 12;
        }

        boolean crosses() {
            return (offset & 0xFFF) + size > 0x1000;
        }
    }

    private static final int DATA = 0x2_0000;
    private static final int CODE = 0x2_1000;
    private static final int DIRECTORY = 0x2_2000;
    private static final int TABLE = 0x2_3000;
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
            List<Place> places = places(i, state.r);
            boolean inside = places.stream().allMatch(p -> p.offset >= 0x10 && p.offset < DATA - 0x1000);
            boolean wraps = i.addressSize == 2 && places.stream().anyMatch(p -> p.offset + p.size > 0x1_0000);
            boolean misaligned = RandomState.mustBeAligned(i) && (places.get(0).offset & 15) != 0;
            if (misaligned != (kind == Kind.MISALIGNED)) {
                continue; // which is a fault of its own
            }
            if (wraps || i.segment == CpuState.CS || places.isEmpty() || !inside) {
                continue;
            }
            Place place = places.get(random.nextInt(places.size()));
            boolean refused =
                    kind == Kind.SUPERVISOR_PAGE && form.privilege() == Privilege.CPL0; // before memory is touched
            if (!refused
                    && applies(kind, place)
                    && places.stream().allMatch(p -> p.write == place.write || p.apartFrom(place))) {
                run(i, code, state, place, kind);
                return true;
            }
        }
        return false;
    }

    private static boolean applies(Kind kind, Place place) {
        return switch (kind) {
            case READ_ONLY -> place.write;
            case SECOND_PAGE -> place.crosses();
            default -> true;
        };
    }

    private void run(Instruction i, byte[] code, RandomState state, Place place, Kind kind) {
        machine.privilege(kind == Kind.SUPERVISOR_PAGE ? 3 : 0);
        int page = place.offset >> 12;
        int vector = Vector.PF;
        int error = place.write ? Vector.PF_WRITE : 0;
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
                machine.segment(place.segment, 0, place.offset + place.size - 2, true);
                vector = place.segment == CpuState.SS ? Vector.SS : Vector.GP;
                error = 0;
            }
            case SECOND_PAGE -> map(page + 1, 0);
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
        s.cr2 = 0;
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
        if (vector == Vector.PF) {
            assertThat(s.cr2 >>> 12)
                    .as("page of the fault of %s", what)
                    .isEqualTo(kind == Kind.SECOND_PAGE ? page + 1 : page);
        }
        map(page, PRESENT | WRITABLE | USER);
        map(page + 1, PRESENT | WRITABLE | USER);
        machine.segment(place.segment, 0, -1, true);
    }

    /** What a fault must leave: RF alone may be set by it. */
    private String image() {
        return String.format(
                "%s eip %x eflags %x selectors %x %x %x %x %x %x %x %x gdtr %x %x idtr %x %x cr %x %x %x fpu %x %x %x vectors %s",
                Arrays.toString(s.r),
                s.eip,
                s.eflags() & ~CpuState.RF,
                s.selector(0),
                s.selector(1),
                s.selector(2),
                s.selector(3),
                s.selector(4),
                s.selector(5),
                s.selector(CpuState.LDTR),
                s.selector(CpuState.TR),
                s.gdtrBase,
                s.gdtrLimit,
                s.idtrBase,
                s.idtrLimit,
                s.cr0(),
                s.cr3(),
                s.cr4(),
                machine.cpu.fpu().control(),
                machine.cpu.fpu().status(),
                machine.cpu.fpu().tags(),
                vectors());
    }

    private String vectors() {
        StringBuilder text =
                new StringBuilder(Integer.toHexString(machine.cpu.sse().mxcsr()));
        for (int n = 0; n < 16; n++) {
            text.append(' ').append(Long.toHexString(machine.cpu.sse().half(n)));
        }
        for (int n = 0; n < 8; n++) {
            text.append(' ').append(Long.toHexString(machine.cpu.fpu().mmx(n)));
        }
        return text.toString();
    }

    /** All memory that the instruction touches first: for repeated ones, the first element's. */
    static List<Place> places(Instruction i, int[] r) {
        List<Place> places = new ArrayList<>();
        int size = i.operandSize;
        int esp = r[CpuState.ESP];
        boolean pops = i.form.mnemonic().equals("POP");
        if (i.memory() && i.memoryAccess() != Access.ADDRESS) {
            int offset = address(i, r, pops ? size : 0);
            places.add(new Place(
                    i.segment, offset, i.memoryWidth(), i.memoryAccess().writes()));
        }
        switch (i.form.mnemonic()) {
            case "PUSH", "PUSHF", "PUSH_SEGMENT", "CALL" -> places.add(stack(esp - size, size, true));
            case "POP", "POPF", "RET" -> places.add(stack(esp, size, false));
            case "POP_SEGMENT" -> places.add(stack(esp, 2, false));
            case "RETF" -> stackItems(2, esp, size, places);
            case "IRET" -> stackItems(3, esp, size, places);
            case "LEAVE" -> places.add(stack(r[CpuState.EBP], size, false));
            case "PUSHA" -> {
                for (int n = 1; n <= 8; n++) {
                    places.add(stack(esp - n * size, size, true));
                }
            }
            case "POPA" -> {
                for (int n = 0; n < 8; n++) {
                    if (n != 3) { // the stored stack pointer is skipped
                        places.add(stack(esp + n * size, size, false));
                    }
                }
            }
            case "ENTER" -> enter(i, r, places);
            case "XLAT" -> {
                int offset = r[CpuState.EBX] + (r[CpuState.EAX] & 0xFF);
                places.add(new Place(i.segment, cut(i, offset), 1, false));
            }
            case "MASKMOVQ" -> places.add(new Place(i.segment, cut(i, r[CpuState.EDI]), 8, true));
            case "MASKMOVDQU" -> places.add(new Place(i.segment, cut(i, r[CpuState.EDI]), 16, true));
            default -> {}
        }
        for (int k = 0; k < i.form.operands(); k++) {
            boolean write = i.form.access(k).writes();
            if (i.form.operand(k).kind() == Operand.Kind.SOURCE) {
                places.add(new Place(i.segment, cut(i, r[CpuState.ESI]), size, write));
            } else if (i.form.operand(k).kind() == Operand.Kind.DESTINATION) {
                places.add(new Place(CpuState.ES, cut(i, r[CpuState.EDI]), size, write));
            }
        }
        return places;
    }

    private static void stackItems(int count, int esp, int size, List<Place> places) {
        for (int n = 0; n < count; n++) {
            places.add(stack(esp + n * size, size, false));
        }
    }

    private static Place stack(int offset, int size, boolean write) {
        return new Place(CpuState.SS, offset, size, write);
    }

    private static void enter(Instruction i, int[] r, List<Place> places) {
        int level = i.immediate2 & 31;
        int pushes = level == 0 ? 1 : level + 1;
        for (int n = 1; n <= pushes; n++) {
            places.add(stack(r[CpuState.ESP] - n * i.operandSize, i.operandSize, true));
        }
        for (int n = 1; n < level; n++) {
            places.add(stack(r[CpuState.EBP] - n * i.operandSize, i.operandSize, false));
        }
        int end = r[CpuState.ESP] - pushes * i.operandSize - (i.immediate & 0xFFFF);
        places.add(stack(end, i.operandSize, true));
    }

    private static int cut(Instruction i, int offset) {
        return i.addressSize == 4 ? offset : offset & 0xFFFF;
    }

    private static int address(Instruction i, int[] r, int popped) {
        int a = i.displacement;
        if (i.base >= 0) {
            a += r[i.base] + (i.base == CpuState.ESP ? popped : 0);
        }
        if (i.index >= 0) {
            a += r[i.index] << i.scale;
        }
        boolean bits = i.form.mnemonic().startsWith("BT") && i.form.operand(1).kind() == Operand.Kind.REG;
        if (bits) {
            a += i.operandSize == 4 ? r[i.reg] >> 5 << 2 : (short) r[i.reg] >> 4 << 1;
        }
        return cut(i, a);
    }
}
