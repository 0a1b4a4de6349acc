package org.ringone.emulator.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.RowBytes;
import org.ringone.emulator.UserSpace;
import org.ringone.x86.Access;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/**
 * Random programs of 1 to 50 pieces: instructions of the given rows, loops that count in memory, jumps forward, calls, direct and by
 * register, traps, selectors, stores into the program itself. Nothing in them looks at flags that are undefined.
 */
final class ProgramGenerator {
    private static final int MOST = 50;
    private static final int MOST_FUNCTIONS = 2;

    private static final Set<String> STACK = Set.of("PUSH", "POP", "PUSHA", "POPA", "PUSHF", "POPF", "ENTER", "LEAVE");

    /** Privileged, undefined, or with the vector of an exception: each is raised and passed over. */
    private static final byte[][] TRAPS = {
        {(byte) 0xF4},
        {(byte) 0xFA},
        {0x0F, 0x22, (byte) 0xC0},
        {0x0F, 0x0B},
        {(byte) 0xCC},
        {(byte) 0xCD, 0x20},
        {(byte) 0xCE},
        {0x0F, 0x01, 0x10},
        {0x0F, 0x06},
        {0x0F, 0x30}
    };

    /** Where free programs leave what the x87 and SSE have, pointers too. */
    private static final int IMAGE = UserSpace.COUNTERS + 0x800;

    private final List<Form> rows;
    /** Whether only one processor is to run it: undefined flags, what others doubt and stores into the program may be in it then. */
    private final boolean free;

    private final Random random;
    private final OperandAim aim;
    private final List<Piece> pieces = new ArrayList<>();
    /** Numbers of calls, with the function that each is to go to. */
    private final List<int[]> calls = new ArrayList<>();

    private int functions;
    private int counters;
    private boolean inFunction;

    private ProgramGenerator(List<Form> rows, boolean free, Random random) {
        this.free = free;
        this.rows = rows.stream().filter(ProgramGenerator::plain).toList();
        this.random = random;
        this.aim = new OperandAim(random);
    }

    /** Jumps, calls and traps are made otherwise. */
    private static boolean plain(Form form) {
        return switch (form.branch()) {
            case NONE, SYSTEM -> true;
            default -> form.mnemonic().equals("BOUND");
        };
    }

    /** The program of a seed, for two processors. */
    static Program program(List<Form> rows, long seed) {
        return program(rows, false, seed);
    }

    /** The program of a seed, for one processor: with whatever a user's program can have. */
    static Program free(List<Form> rows, long seed) {
        return program(rows, true, seed);
    }

    private static Program program(List<Form> rows, boolean free, long seed) {
        Random random = new Random(seed);
        while (true) {
            Program program = new ProgramGenerator(rows, free, random).draw();
            if (program.code(0) != null && program.code(0).length <= BlockTrial.LONGEST) {
                return program;
            }
        }
    }

    private Program draw() {
        functions = random.nextInt(MOST_FUNCTIONS + 1);
        stretch(1 + random.nextInt(MOST), 0);
        if (free) {
            pieces.add(Piece.of((byte) 0x0F, (byte) 0xAE, (byte) 0x05).then(word(IMAGE)));
        }
        pieces.add(Program.end());
        inFunction = true;
        for (int f = 0; f < functions; f++) {
            int start = pieces.size();
            for (int[] call : calls) {
                if (call[1] == f) {
                    pieces.set(call[0], pieces.get(call[0]).to(start));
                }
            }
            stretch(1 + random.nextInt(6), 2);
            pieces.add(Piece.of((byte) 0xC3));
        }
        int[] r = random.ints(8).toArray();
        for (int n = 0; n < 8; n++) {
            r[n] = random.nextInt(3) == 0 ? random.nextInt() >> random.nextInt(32) : r[n];
        }
        r[CpuState.ESP] = UserSpace.STACK;
        int eflags = random.nextInt() & 0x8D5 | 0x202 | (random.nextInt(4) == 0 ? CpuState.DF : 0);
        Program program = new Program(pieces, r, eflags, pages());
        for (int k = free ? -1 : program.undetermined(); k >= 0; k = program.undetermined()) {
            program = program.inserted(k, Piece.of(settles()));
        }
        return program;
    }

