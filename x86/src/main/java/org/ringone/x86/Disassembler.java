package org.ringone.x86;

import java.util.Locale;

/** Instructions to text in the syntax of NASM, which the {@link Assembler} takes back. */
public final class Disassembler {
    private final Instruction instruction;
    private final int address;
    private final StringBuilder operands = new StringBuilder();
    private boolean sizeShown;
    private boolean addressShown;
    private boolean segmentShown;

    private Disassembler(Instruction instruction, int address) {
        this.instruction = instruction;
        this.address = address;
    }

    /** The text of an instruction at a linear address (which decides where relative branches lead). */
    public static String text(Instruction instruction, int address) {
        if (instruction.form.encoding() == Encoding.NONE) {
            return "(" + instruction.form.mnemonic().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
        }
        return new Disassembler(instruction, address).text();
    }

    private String text() {
        Form form = instruction.form;
        String name = name(form);
        boolean implicit = form.string() || form.mnemonic().equals("XLAT");
        // Of two registers exchanged, disassemblers name the one of the reg field, or EAX, first.
        boolean turned = form.mnemonic().equals("XCHG") && !instruction.memory();
        for (int i = 0; i < form.operands() && !implicit; i++) {
            operands.append(i == 0 ? " " : ", ").append(operand(form.operand(turned ? 1 - i : i)));
        }
        return prefixes(form) + name + operands;
    }

    private String name(Form form) {
        String name = form.name().toLowerCase(Locale.ROOT);
        if (form.encoding().low() == Encoding.Low.CONDITION) {
            return name.replace("cc", Condition.of(instruction.condition()).suffix());
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            return name;
        }
        boolean byAddress = form.mnemonic().equals("JCXZ");
        addressShown |= byAddress;
        sizeShown |= !byAddress;
        boolean wide = (byAddress ? instruction.addressSize : instruction.operandSize) == 4;
        return wide ? name.substring(slash + 1) : name.substring(0, slash);
    }

    private String prefixes(Form form) {
        StringBuilder text = new StringBuilder();
        int mode = instruction.code32 ? 4 : 2;
        if (instruction.lock) {
            text.append("lock ");
        }
        if (instruction.repeat != 0 && form.encoding().prefix().ordinal() <= Encoding.Prefix.P66.ordinal()) {
            text.append(instruction.repeat == 2 ? "repne " : form.comparesString() ? "repe " : "rep ");
        }
        if (instruction.segmentOverridden && !segmentShown) {
            text.append(Registers.name(Operand.Bank.SEGMENT, 2, instruction.segment))
                    .append(' ');
        }
        if (instruction.addressSize != mode && !addressShown) {
            text.append(mode == 4 ? "a16 " : "a32 ");
        }
        if (form.fixedSize() == 0 && instruction.operandSize != mode && !sizeShown) {
            text.append(mode == 4 ? "o16 " : "o32 ");
        }
        return text.toString();
    }

    private String operand(Operand pattern) {
        if (instruction.memory() && pattern.addressable()) {
            return memory(pattern);
        }
        return switch (pattern.kind()) {
            case RM, RM_REGISTER -> register(pattern, instruction.rm);
            case REG -> register(pattern, instruction.reg);
            case OPCODE -> register(pattern, instruction.opcode & 7);
            case FIXED -> register(pattern, pattern.number());
            case CONSTANT -> String.valueOf(pattern.number());
            case IMMEDIATE -> immediate(pattern);
            case SIGNED_IMMEDIATE -> keyword() + variable(instruction.immediate);
            case RELATIVE -> relative(pattern);
            case FAR -> {
                sizeShown = true;
                yield size(instruction.operandSize) + number(instruction.immediate2) + ":"
                        + number(instruction.immediate);
            }
            case MEMORY, OFFSET, SOURCE, DESTINATION -> throw new IllegalStateException("not memory: " + pattern);
        };
    }

