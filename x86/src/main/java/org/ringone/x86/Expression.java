package org.ringone.x86;

/** An expression of the source. */
sealed interface Expression {
    record Number(long value) implements Expression {}

    record Symbol(String name) implements Expression {}

    /** {@code $}: the address of the statement. */
    record Here() implements Expression {}

    /** {@code $$}: the address of the first byte. */
    record Start() implements Expression {}

    /** A general register; only inside a memory operand. */
    record Base(Registers.Register register) implements Expression {}

    record Unary(String sign, Expression operand) implements Expression {}

    record Binary(String sign, Expression left, Expression right) implements Expression {}

    record Choice(Expression condition, Expression then, Expression otherwise) implements Expression {}

    /** Its value in a pass. */
    default Value value(Pass pass, SourceLine line) throws AssemblyException {
        if (this instanceof Number n) {
            return Value.of(n.value());
        } else if (this instanceof Symbol s) {
            return pass.symbol(s.name(), line);
        } else if (this instanceof Here) {
            return pass.here();
        } else if (this instanceof Start) {
            return pass.start();
        } else if (this instanceof Unary u) {
            return unary(u, u.operand().value(pass, line));
        } else if (this instanceof Binary b) {
            return binary(b.sign(), b.left().value(pass, line), b.right().value(pass, line), line);
        } else if (this instanceof Choice c) {
            Value condition = c.condition().value(pass, line);
            return (condition.number() != 0 ? c.then() : c.otherwise()).value(pass, line);
        }
        throw line.error("a register cannot stand here", "registers in expressions only make addresses, in brackets");
    }

    private static Value unary(Unary unary, Value value) {
        return switch (unary.sign()) {
            case "-" -> new Value(-value.number(), -value.relocation(), value.known());
            case "~" -> new Value(~value.number(), value.relocation(), value.known());
            case "!" -> new Value(value.number() == 0 ? 1 : 0, 0, value.known());
            default -> value;
        };
    }

    private static Value binary(String sign, Value left, Value right, SourceLine line) throws AssemblyException {
        long a = left.number();
        long b = right.number();
        boolean known = left.known() && right.known();
        if (b == 0 && (sign.equals("/") || sign.equals("//") || sign.equals("%") || sign.equals("%%"))) {
            if (known) {
                throw line.error("division by zero", "");
            }
            b = 1;
        }
        long number =
                switch (sign) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    case "*" -> a * b;
                    case "/" -> Long.divideUnsigned(a, b);
                    case "//" -> a / b;
                    case "%" -> Long.remainderUnsigned(a, b);
                    case "%%" -> a % b;
                    case "<<", "<<<" -> b < 0 || b > 63 ? 0 : a << b;
                    case ">>" -> b < 0 || b > 63 ? 0 : a >>> b;
                    case ">>>" -> a >> Math.min(b < 0 ? 63 : b, 63);
                    case "&" -> a & b;
                    case "|" -> a | b;
                    case "^" -> a ^ b;
                    case "=", "==" -> a == b ? 1 : 0;
                    case "!=", "<>" -> a != b ? 1 : 0;
                    case "<" -> a < b ? 1 : 0;
                    case "<=" -> a <= b ? 1 : 0;
                    case ">" -> a > b ? 1 : 0;
                    case ">=" -> a >= b ? 1 : 0;
                    case "<=>" -> Long.compare(a, b);
                    case "&&" -> a != 0 && b != 0 ? 1 : 0;
                    case "||" -> a != 0 || b != 0 ? 1 : 0;
                    case "^^" -> (a != 0) != (b != 0) ? 1 : 0;
                    default -> throw line.error("unknown operator " + sign, "");
                };
        int relocation =
                switch (sign) {
                    case "+" -> left.relocation() + right.relocation();
                    case "-" -> left.relocation() - right.relocation();
                    case "=", "==", "!=", "<>", "<", "<=", ">", ">=", "<=>", "&&", "||", "^^" -> 0;
                    default -> left.relocation() != 0 || right.relocation() != 0 ? 1 : 0;
                };
        return new Value(number, relocation, known);
    }
}