    private SortedMap<Integer, UserSpace.Page> pages() {
        SortedMap<Integer, UserSpace.Page> pages = new TreeMap<>();
        for (int n = random.nextInt(6); n > 0; n--) {
            int page = random.nextInt(UserSpace.DATA_END >> 12) << 12;
            pages.put(page, UserSpace.Page.values()[random.nextInt(4)]);
        }
        return pages;
    }

    /** An instruction that gives all status flags: CMP, ADD, SUB or NEG with registers other than ESP. */
    private byte[] settles() {
        int register = random.nextInt(4);
        return switch (random.nextInt(4)) {
            case 0 -> new byte[] {(byte) 0x83, (byte) (0xF8 | register), (byte) random.nextInt()};
            case 1 -> new byte[] {0x01, (byte) (0xC0 | register | random.nextInt(4) << 3)};
            case 2 -> new byte[] {0x29, (byte) (0xC0 | register | random.nextInt(4) << 3)};
            default -> new byte[] {(byte) 0xF7, (byte) (0xD8 | register)};
        };
    }

    private void stretch(int count, int depth) {
        int end = pieces.size() + count;
        while (pieces.size() < end) {
            int left = end - pieces.size();
            switch (random.nextInt(16)) {
                case 0 -> pieces.add(Piece.of(TRAPS[random.nextInt(TRAPS.length)]));
                case 1 -> pieces.add(selectors());
                case 2 -> forward(left);
                case 3 -> loop(left, depth);
                case 4 -> call();
                case 5 -> patch();
                default -> pieces.add(plain());
            }
        }
    }

    /** A jump over some of the pieces that are left, on a condition or not, to an address or by a register. */
    private void forward(int left) {
        int target = pieces.size() + 1 + random.nextInt(left);
        pieces.add(
                switch (random.nextInt(6)) {
                    case 0 -> new Piece(new byte[] {(byte) 0xEB, 0}, 1, 1, true, target, 0);
                    case 1 -> byRegister(target, 0xE0);
                    case 2 -> new Piece(near(0x80 | random.nextInt(16)), 2, 4, true, target, 0);
                    case 3 -> new Piece(new byte[] {(byte) (0xE2 | random.nextInt(2)), 0}, 1, 1, true, target, 0);
                    default -> new Piece(new byte[] {(byte) (0x70 | random.nextInt(16)), 0}, 1, 1, true, target, 0);
                });
    }

    private static byte[] near(int condition) {
        return new byte[] {0x0F, (byte) condition, 0, 0, 0, 0};
    }

    /** MOV register, target; JMP or CALL register. */
    private Piece byRegister(int target, int modRm) {
        int register = random.nextInt(4);
        return new Piece(new byte[] {(byte) (0xB8 | register), 0, 0, 0, 0}, 1, 4, false, target, 0)
                .then((byte) 0xFF, (byte) (modRm | register));
    }

