package org.ringone.x86;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operands of an instruction. */
final class OperandParser {
    private static final Map<String, Integer> SIZES =
            Map.of("byte", 1, "word", 2, "dword", 4, "qword", 8, "tword", 10, "oword", 16);

    private final TokenReader reader;
    private final String scope;

    OperandParser(TokenReader reader, String scope) {
        this.reader = reader;
        this.scope = scope;
    }

    /** All operands up to the end of the line. */
    List<AssemblyOperand> parse() throws AssemblyException {
        List<AssemblyOperand> operands = new ArrayList<>();
        if (!reader.atEnd()) {
            do {
                operands.add(operand());
            } while (reader.takeSign(","));
        }
        reader.expectEnd();
        return operands;
    }

    private AssemblyOperand operand() throws AssemblyException {
        int size = 0;
        boolean strict = false;
        boolean far = false;
        String distance = "";
        for (; ; reader.next()) {
            String word = reader.word();
            if (SIZES.containsKey(word)) {
                size = SIZES.get(word);
            } else if (word.equals("strict")) {
                strict = true;
            } else if (word.equals("far")) {
                far = true;
            } else if (word.equals("short") || word.equals("near")) {
                distance = word;
            } else {
                break;
            }
        }
        if (reader.takeSign("[")) {
            return memory(size, far);
        }
        Expression value = new ExpressionParser(reader, scope).parse();
        if (value instanceof Expression.Base base) {
            if (size != 0 && size != base.register().bytes()) {
                throw reader.line().error("the size keyword does not match the register", "leave the keyword out");
            }
            return new AssemblyOperand.Register(base.register());
        }
        if (reader.takeSign(":")) {
            return new AssemblyOperand.Far(value, new ExpressionParser(reader, scope).parse(), size);
        }
        return new AssemblyOperand.Immediate(value, size, strict, distance);
    }

    private AssemblyOperand memory(int size, boolean far) throws AssemblyException {
        int displacementSize = 0;
        boolean split = true;
        for (; ; reader.next()) {
            if (SIZES.containsKey(reader.word())) {
                displacementSize = SIZES.get(reader.word());
            } else if (reader.word().equals("nosplit")) {
                split = false;
            } else {
                break;
            }
        }
        int segment = -1;
        Registers.Register register = Registers.of(reader.word());
        if (register != null
                && register.bank() == Operand.Bank.SEGMENT
                && reader.peek(1).is(":")) {
            segment = register.number();
            reader.next();
            reader.next();
        }
        Sum sum = new Sum();
        sum.add(new ExpressionParser(reader, scope).parse(), 1);
        reader.expectSign("]", "a memory operand is [segment:base+index*scale+displacement]");
        sum.arrange(split);
        return new AssemblyOperand.Memory(
                size, far, segment, sum.base, sum.index, sum.scale, sum.bytes, sum.rest, displacementSize);
    }

    /** The parts of an address: registers with their factors, and the rest. */
    private final class Sum {
        private final Map<Integer, Long> factors = new LinkedHashMap<>();
        private int timesOne = -1;
        private int bytes;
        private int base = -1;
        private int index = -1;
        private int scale;
        private Expression rest;

        void add(Expression part, long factor) throws AssemblyException {
            if (part instanceof Expression.Base b) {
                register(b.register(), factor);
            } else if (!hasRegister(part)) {
                Expression value = factor == 1 ? part : new Expression.Binary("*", part, new Expression.Number(factor));
                rest = rest == null ? value : new Expression.Binary("+", rest, value);
            } else if (part instanceof Expression.Binary b && b.sign().equals("+")) {
                add(b.left(), factor);
                add(b.right(), factor);
            } else if (part instanceof Expression.Binary b && b.sign().equals("-")) {
                add(b.left(), factor);
                add(b.right(), -factor);
            } else if (part instanceof Expression.Binary b && b.sign().equals("*")) {
                hint(b);
                if (b.right() instanceof Expression.Number n) {
                    add(b.left(), factor * n.value());
                } else if (b.left() instanceof Expression.Number n) {
                    add(b.right(), factor * n.value());
                } else {
                    throw bad("a register can only be multiplied by a number");
                }
            } else {
                throw bad("registers can only be added and multiplied by 1, 2, 4 or 8");
            }
        }