    private String register(Operand pattern, int number) {
        int bytes = pattern.width().bytes(instruction.operandSize);
        sizeShown |= pattern.width() == Width.V;
        return Registers.name(pattern.bank(), bytes, number);
    }

    private String immediate(Operand pattern) {
        if (pattern == Operand.Ib && instruction.form.operand(0) != Operand.Iw || pattern == Operand.Iw) {
            return number(instruction.immediate);
        } else if (pattern == Operand.Ib) {
            return number(instruction.immediate2);
        }
        return keyword() + variable(instruction.immediate);
    }

    /** A number of the operand size; what fits a signed byte is shown signed, whatever its encoding. */
    private String variable(int value) {
        if (value == (byte) value) {
            return signed(value);
        }
        return number(instruction.operandSize == 2 ? value & 0xFFFF : value);
    }

    /** An immediate that alone shows the operand size (PUSH) says so. */
    private String keyword() {
        boolean alone = !sizeShown;
        sizeShown = true;
        return alone ? size(instruction.operandSize) : "";
    }

    private String relative(Operand pattern) {
        int target = address + instruction.length + instruction.immediate;
        if (instruction.operandSize == 2) {
            target &= 0xFFFF;
        }
        boolean choice = instruction.form.branch() == Branch.JUMP
                || instruction.form.mnemonic().equals("JCC");
        return (choice && pattern.width() == Width.B ? "short " : "") + number(target);
    }

    private String memory(Operand pattern) {
        StringBuilder text = new StringBuilder();
        Width width = pattern.memoryWidth();
        if (width == Width.P && instruction.form.branch() == Branch.FAR) {
            text.append(size(instruction.operandSize)).append("far ");
            sizeShown = true;
        } else if (width == Width.V || !width.variable()) {
            text.append(size(width.bytes(instruction.operandSize)));
            sizeShown |= width == Width.V;
        }
        text.append('[');
        boolean registers = instruction.base >= 0 || instruction.index >= 0;
        if (!registers && instruction.addressSize != (instruction.code32 ? 4 : 2)) {
            text.append(size(instruction.addressSize));
        }
        addressShown = true;
        // Without the keyword, the register would become the base, which can mean another segment.
        if (instruction.base < 0 && instruction.index >= 0 && instruction.scale <= 1) {
            text.append("nosplit ");
        }
        if (instruction.segmentOverridden) {
            text.append(Registers.name(Operand.Bank.SEGMENT, 2, instruction.segment))
                    .append(':');
            segmentShown = true;
        }
        address(text);
        return text.append(']').toString();
    }

    private void address(StringBuilder text) {
        boolean registers = instruction.base >= 0 || instruction.index >= 0;
        if (instruction.base >= 0) {
            text.append(general(instruction.base));
        }
        if (instruction.index >= 0) {
            text.append(instruction.base >= 0 ? "+" : "").append(general(instruction.index));
            if (instruction.scale > 0 || instruction.base < 0) {
                text.append('*').append(1 << instruction.scale);
            }
        }
        int displacement = instruction.displacement;
        if (!registers) {
            text.append(number(instruction.addressSize == 2 ? displacement & 0xFFFF : displacement));
        } else if (displacement != 0) {
            text.append(displacement < 0 ? "" : "+").append(signed(displacement));
        }
    }

    private String general(int number) {
        return Registers.name(Operand.Bank.GENERAL, instruction.addressSize, number);
    }

    private static String size(int bytes) {
        return switch (bytes) {
            case 1 -> "byte ";
            case 2 -> "word ";
            case 4 -> "dword ";
            case 8 -> "qword ";
            case 10 -> "tword ";
            case 16 -> "oword ";
            default -> "";
        };
    }

    private static String signed(int value) {
        return value < 0 ? "-" + number(-value) : number(value);
    }

    private static String number(int value) {
        return value >= 0 && value < 10 ? String.valueOf(value) : "0x" + Integer.toHexString(value);
    }
}