    private static byte[] word(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    private void loop(int left, int depth) {
        if (depth >= 2 || left < 2) {
            pieces.add(plain());
            return;
        }
        int counter = UserSpace.COUNTERS + 8 * counters++;
        byte[] start = {(byte) 0xC7, 0x05, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] down = {(byte) 0x83, 0x2D, 0, 0, 0, 0, 1};
        for (int n = 0; n < 4; n++) {
            start[2 + n] = (byte) (counter >> 8 * n);
            down[2 + n] = start[2 + n];
        }
        start[6] = (byte) (1 + random.nextInt(free ? 20 : 6));
        pieces.add(Piece.of(start));
        int head = pieces.size();
        stretch(1 + random.nextInt(Math.min(left - 1, 10)), depth + 1);
        boolean loop = random.nextInt(3) == 0; // JLE over LOOP, which ends a turn or more earlier if ECX is small
        byte[] back = loop ? new byte[] {0x7E, 2, (byte) 0xE2, 0} : near(0x8F);
        byte[] both = Piece.of(down).then(back).code();
        pieces.add(new Piece(both, both.length - (loop ? 1 : 4), loop ? 1 : 4, true, head, 0));
    }

    private void call() {
        if (inFunction || functions == 0) {
            pieces.add(plain());
            return;
        }
        calls.add(new int[] {pieces.size(), random.nextInt(functions)});
        pieces.add(
                random.nextInt(3) == 0
                        ? byRegister(0, 0xD0)
                        : new Piece(new byte[] {(byte) 0xE8, 0, 0, 0, 0}, 1, 4, true, 0, 0));
    }

    /** A store into the immediate of a MOV, which follows at once or stands a piece further. */
    private void patch() {
        if (!free) {
            pieces.add(plain());
            return;
        }
        int between = random.nextInt(2);
        int target = pieces.size() + 1 + between;
        byte[] store = {(byte) 0xC6, 0x05, 0, 0, 0, 0, (byte) random.nextInt()};
        pieces.add(new Piece(store, 2, 4, false, target, 1 + random.nextInt(4)));
        if (between == 1) {
            pieces.add(plain());
        }
        int register = random.nextInt(4);
        pieces.add(OperandAim.move(Piece.of(), register, random.nextInt()));
    }

    /** A selector in EAX, and an instruction that loads it or looks at it. */
    private Piece selectors() {
        boolean good = random.nextBoolean();
        int[] refused = UserSpace.REFUSED;
        int selector = good
                ? random.nextBoolean() ? UserSpace.DATA_SELECTOR : UserSpace.MOVED_SELECTOR
                : refused[random.nextInt(refused.length)];
        int[] loaded = {CpuState.ES, CpuState.DS, CpuState.FS, CpuState.GS};
        int register = loaded[random.nextInt(4)];
        if (random.nextBoolean()) {
            return OperandAim.move(Piece.of(), 0, selector).then((byte) 0x8E, (byte) (0xC0 | register << 3));
        }
        if (random.nextInt(3) == 0) {
            selector = UserSpace.OTHERS[random.nextInt(UserSpace.OTHERS.length)];
        }
        Piece move = OperandAim.move(Piece.of(), 0, selector);
        return switch (random.nextInt(5)) {
            case 0 -> move.then((byte) 0x0F, (byte) 0x02, (byte) 0xD0); // LAR EDX, EAX
            case 1 -> move.then((byte) 0x0F, (byte) 0x03, (byte) 0xD0); // LSL EDX, EAX
            case 2 -> move.then((byte) 0x0F, (byte) 0x00, (byte) 0xE0); // VERR AX
            case 3 -> move.then((byte) 0x0F, (byte) 0x00, (byte) 0xE8); // VERW AX
            default -> move.then((byte) 0x63, (byte) (0xC0 | random.nextInt(4) << 3)); // ARPL AX, r16
        };
    }

    private Piece plain() {
        while (true) {
            Form form = rows.get(random.nextInt(rows.size()));
            byte[] code = new RowBytes(form, random).next();
            Instruction i = RowBytes.decode(code);
            boolean stack = STACK.contains(form.mnemonic());
            boolean movesStack = writesStackPointer(i);
            boolean outside = inFunction && (stack || movesStack || i.base == CpuState.ESP);
            if (outside || !free && (UnicornDoubts.about(i, 0xFFFF) || UnicornDoubts.behindOthers(i))) {
                continue;
            }
            if (form.mnemonic().equals("ENTER")) {
                int frame = UserSpace.STACK + 4 * random.nextInt(8);
                return ending(OperandAim.move(Piece.of(), CpuState.EBP, frame)
                        .then((byte) 0xC8, (byte) random.nextInt(64), (byte) 0, (byte) random.nextInt()));
            }
            if (form.mnemonic().equals("LEAVE")) {
                return ending(OperandAim.move(Piece.of(), CpuState.EBP, UserSpace.STACK)
                        .then(code));
            }
            Piece piece = random.nextInt(20) == 0 && !form.string() ? Piece.of(code) : aim.aimed(code, i);
            if (piece != null) {
                return movesStack || stack && random.nextInt(4) == 0 ? ending(piece) : piece;
            }
        }
    }

    /** The piece, and the stack pointer back where it was. */
    private static Piece ending(Piece piece) {
        return OperandAim.move(piece, CpuState.ESP, UserSpace.STACK);
    }

    private static boolean writesStackPointer(Instruction i) {
        for (int k = 0; k < i.form.operands(); k++) {
            Operand operand = i.form.operand(k);
            boolean wide =
                    operand.bank() == Operand.Bank.GENERAL && operand.width().bytes(i.operandSize) > 1;
            int number =
                    switch (operand.kind()) {
                        case RM, RM_REGISTER -> i.memory() ? -1 : i.rm;
                        case REG -> i.reg;
                        case OPCODE -> i.opcode & 7;
                        default -> -1;
                    };
            if (wide && number == CpuState.ESP && i.form.access(k) != Access.READ) {
                return true;
            }
        }
        return false;
    }
}
