package org.ringone.suite.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * An integer expression of the features, in 64 bits: numbers, names, functions of names, and the operators of C with their
 * precedence. Flags may be written side by side: {@code PRESENT RW} is {@code PRESENT | RW}.
 */
public final class Expression {

    private final Scanner scanner;
    private final Names names;

    private Expression(Scanner scanner, Names names) {
        this.scanner = scanner;
        this.names = names;
    }

    /**
     * The value of a text.
     *
     * @throws LanguageException when it cannot be understood
     */
    public static long value(String text, Names names) {
        Scanner scanner = new Scanner(text);
        long value = value(scanner, names);
        if (!scanner.atEnd()) {
            throw scanner.complaint("the expression should end");
        }
        return value;
    }

    static long value(Scanner scanner, Names names) {
        return new Expression(scanner, names).or();
    }

    private long or() {
        long value = xor();
        while (true) {
            if (scanner.accept("|")) {
                value |= xor();
            } else if (startsOperand()) {
                value |= xor();
            } else {
                return value;
            }
        }
    }

    private boolean startsOperand() {
        if (scanner.atEnd()) {
            return false;
        }
        Scanner ahead = scanner.ahead();
        return !ahead.word().isEmpty() || !ahead.number().isEmpty() || ahead.sees("~");
    }

    private long xor() {
        long value = and();
        while (scanner.accept("^")) {
            value ^= and();
        }
        return value;
    }

    private long and() {
        long value = shift();
        while (scanner.accept("&")) {
            value &= shift();
        }
        return value;
    }

    private long shift() {
        long value = sum();
        while (true) {
            if (scanner.accept("<<")) {
                value <<= sum();
            } else if (scanner.accept(">>")) {
                value >>>= sum();
            } else {
                return value;
            }
        }
    }

    private long sum() {
        long value = product();
        while (true) {
            if (scanner.accept("+")) {
                value += product();
            } else if (scanner.accept("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private long product() {
        long value = operand();
        while (scanner.accept("*")) {
            value *= operand();
        }
        return value;
    }

    private long operand() {
        if (scanner.accept("-")) {
            return -operand();
        }
        if (scanner.accept("~")) {
            return ~operand();
        }
        if (scanner.accept("(")) {
            long value = or();
            scanner.expect(")");
            return value;
        }
        String number = scanner.number();
        if (!number.isEmpty()) {
            return number(number);
        }
        String word = scanner.word();
        if (word.isEmpty()) {
            throw scanner.complaint("a number, a name or '(' is missing");
        }
        return scanner.accept("(") ? function(word) : named(word);
    }

    private long number(String text) {
        try {
            boolean hex = text.toLowerCase(Locale.ROOT).startsWith("0x");
            return hex ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw scanner.complaint("'" + text + "' is no number");
        }
    }

    private long named(String word) {
        OptionalLong value = names.value(word);
        if (value.isEmpty()) {
            throw scanner.complaint("nothing is called '" + word + "'");
        }
        return value.getAsLong();
    }

    private long function(String name) {
        List<Long> arguments = new ArrayList<>();
        String first = "";
        while (!scanner.accept(")")) {
            if (!arguments.isEmpty()) {
                scanner.expect(",");
            }
            Scanner ahead = scanner.ahead();
            String word = ahead.word();
            boolean plain = !word.isEmpty() && (ahead.sees(",") || ahead.sees(")"));
            if (arguments.isEmpty() && plain) {
                first = scanner.word();
                arguments.add(names.value(first).orElse(0));
            } else {
                arguments.add(or());
            }
        }
        OptionalLong value = names.function(
                name, first, arguments.stream().mapToLong(Long::longValue).toArray());
        if (value.isEmpty()) {
            throw scanner.complaint("there is no function " + name + "(" + first + ")");
        }
        return value.getAsLong();
    }
}
