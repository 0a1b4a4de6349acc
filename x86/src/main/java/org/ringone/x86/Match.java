package org.ringone.x86;

import java.util.List;

/**
 * Whether operands as written fit a row, as far as this does not depend on values.
 *
 * @param named the row
 * @param operands in the row's order
 * @param size the operand size that the operands ask for, 0 when they do not
 * @param sized false when a memory operand's width is neither said nor given by another operand
 */
record Match(Names.Named named, List<AssemblyOperand> operands, int size, boolean sized) {

    /** The match, or null. */
    static Match of(Names.Named named, List<AssemblyOperand> operands) {
        Form form = named.form();
        boolean implicit = form.string() || form.mnemonic().equals("XLAT");
        if (implicit ? !operands.isEmpty() : operands.size() != form.operands()) {
            return null;
        }
        int size = named.size();
        boolean saysByte = false;
        Operand unsized = null;
        for (int i = 0; i < operands.size(); i++) {
            Operand pattern = form.operand(i);
            int asks = asks(form, pattern, operands.get(i));
            if (asks < 0 || asks > 0 && size > 0 && asks != size) {
                return null;
            }
            size = Math.max(size, asks);
            saysByte |= operands.get(i) instanceof AssemblyOperand.Register && pattern.width() == Width.B;
            saysByte |= operands.get(i) instanceof AssemblyOperand.Immediate m && m.size() == 1;
            if (operands.get(i) instanceof AssemblyOperand.Memory m
                    && m.size() == 0
                    && pattern.memoryWidth() != Width.NONE) {
                unsized = pattern;
            }
        }
        boolean sized = unsized == null
                || unsized.memoryWidth() == Width.V && size > 0
                || unsized.memoryWidth() == Width.B && saysByte && !shiftCount(form);
        return new Match(named, operands, size, sized);
    }

    /** CL as a shift count says nothing about what is shifted. */
    private static boolean shiftCount(Form form) {
        return form.operands() == 2 && form.operand(1) == Operand.CL || form.fixedSize() != 1;
    }

    /**
     * Bytes that an unsized memory operand of this row would have; -1 when the mode decides as for branches, 0 when
     * nothing does.
     */
    int memoryBytes() {
        Form form = named.form();
        Width width = form.operand(form.memoryOperand()).memoryWidth();
        if (width == Width.V) {
            return form.branch() == Branch.NONE ? 0 : -1;
        }
        return width.variable() ? -1 : width.bytes(4);
    }

    /** The operand size that an operand asks for, 0 none, -1 when it does not fit. */
    private static int asks(Form form, Operand pattern, AssemblyOperand operand) {
        if (operand instanceof AssemblyOperand.Register r) {
            return asks(form, pattern, r.register());
        } else if (operand instanceof AssemblyOperand.Memory m) {
            return asks(form, pattern, m);
        } else if (operand instanceof AssemblyOperand.Immediate m) {
            return asks(form, pattern, m);
        } else if (operand instanceof AssemblyOperand.Far f) {
            return pattern.kind() == Operand.Kind.FAR && (f.size() == 0 || f.size() == 2 || f.size() == 4)
                    ? f.size()
                    : -1;
        }
        return -1;
    }

    private static int asks(Form form, Operand pattern, Registers.Register register) {
        boolean place =
                switch (pattern.kind()) {
                    case RM, RM_REGISTER, REG, OPCODE -> true;
                    case FIXED -> pattern.number() == register.number();
                    default -> false;
                };
        if (!place || pattern.bank() != register.bank()) {
            return -1;
        }
        if (pattern.width() == Width.V) {
            boolean selector = pattern == Operand.RvMw && form.access(0) == Access.READ_WRITE;
            return register.bytes() == 1 ? -1 : selector ? 0 : register.bytes();
        }
        boolean wide = form.mnemonic().equals("MOV_TO_SEGMENT") && register.bytes() == 4;
        boolean anyWidth = register.bank() != Operand.Bank.GENERAL;
        return anyWidth || wide || pattern.width().bytes(0) == register.bytes() ? 0 : -1;
    }

    private static int asks(Form form, Operand pattern, AssemblyOperand.Memory memory) {
        boolean offset = pattern.kind() == Operand.Kind.OFFSET;
        if (!pattern.addressable() || offset && memory.registerBytes() != 0) {
            return -1;
        }
        boolean farBranch = pattern == Operand.Mp && form.branch() == Branch.FAR;
        if (memory.far() != farBranch) {
            return -1;
        }
        if (pattern.memoryWidth() == Width.NONE || memory.size() == 0) {
            return 0;
        }
        if (pattern.memoryWidth() == Width.V || farBranch) {
            return memory.size() == 2 || memory.size() == 4 ? memory.size() : -1;
        }
        return !pattern.memoryWidth().variable() && pattern.memoryWidth().bytes(4) == memory.size() ? 0 : -1;
    }

    private static int asks(Form form, Operand pattern, AssemblyOperand.Immediate immediate) {
        int size = immediate.size();
        boolean branch = !immediate.distance().isEmpty();
        return switch (pattern.kind()) {
            case IMMEDIATE, SIGNED_IMMEDIATE -> {
                boolean isByte = pattern.width() == Width.B && pattern.kind() == Operand.Kind.IMMEDIATE;
                boolean full = pattern.width() == Width.V;
                if (branch || immediate.strict() && size != 0 && (size == 1) == full) {
                    yield -1;
                }
                if (isByte) {
                    yield size <= 1 ? 0 : -1;
                } else if (pattern.width() == Width.W) {
                    yield size == 0 || size == 2 ? 0 : -1;
                }
                yield size == 2 || size == 4 ? size : size == 0 || size == 1 && !full ? 0 : -1;
            }
            case CONSTANT -> size <= 1 && !branch && !immediate.strict() ? 0 : -1;
            case RELATIVE -> {
                if (pattern.width() == Width.B) {
                    yield immediate.distance().equals("near") || size != 0 ? -1 : 0;
                }
                yield immediate.distance().equals("short") || size == 1 || size > 4 ? -1 : size;
            }
            default -> -1;
        };
    }
}
