package org.ringone.x86;

import java.util.List;
import java.util.Locale;

/** One row of the instruction table: an encoding, what it means and what it does to operands and flags. */
public final class Form {
    /** No such instruction, or one that its prefixes or operands make invalid: #UD. */
    public static final Form UNDEFINED = sentinel(0, "UNDEFINED");
    /** More than 15 bytes: #GP(0). */
    public static final Form TOO_LONG = sentinel(1, "TOO_LONG");
    /** The code source refused a byte; the instruction's length is the number of bytes that were available. */
    public static final Form INCOMPLETE = sentinel(2, "INCOMPLETE");

    private final int index;
    private final Encoding encoding;
    private final String name;
    private final String mnemonic;
    private final List<Operand> operands;
    private final List<Access> accesses;
    private final Attributes attributes;
    private final int memoryOperand;
    private final Immediates immediates;
    private final int fixedSize;

    Form(
            int index,
            Encoding encoding,
            String name,
            List<Operand> operands,
            List<Access> accesses,
            Attributes attributes) {
        this.index = index;
        this.encoding = encoding;
        this.name = name;
        this.mnemonic = attributes.meaning() == null ? name.toUpperCase(Locale.ROOT) : attributes.meaning();
        this.operands = List.copyOf(operands);
        this.accesses = List.copyOf(accesses);
        this.attributes = attributes;
        this.memoryOperand = memoryOperand(operands);
        this.immediates = Immediates.of(operands);
        this.fixedSize = encoding.selectedByPrefix() && fixedSize(operands) == 0 ? 4 : fixedSize(operands);
    }

    private static Form sentinel(int index, String name) {
        return new Form(index, Encoding.NONE, name, List.of(), List.of(), Attributes.of(""));
    }

    /**
     * An operand of variable width, a branch or no sized operand at all: the prefix and the mode decide. Else the
     * narrowest of bytes, words and doublewords; immediates and segment registers have no say.
     */
    private static int fixedSize(List<Operand> operands) {
        int size = 0;
        for (Operand operand : operands) {
            boolean constant = operand.kind() == Operand.Kind.IMMEDIATE || operand.kind() == Operand.Kind.CONSTANT;
            if (operand.width().variable()
                    || operand.kind() == Operand.Kind.RELATIVE
                    || operand.kind() == Operand.Kind.SIGNED_IMMEDIATE) {
                return 0;
            }
            if (!constant && operand.bank() != Operand.Bank.SEGMENT && operand.width() != Width.NONE) {
                int bytes = operand.width().bytes(0);
                size = bytes <= 4 && (size == 0 || bytes < size) ? bytes : size;
            }
        }
        return size;
    }

    private static int memoryOperand(List<Operand> operands) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).addressable()) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The name of the row's meaning, upper case; rows with one meaning have one name, whatever their operands' places and
     * sizes: {@code ADD}, {@code JCC}, {@code SETCC}, {@code MOVS}, {@code MOV_TO_CR}.
     */
    public String mnemonic() {
        return mnemonic;
    }

    /** Dense number of the row; the three sentinels are 0 to 2. */
    public int index() {
        return index;
    }

    /** The pattern of operand {@code i}, the destination first. */
    public Operand operand(int i) {
        return operands.get(i);
    }

    /** How many operands. */
    public int operands() {
        return operands.size();
    }

    /** What is done to operand {@code i}. */
    public Access access(int i) {
        return accesses.get(i);
    }

    /** The operand that can be memory (addressed by ModRM or by an offset in the instruction), or -1. */
    public int memoryOperand() {
        return memoryOperand;
    }

    /** The flags that get a defined value ({@link Flag} bits). */
    public int flagsWritten() {
        return attributes.written();
    }

    /** The flags whose value the manual leaves undefined. */
    public int flagsUndefined() {
        return attributes.undefined();
    }

    /** The flags that the outcome depends on. */
    public int flagsTested() {
        return attributes.tested();
    }

    /** For shifts: the flags that are undefined too when the count exceeds the operand's width. */
    public int flagsUndefinedBeyondWidth() {
        return attributes.undefinedBeyond();
    }

    /** Whether LOCK is allowed when the destination is memory. */
    public boolean lockable() {
        return attributes.lockable();
    }

    /** A string instruction, which REP repeats. */
    public boolean string() {
        return attributes.string();
    }

    /** A string instruction for which REPE and REPNE differ (CMPS, SCAS). */
    public boolean comparesString() {
        return attributes.string() && (attributes.written() & Flag.Z) != 0;
    }

    /** The privilege that it needs. */
    public Privilege privilege() {
        return attributes.privilege();
    }

    /** #UD in real and virtual-8086 mode. */
    public boolean protectedModeOnly() {
        return attributes.protectedModeOnly();
    }

    /** How control goes on. */
    public Branch branch() {
        return attributes.branch();
    }

    /** Where it came in: {@code 386}, {@code 486}, {@code 586}, {@code 686}, {@code fpu}, {@code fxsr}, {@code sse}, ... */
    public String extension() {
        return attributes.extension();
    }

    /** The name that the assembler knows, for conditions with the placeholder {@code cc}: {@code Jcc}. */
    public String name() {
        return name;
    }

    Encoding encoding() {
        return encoding;
    }

    /** What follows ModRM and displacement. */
    Immediates immediates() {
        return immediates;
    }

    /** The operand size of the row when no prefix can change it (1, 2 or 4), else 0. */
    int fixedSize() {
        return fixedSize;
    }

    /** Whether the mod field is ignored. */
    boolean anyMod() {
        return attributes.anyMod();
    }

    Attributes attributes() {
        return attributes;
    }

    List<Operand> operandList() {
        return operands;
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(encoding.toString()).append(" | ").append(name);
        for (int i = 0; i < operands.size(); i++) {
            text.append(i == 0 ? " " : ",").append(operands.get(i).notation());
        }
        return text.toString();
    }
}
