package org.ringone.suite.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringone.xen.Hypercall;

/**
 * A hypercall as a feature writes it, for example {@code update_va_mapping(window, entry(table, PRESENT RW), UVMF_INVLPG)}.
 *
 * @param hypercall which one
 * @param arguments what it is given
 */
public record CallText(Hypercall hypercall, List<Argument> arguments) {

    public CallText {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads a call.
     *
     * @throws LanguageException when it cannot be understood
     */
    public static CallText parse(String text, Names names) {
        Scanner scanner = new Scanner(text);
        String name = scanner.word();
        Hypercall hypercall = hypercall(name, scanner);
        List<Argument> arguments = list(scanner, "(", ")", names);
        if (!scanner.atEnd()) {
            throw scanner.complaint("the call should end");
        }
        return new CallText(hypercall, arguments);
    }

    private static Hypercall hypercall(String name, Scanner scanner) {
        try {
            return Hypercall.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw scanner.complaint("'" + name + "' is no hypercall");
        }
    }

    private static List<Argument> list(Scanner scanner, String open, String close, Names names) {
        scanner.expect(open);
        List<Argument> elements = new ArrayList<>();
        while (!scanner.accept(close)) {
            if (!elements.isEmpty()) {
                scanner.expect(",");
            }
            elements.add(argument(scanner, names));
        }
        return elements;
    }

    private static Argument argument(Scanner scanner, Names names) {
        if (scanner.sees("[")) {
            return new Argument.Array(list(scanner, "[", "]", names));
        }
        if (scanner.sees("{")) {
            List<Argument.Value> fields = new ArrayList<>();
            for (Argument field : list(scanner, "{", "}", names)) {
                if (!(field instanceof Argument.Value value)) {
                    throw scanner.complaint("a structure holds values only");
                }
                fields.add(value);
            }
            return new Argument.Structure(fields);
        }
        for (int width = 1; width <= 8; width *= 2) {
            if (scanner.accept("u" + width * 8 + " ")) {
                return new Argument.Value(Expression.value(scanner, names), width);
            }
        }
        return new Argument.Value(Expression.value(scanner, names), 0);
    }
}
