package org.ringone.x86;

import java.io.ByteArrayOutputStream;

/** Makes the bytes of one instruction by one row. */
final class Encoder {
    /** The prefixes that the source wrote before the instruction; sizes and segment 0 and -1 when not. */
    record Prefixes(boolean lock, int repeat, int segment, int operandSize, int addressSize) {
        static final Prefixes NONE = new Prefixes(false, 0, -1, 0, 0);
    }

    private static final int[] SEGMENTS = {0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65};

    private final Pass pass;
    private final SourceLine line;
    private final boolean code32;
    private final byte[] bytes = new byte[24];
    private int length;
    private boolean nearForm;
    private String refusal = "";
    private String hint = "";

    Encoder(Pass pass, SourceLine line, boolean code32) {
        this.pass = pass;
        this.line = line;
        this.code32 = code32;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Why the last row did not do. */
    AssemblyException refusal() {
        return line.error(refusal, hint);
    }

    /** The number of bytes that the row takes, or -1 when a value does not fit. */
    int encode(Match match, Prefixes prefixes) throws AssemblyException {
        length = 0;
        Form form = match.named().form();
        int mode = code32 ? 4 : 2;
        nearForm = form.mnemonic().equals("JMP") || form.mnemonic().equals("JCC");
        boolean byAddressSize = form.mnemonic().equals("JCXZ");
        int operandSize = match.size() != 0 && !byAddressSize
                ? match.size()
                : prefixes.operandSize() != 0 ? prefixes.operandSize() : mode;
        AssemblyOperand.Memory memory = null;
        int reg = Math.max(form.encoding().reg(), 0);
        int rm = -1;
        int low = match.named().condition();
        for (int i = 0; i < match.operands().size(); i++) {
            Operand pattern = form.operand(i);
            if (match.operands().get(i) instanceof AssemblyOperand.Memory m) {
                memory = m;
            } else if (match.operands().get(i) instanceof AssemblyOperand.Register r) {
                switch (pattern.kind()) {
                    case REG -> reg = r.register().number();
                    case RM, RM_REGISTER -> rm = r.register().number();
                    case OPCODE -> low = r.register().number();
                    default -> {}
                }
            }
        }
        int addressSize =
                addressSize(memory, prefixes, byAddressSize ? match.named().size() : 0);
        if (match.named().waiting()) {
            put(0x9B);
        }
        if (prefixes.lock()) {
            put(0xF0);
        }
        if (prefixes.repeat() != 0) {
            put(prefixes.repeat() == 1 ? 0xF3 : 0xF2);
        }
        int segment = memory != null && memory.segment() >= 0 ? memory.segment() : prefixes.segment();
        if (segment >= 0) {
            put(SEGMENTS[segment]);
        }
        if (form.fixedSize() == 0 ? operandSize != mode : prefixes.operandSize() == 6 - mode) {
            put(0x66);
        }
        if (addressSize != mode) {
            put(0x67);
        }
        opcode(form.encoding(), low);
        if (!validRegister(form, reg)) {
            return -1;
        }
        boolean offset = form.immediates() == Immediates.OFFSET;
        if (form.encoding().exact() >= 0) {
            put(form.encoding().exact() | (form.encoding().exactLow() ? Math.max(rm, 0) : 0));
        } else if (memory != null && !offset) {
            if (!(addressSize == 4 ? address32(memory, reg) : address16(memory, reg))) {
                return -1;
            }
        } else if (form.encoding().modRm()) {
            put(0xC0 | reg << 3 | rm);
        }
        int size = form.fixedSize() == 0 ? operandSize : form.fixedSize();
        for (int i = 0; i < match.operands().size(); i++) {
            if (!immediate(form.operand(i), match.operands().get(i), size, addressSize)) {
                return -1;
            }
        }
        if (length > Decoder.MAX_LENGTH) {
            refuse("the instruction has more than 15 bytes", "leave prefixes out");
            return -1;
        }
        return length;
    }

    /** The bytes of prefixes that stand without an instruction. */
    static byte[] alone(Prefixes prefixes, boolean code32) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int other = code32 ? 2 : 4;
        if (prefixes.lock()) {
            bytes.write(0xF0);
        }
        if (prefixes.repeat() != 0) {
            bytes.write(prefixes.repeat() == 1 ? 0xF3 : 0xF2);
        }
        if (prefixes.segment() >= 0) {
            bytes.write(SEGMENTS[prefixes.segment()]);
        }
        if (prefixes.operandSize() == other) {
            bytes.write(0x66);
        }
        if (prefixes.addressSize() == other) {
            bytes.write(0x67);
        }
        return bytes.toByteArray();
    }

