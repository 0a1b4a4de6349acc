package org.ringone.x86;

/** A decoded instruction. Its fields are public because they are the interpreter's hot data; all are final. */
public final class Instruction {
    /** The row of the table. */
    public final Form form;
    /** Bytes, prefixes included; for {@link Form#INCOMPLETE} the number that could be fetched. */
    public final int length;
    /** The last opcode byte; its low bits can be a register or a condition. */
    public final int opcode;
    /** Bytes of the row's operands of variable width (2 or 4); 1 for a row of byte operands. */
    public final int operandSize;
    /** 2 or 4. */
    public final int addressSize;
    /** 0 none, 1 F3 (REP, REPE), 2 F2 (REPNE). */
    public final int repeat;
    /** Whether there is a LOCK prefix; then the form allows it and the destination is memory. */
    public final boolean lock;
    /** The effective segment of the memory operand or string source: ES 0, CS 1, SS 2, DS 3, FS 4, GS 5. */
    public final int segment;
    /** Whether a prefix named the segment. */
    public final boolean segmentOverridden;
    /** ModRM's mod field, -1 when there is no ModRM. */
    public final int mod;
    /** ModRM's reg field, or -1. */
    public final int reg;
    /** ModRM's rm field, or -1. */
    public final int rm;
    /** Base register of the memory operand, or -1; 16-bit forms too. */
    public final int base;
    /** Index register of the memory operand, or -1. */
    public final int index;
    /** The index register's shift, 0 to 3. */
    public final int scale;
    /** Displacement, sign-extended; for an offset operand the whole offset. */
    public final int displacement;
    /** Immediate, sign-extended as the row says; relative displacement of a branch; offset of a far pointer. */
    public final int immediate;
    /** Selector of a far pointer, nesting level of ENTER. */
    public final int immediate2;
    /** Whether it was decoded for a 32-bit code segment. */
    public final boolean code32;

    private final boolean memory;

    /** Prefixes, address and immediates come as {@link Decoder} packs them. */
    Instruction(
            Form form,
            int length,
            int prefixes,
            int opcode,
            int sizes,
            int modRm,
            int address,
            int disp,
            int imm,
            int imm2) {
        this.form = form;
        this.length = length;
        this.opcode = opcode;
        this.operandSize = sizes & 7;
        this.addressSize = sizes >> 4 & 7;
        this.code32 = (sizes & 0x100) != 0;
        this.repeat = prefixes >> Decoder.REPEAT_SHIFT & 3;
        this.lock = (prefixes & Decoder.LOCK) != 0;
        int override = prefixes >> Decoder.SEGMENT_SHIFT & 7;
        this.segmentOverridden = override != 0;
        this.segment = override != 0 ? override - 1 : address >> 12 & 7;
        this.mod = modRm < 0 ? -1 : modRm >> 6;
        this.reg = modRm < 0 ? -1 : modRm >> 3 & 7;
        this.rm = modRm < 0 ? -1 : modRm & 7;
        this.base = (address & 15) - 1;
        this.index = (address >> 4 & 15) - 1;
        this.scale = address >> 8 & 3;
        this.memory = (address & Decoder.MEMORY) != 0;
        this.displacement = disp;
        this.immediate = imm;
        this.immediate2 = imm2;
    }

    /** Whether it has a memory operand addressed by ModRM or by an offset in the instruction. */
    public boolean memory() {
        return memory;
    }

    /** Bytes of the memory operand, 0 when there is none or only its address matters. */
    public int memoryWidth() {
        if (!memory) {
            return 0;
        }
        return form.operand(form.memoryOperand()).memoryWidth().bytes(operandSize);
    }

    /** What is done to the memory operand; {@link Access#ADDRESS} when there is none. */
    public Access memoryAccess() {
        return memory ? form.access(form.memoryOperand()) : Access.ADDRESS;
    }

    /** The condition of a Jcc, SETcc or CMOVcc: 0 O, 1 NO, 2 B, ... 15 NLE. */
    public int condition() {
        return opcode & 15;
    }

    @Override
    public String toString() {
        return Disassembler.text(this, 0);
    }
}
