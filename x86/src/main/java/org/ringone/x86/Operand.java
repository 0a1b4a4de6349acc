package org.ringone.x86;

import java.util.HashMap;
import java.util.Map;

/**
 * The operand patterns of the table, in the notation of the manual's opcode map: a capital letter for where the operand
 * is, small letters for its width.
 */
public enum Operand {
    /** Byte register or memory, by ModRM. */
    Eb(Kind.RM, Bank.GENERAL, Width.B),
    /** Word register or memory. */
    Ew(Kind.RM, Bank.GENERAL, Width.W),
    /** Doubleword register or memory. */
    Ed(Kind.RM, Bank.GENERAL, Width.D),
    /** Word or doubleword register or memory. */
    Ev(Kind.RM, Bank.GENERAL, Width.V),
    /** Register of the operand size, or a word in memory (MOV from a segment register, SLDT, STR, SMSW). */
    RvMw("Rv/Mw", Kind.RM, Bank.GENERAL, Width.V, 0),
    /** Doubleword register of which the low word counts, or a word in memory (PINSRW). */
    RdMw("Rd/Mw", Kind.RM, Bank.GENERAL, Width.D, 0),
    /** Byte register, by the reg field of ModRM. */
    Gb(Kind.REG, Bank.GENERAL, Width.B),
    /** Word register, by reg. */
    Gw(Kind.REG, Bank.GENERAL, Width.W),
    /** Doubleword register, by reg. */
    Gd(Kind.REG, Bank.GENERAL, Width.D),
    /** Word or doubleword register, by reg. */
    Gv(Kind.REG, Bank.GENERAL, Width.V),
    /** Byte register, by the low bits of the opcode. */
    Zb(Kind.OPCODE, Bank.GENERAL, Width.B),
    /** Word or doubleword register, by the low bits of the opcode. */
    Zv(Kind.OPCODE, Bank.GENERAL, Width.V),
    /** Memory only; the address matters, not what is there. */
    M(Kind.MEMORY, Bank.NONE, Width.NONE),
    /** A byte in memory. */
    Mb(Kind.MEMORY, Bank.NONE, Width.B),
    /** A word in memory. */
    Mw(Kind.MEMORY, Bank.NONE, Width.W),
    /** A doubleword in memory. */
    Md(Kind.MEMORY, Bank.NONE, Width.D),
    /** A quadword in memory. */
    Mq(Kind.MEMORY, Bank.NONE, Width.Q),
    /** A double quadword in memory. */
    Mdq(Kind.MEMORY, Bank.NONE, Width.DQ),
    /** An 80-bit real in memory. */
    Mt(Kind.MEMORY, Bank.NONE, Width.T),
    /** Two values in memory (BOUND). */
    Ma(Kind.MEMORY, Bank.NONE, Width.A),
    /** A far pointer in memory. */
    Mp(Kind.MEMORY, Bank.NONE, Width.P),
    /** A pseudo-descriptor in memory. */
    Ms(Kind.MEMORY, Bank.NONE, Width.S),
    /** The FPU environment in memory. */
    Me(Kind.MEMORY, Bank.NONE, Width.E),
    /** The FPU state in memory. */
    Mf(Kind.MEMORY, Bank.NONE, Width.F),
    /** The FXSAVE area in memory. */
    Mx(Kind.MEMORY, Bank.NONE, Width.X),
    /** Doubleword register, by the rm field; mod says register or does not matter (MOV CR). */
    Rd(Kind.RM_REGISTER, Bank.GENERAL, Width.D),
    /** Word or doubleword register, by the rm field. */
    Rv(Kind.RM_REGISTER, Bank.GENERAL, Width.V),
    /** Segment register, by reg. */
    Sw(Kind.REG, Bank.SEGMENT, Width.W),
    /** Control register, by reg. */
    Cd(Kind.REG, Bank.CONTROL, Width.D),
    /** Debug register, by reg. */
    Dd(Kind.REG, Bank.DEBUG, Width.D),
    /** Immediate byte. */
    Ib(Kind.IMMEDIATE, Bank.NONE, Width.B),
    /** Immediate byte, sign-extended to the operand size. */
    Ibs(Kind.SIGNED_IMMEDIATE, Bank.NONE, Width.B),
    /** Immediate word. */
    Iw(Kind.IMMEDIATE, Bank.NONE, Width.W),
    /** Immediate word or doubleword. */
    Iz(Kind.IMMEDIATE, Bank.NONE, Width.V),
    /** Relative branch, byte displacement. */
    Jb(Kind.RELATIVE, Bank.NONE, Width.B),
    /** Relative branch, word or doubleword displacement. */
    Jz(Kind.RELATIVE, Bank.NONE, Width.V),
    /** Far pointer in the instruction. */
    Ap(Kind.FAR, Bank.NONE, Width.P),
    /** A byte in memory at an offset in the instruction, of the address size. */
    Ob(Kind.OFFSET, Bank.NONE, Width.B),
    /** A word or doubleword in memory at an offset in the instruction. */
    Ov(Kind.OFFSET, Bank.NONE, Width.V),
    /** A byte at DS:ESI (or another segment). */
    Xb(Kind.SOURCE, Bank.NONE, Width.B),
    /** A word or doubleword at DS:ESI (or another segment). */
    Xv(Kind.SOURCE, Bank.NONE, Width.V),
    /** A byte at ES:EDI. */
    Yb(Kind.DESTINATION, Bank.NONE, Width.B),
    /** A word or doubleword at ES:EDI. */
    Yv(Kind.DESTINATION, Bank.NONE, Width.V),
    /** The register. */
    AL("AL", Kind.FIXED, Bank.GENERAL, Width.B, 0),
    /** The register. */
    AX("AX", Kind.FIXED, Bank.GENERAL, Width.W, 0),
    /** AX or EAX. */
    eAX("eAX", Kind.FIXED, Bank.GENERAL, Width.V, 0),
    /** The register. */
    CL("CL", Kind.FIXED, Bank.GENERAL, Width.B, 1),
    /** The register. */
    DX("DX", Kind.FIXED, Bank.GENERAL, Width.W, 2),
    /** The segment register. */
    ES("ES", Kind.FIXED, Bank.SEGMENT, Width.W, 0),
    /** The segment register. */
    CS("CS", Kind.FIXED, Bank.SEGMENT, Width.W, 1),
    /** The segment register. */
    SS("SS", Kind.FIXED, Bank.SEGMENT, Width.W, 2),
    /** The segment register. */
    DS("DS", Kind.FIXED, Bank.SEGMENT, Width.W, 3),
    /** The segment register. */
    FS("FS", Kind.FIXED, Bank.SEGMENT, Width.W, 4),
    /** The segment register. */
    GS("GS", Kind.FIXED, Bank.SEGMENT, Width.W, 5),
    /** The constant one, as a shift count. */
    ONE("1", Kind.CONSTANT, Bank.NONE, Width.B, 1),
    /** The top of the FPU stack. */
    ST("ST", Kind.FIXED, Bank.FPU, Width.T, 0),
    /** An FPU register, by the rm field. */
    STi("ST(i)", Kind.RM_REGISTER, Bank.FPU, Width.T, 0),
    /** MMX register, by reg. */
    Pq(Kind.REG, Bank.MMX, Width.Q),
    /** MMX register, by rm. */
    Nq(Kind.RM_REGISTER, Bank.MMX, Width.Q),
    /** MMX register or a doubleword in memory. */
    Qd(Kind.RM, Bank.MMX, Width.D),
    /** MMX register or a quadword in memory. */
    Qq(Kind.RM, Bank.MMX, Width.Q),
    /** XMM register, by reg. */
    Vdq(Kind.REG, Bank.XMM, Width.DQ),
    /** XMM register, by rm. */
    Udq(Kind.RM_REGISTER, Bank.XMM, Width.DQ),
    /** XMM register or a doubleword in memory. */
    Wd(Kind.RM, Bank.XMM, Width.D),
    /** XMM register or a quadword in memory. */
    Wq(Kind.RM, Bank.XMM, Width.Q),
    /** XMM register or a double quadword in memory. */
    Wdq(Kind.RM, Bank.XMM, Width.DQ);