        /** A register written with the factor 1 is to be the index. */
        private void hint(Expression.Binary product) {
            if (product.left() instanceof Expression.Base b && product.right().equals(new Expression.Number(1))) {
                timesOne = b.register().number();
            }
        }

        private void register(Registers.Register register, long factor) throws AssemblyException {
            if (register.bank() != Operand.Bank.GENERAL || register.bytes() == 1) {
                throw bad("this register makes no address");
            }
            if (bytes != 0 && bytes != register.bytes()) {
                throw bad("16-bit and 32-bit registers in one address");
            }
            bytes = register.bytes();
            factors.merge(register.number(), factor, Long::sum);
        }

        private boolean hasRegister(Expression part) {
            if (part instanceof Expression.Unary u) {
                return hasRegister(u.operand());
            } else if (part instanceof Expression.Binary b) {
                return hasRegister(b.left()) || hasRegister(b.right());
            } else if (part instanceof Expression.Choice c) {
                return hasRegister(c.condition()) || hasRegister(c.then()) || hasRegister(c.otherwise());
            }
            return part instanceof Expression.Base;
        }

        /** Makes base and index of the registers. */
        void arrange(boolean split) throws AssemblyException {
            factors.values().removeIf(factor -> factor == 0);
            if (factors.size() > 2) {
                throw bad("more than two registers in an address");
            }
            for (Map.Entry<Integer, Long> entry : factors.entrySet()) {
                boolean asIndex = entry.getKey() == timesOne && entry.getKey() != 4 && otherBase(entry.getKey());
                if (entry.getValue() == 1 && base < 0 && !asIndex) {
                    base = entry.getKey();
                } else if (index < 0) {
                    index = entry.getKey();
                    scale = shift(entry.getValue());
                } else {
                    base(entry.getKey(), entry.getValue());
                }
            }
            if (bytes == 2) {
                arrangeWord();
                return;
            }
            if (!split && timesOne == base && index < 0) {
                index = base;
                base = -1;
            }
            if (base < 0 && index >= 0 && split && scale == 1) {
                base = index;
                scale = 0;
            }
            if (index == 4 && scale == 0) {
                int other = base;
                base = index;
                index = other;
            }
            if (index == 4) {
                throw bad("ESP cannot be an index");
            }
        }

        private boolean otherBase(int register) {
            return factors.entrySet().stream().anyMatch(other -> other.getKey() != register && other.getValue() == 1);
        }

        private void base(int register, long factor) throws AssemblyException {
            if (factor != 1) {
                throw bad("two registers with factors in an address");
            }
            base = register;
        }

        /** The shift of a factor; 3, 5 and 9 need the register as the base too. */
        private int shift(long factor) throws AssemblyException {
            if ((factor == 3 || factor == 5 || factor == 9) && factors.size() == 1) {
                base = index;
                return Long.numberOfTrailingZeros(factor - 1);
            }
            if (factor != 1 && factor != 2 && factor != 4 && factor != 8) {
                throw bad("a register in an address times " + factor);
            }
            return Long.numberOfTrailingZeros(factor);
        }

        private void arrangeWord() throws AssemblyException {
            if (scale != 0) {
                throw bad("16-bit addresses have no scale");
            }
            if (base == 6 || base == 7) {
                int other = base;
                base = index;
                index = other;
            }
            boolean baseFits = base == -1 || base == 3 || base == 5;
            boolean indexFits = index == -1 || index == 6 || index == 7;
            if (!baseFits || !indexFits) {
                throw bad("16-bit addresses are made of BX or BP and SI or DI");
            }
        }

        private AssemblyException bad(String what) {
            return reader.line().error(what, "a memory operand is [segment:base+index*scale+displacement]");
        }
    }
}