    private int addressSize(AssemblyOperand.Memory memory, Prefixes prefixes, int named) throws AssemblyException {
        int size = named;
        if (memory != null) {
            size = memory.registerBytes();
            if (size == 0 && memory.displacementSize() >= 2) {
                size = memory.displacementSize();
            }
        }
        if (prefixes.addressSize() != 0) {
            if (size != 0 && size != prefixes.addressSize()) {
                throw line.error("the address-size prefix does not match the address", "leave it out");
            }
            return prefixes.addressSize();
        }
        return size != 0 ? size : code32 ? 4 : 2;
    }

    private void opcode(Encoding encoding, int low) {
        switch (encoding.prefix()) {
            case P66 -> put(0x66);
            case PF3 -> put(0xF3);
            case PF2 -> put(0xF2);
            default -> {}
        }
        if (encoding.map() > 0) {
            put(0x0F);
        }
        if (encoding.map() > 1) {
            put(encoding.map() == 2 ? 0x38 : 0x3A);
        }
        put(encoding.opcode() + low);
    }

    /** Rows with a reg operand do not all take every register: CS cannot be loaded, CR1 does not exist. */
    private boolean validRegister(Form form, int reg) {
        for (int i = 0; i < form.operands(); i++) {
            Operand operand = form.operand(i);
            if (operand.bank() == Operand.Bank.SEGMENT
                    && operand.kind() == Operand.Kind.REG
                    && form.access(i).writes()
                    && reg == 1) {
                return refuse("CS cannot be loaded with MOV", "use a far jump, far return or IRET");
            }
            if (operand == Operand.Cd && reg != form.encoding().reg()) {
                return refuse("there is no CR" + reg, "there are CR0, CR2, CR3 and CR4");
            }
        }
        return true;
    }

    private boolean address32(AssemblyOperand.Memory memory, int reg) throws AssemblyException {
        Value displacement = displacement(memory);
        int base = memory.base();
        int index = memory.index();
        boolean sib = index >= 0 || base == 4;
        int bytes = base < 0 ? 4 : displacementBytes(memory, displacement, base == 5, (int) displacement.number(), 4);
        int mod = base < 0 || bytes == 0 ? 0 : bytes == 1 ? 1 : 2;
        put(mod << 6 | reg << 3 | (sib ? 4 : base < 0 ? 5 : base));
        if (sib) {
            put(memory.scale() << 6 | (index < 0 ? 4 : index) << 3 | (base < 0 ? 5 : base));
        }
        return number(displacement, bytes, 4);
    }

    private boolean address16(AssemblyOperand.Memory memory, int reg) throws AssemblyException {
        Value displacement = displacement(memory);
        int base = memory.base();
        int index = memory.index();
        int rm = index < 0 ? (base == 3 ? 7 : 6) : base < 0 ? index - 2 : (base == 5 ? 2 : 0) + index - 6;
        boolean none = base < 0 && index < 0;
        int bytes = none ? 2 : displacementBytes(memory, displacement, rm == 6, (short) displacement.number(), 2);
        int mod = none || bytes == 0 ? 0 : bytes == 1 ? 1 : 2;
        put(mod << 6 | reg << 3 | rm);
        return number(displacement, bytes, 2);
    }

    private Value displacement(AssemblyOperand.Memory memory) throws AssemblyException {
        return memory.displacement() == null
                ? Value.of(0)
                : memory.displacement().value(pass, line);
    }