    /** Where an operand is found. */
    public enum Kind {
        /** Register or memory, by the mod and rm fields. */
        RM,
        /** Memory, by the mod and rm fields; a register is undefined. */
        MEMORY,
        /** Register, by the rm field. */
        RM_REGISTER,
        /** Register, by the reg field. */
        REG,
        /** Register, by the low three bits of the opcode. */
        OPCODE,
        /** A register that the row names. */
        FIXED,
        /** A number that the row names. */
        CONSTANT,
        /** In the instruction. */
        IMMEDIATE,
        /** In the instruction, a byte that is sign-extended to the operand size. */
        SIGNED_IMMEDIATE,
        /** In the instruction, relative to the next one. */
        RELATIVE,
        /** In the instruction: offset, then selector. */
        FAR,
        /** Memory at an offset in the instruction. */
        OFFSET,
        /** Memory at (E)SI. */
        SOURCE,
        /** Memory at ES:(E)DI. */
        DESTINATION
    }

    /** The register file that an operand's register belongs to. */
    public enum Bank {
        /** Never a register. */
        NONE,
        /** AL..BH, AX..DI or EAX..EDI, by the width. */
        GENERAL,
        /** ES CS SS DS FS GS. */
        SEGMENT,
        /** CR0.. */
        CONTROL,
        /** DR0..DR7. */
        DEBUG,
        /** ST(0)..ST(7). */
        FPU,
        /** MM0..MM7. */
        MMX,
        /** XMM0..XMM7. */
        XMM
    }

