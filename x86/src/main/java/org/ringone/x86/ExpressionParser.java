package org.ringone.x86;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Expressions with NASM's operators and precedence. */
final class ExpressionParser {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_OPERATIONS = 1000;
    private static final Map<String, Integer> PRECEDENCE = precedence(
            "||", "^^", "&&", "= == != <> < <= > >= <=>", "|", "^", "&", "<< >> <<< >>>", "+ -", "* / // % %%");

    private final TokenReader reader;
    private final String scope;
    private int depth;
    private int operations;

    /** A parser for expressions in which {@code .local} belongs to the label {@code scope}. */
    ExpressionParser(TokenReader reader, String scope) {
        this.reader = reader;
        this.scope = scope;
    }

    Expression parse() throws AssemblyException {
        deeper();
        Expression condition = binary(0);
        if (reader.takeSign("?")) {
            Expression then = parse();
            reader.expectSign(":", "a choice is condition ? then : otherwise");
            condition = new Expression.Choice(condition, then, parse());
        }
        depth--;
        return condition;
    }

    private static Map<String, Integer> precedence(String... levels) {
        Map<String, Integer> result = new HashMap<>();
        for (int i = 0; i < levels.length; i++) {
            for (String sign : levels[i].split(" ")) {
                result.put(sign, i);
            }
        }
        return Map.copyOf(result);
    }

    /** Operators of at least a precedence, from left to right. */
    private Expression binary(int least) throws AssemblyException {
        Expression left = unary();
        for (int level = level(); level >= least; level = level()) {
            if (++operations > MAX_OPERATIONS) {
                throw reader.line().error("the expression is too long", "split it with equ");
            }
            left = new Expression.Binary(reader.next().text(), left, binary(level + 1));
        }
        return left;
    }

    /** The precedence of the operator that comes next, -1 when none does. */
    private int level() {
        Token token = reader.peek();
        return token.kind() == Token.Kind.SIGN ? PRECEDENCE.getOrDefault(token.text(), -1) : -1;
    }

    private Expression unary() throws AssemblyException {
        deeper();
        try {
            for (String sign : new String[] {"-", "+", "~", "!"}) {
                if (reader.takeSign(sign)) {
                    return new Expression.Unary(sign, unary());
                }
            }
            if (reader.takeSign("(")) {
                Expression inner = parse();
                reader.expectSign(")", "parentheses come in pairs");
                return inner;
            }
            if (reader.takeSign("$$")) {
                return new Expression.Start();
            }
            if (reader.takeSign("$")) {
                return new Expression.Here();
            }
            return leaf(reader.next());
        } finally {
            depth--;
        }
    }

    private Expression leaf(Token token) throws AssemblyException {
        switch (token.kind()) {
            case NUMBER -> {
                return new Expression.Number(token.value());
            }
            case STRING -> {
                return new Expression.Number(characters(token.text()));
            }
            case NAME -> {
                Registers.Register register = Registers.of(token.text().toLowerCase(Locale.ROOT));
                return register != null
                        ? new Expression.Base(register)
                        : new Expression.Symbol(qualified(token.text(), scope));
            }
            default ->
                throw reader.line()
                        .error(
                                "a value expected, but '" + token.text() + "' found",
                                "values are numbers, symbols, $, $$ and expressions of them");
        }
    }

    /** Characters as a number: the first is the lowest byte. */
    private long characters(String text) throws AssemblyException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 8) {
            throw reader.line()
                    .error("the string is too long for a number", "longer strings only stand in db, dw, dd, dq");
        }
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 255;
        }
        return value;
    }

    /** A local name with the label that it belongs to. */
    static String qualified(String name, String scope) {
        return name.startsWith(".") && !name.startsWith("..") ? scope + name : name;
    }

    private void deeper() throws AssemblyException {
        if (++depth > MAX_DEPTH) {
            throw reader.line().error("the expression is nested too deeply", "split it with equ");
        }
    }
}