    /** Bytes of displacement beside a register: 0, 1, or all. */
    private static int displacementBytes(
            AssemblyOperand.Memory memory, Value value, boolean needed, int number, int all) {
        if (memory.displacementSize() == 1) {
            return 1;
        }
        if (memory.displacementSize() > 1 || !value.plain()) {
            return all;
        }
        if (number == 0 && !needed) {
            return 0;
        }
        return number == (byte) number ? 1 : all;
    }

    private boolean immediate(Operand pattern, AssemblyOperand operand, int size, int addressSize)
            throws AssemblyException {
        if (operand instanceof AssemblyOperand.Memory m) {
            return pattern.kind() != Operand.Kind.OFFSET || number(displacement(m), addressSize, addressSize);
        } else if (operand instanceof AssemblyOperand.Far f) {
            return number(f.offset().value(pass, line), size, size)
                    && number(f.selector().value(pass, line), 2, 2);
        } else if (!(operand instanceof AssemblyOperand.Immediate)) {
            return true;
        }
        AssemblyOperand.Immediate immediate = (AssemblyOperand.Immediate) operand;
        Value value = immediate.value().value(pass, line);
        return switch (pattern.kind()) {
            case IMMEDIATE -> {
                int bytes = pattern.width().bytes(size);
                yield number(value, bytes, bytes);
            }
            case SIGNED_IMMEDIATE -> {
                long number = size == 2 ? (short) value.number() : (int) value.number();
                boolean same = fits(value.number(), size);
                if (value.known() && (!value.plain() || !same || number != (byte) number)) {
                    yield refuse(value.number() + " does not fit a sign-extended byte", "use a wider form");
                }
                put((int) number);
                yield true;
            }
            case CONSTANT ->
                !value.known()
                        || value.plain() && value.number() == pattern.number()
                        || refuse("the shift count is not " + pattern.number(), "");
            case RELATIVE -> {
                // NASM takes the short form of its own accord only for targets in the source.
                boolean foreign =
                        value.plain() && value.known() && immediate.distance().isEmpty();
                if (foreign && pattern.width() == Width.B && nearForm) {
                    yield refuse("the target is a plain number", "write short");
                }
                yield relative(value, pattern.width().bytes(size), size);
            }
            default -> throw new IllegalStateException("not an immediate: " + pattern);
        };
    }

    private boolean relative(Value target, int bytes, int size) {
        int from = pass.address() + length + bytes;
        int distance = (int) (target.number() - from);
        if (size == 2) {
            distance = (short) distance;
        }
        if (bytes == 1 && target.known() && distance != (byte) distance) {
            return refuse("the target is " + distance + " bytes away", "a short jump reaches -128 to 127 bytes");
        }
        putNumber(distance, bytes);
        return true;
    }

    /** Puts a number of {@code bytes} bytes that must fit, signed or unsigned, into {@code range} bytes. */
    private boolean number(Value value, int bytes, int range) {
        if (value.known() && !fits(value.number(), range)) {
            return refuse(value.number() + " does not fit " + 8 * range + " bits", "check the value and the size");
        }
        if (value.known() && bytes == 1 && range > 1 && (int) value.number() != (byte) value.number()) {
            return range == 2 && (short) value.number() == (byte) value.number()
                    ? putNumber(value.number(), bytes)
                    : refuse("displacement " + value.number() + " does not fit a byte", "leave the keyword byte out");
        }
        return putNumber(value.number(), bytes);
    }

    /** Whether a number fits so many bytes, signed or unsigned; 32 bits also take the negative of an address. */
    static boolean fits(long value, int bytes) {
        long least = bytes == 4 ? -1L << 32 : -1L << 8 * bytes - 1;
        return bytes >= 8 || value >= least && value < 1L << 8 * bytes;
    }

    private boolean refuse(String what, String mending) {
        refusal = what;
        hint = mending;
        return false;
    }

    private void put(int value) {
        bytes[length++] = (byte) value;
    }

    private boolean putNumber(long value, int count) {
        for (int i = 0; i < count; i++) {
            put((int) (value >> 8 * i));
        }
        return true;
    }
}