    private static final Map<String, Operand> BY_NOTATION = new HashMap<>();

    static {
        for (Operand operand : values()) {
            BY_NOTATION.put(operand.notation, operand);
        }
    }

    private final String notation;
    private final Kind kind;
    private final Bank bank;
    private final Width width;
    private final int number;

    Operand(Kind kind, Bank bank, Width width) {
        this(null, kind, bank, width, 0);
    }

    Operand(String notation, Kind kind, Bank bank, Width width, int number) {
        this.notation = notation == null ? name() : notation;
        this.kind = kind;
        this.bank = bank;
        this.width = width;
        this.number = number;
    }

    /** As the table writes it. */
    public String notation() {
        return notation;
    }

    /** Where the operand is. */
    public Kind kind() {
        return kind;
    }

    /** Which registers it can be. */
    public Bank bank() {
        return bank;
    }

    /** Its width as a register or immediate; see {@link #memoryWidth} for memory. */
    public Width width() {
        return width;
    }

    /** Its width in memory. */
    public Width memoryWidth() {
        return this == RvMw || this == RdMw ? Width.W : width;
    }

    /** The register number of a {@link Kind#FIXED} operand, the value of a {@link Kind#CONSTANT}. */
    public int number() {
        return number;
    }

    /** Whether this can be the memory operand that ModRM or an offset in the instruction addresses. */
    public boolean addressable() {
        return kind == Kind.RM || kind == Kind.MEMORY || kind == Kind.OFFSET;
    }

    /** Whether it takes a ModRM byte. */
    boolean usesModRm() {
        return kind == Kind.RM || kind == Kind.MEMORY || kind == Kind.RM_REGISTER || kind == Kind.REG;
    }

    static Operand of(String notation) {
        Operand operand = BY_NOTATION.get(notation);
        if (operand == null) {
            throw new IllegalArgumentException("no such operand: " + notation);
        }
        return operand;
    }
}
