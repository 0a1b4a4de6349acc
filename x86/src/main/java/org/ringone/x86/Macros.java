package org.ringone.x86;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The macro language: {@code %macro name count} (also {@code least-most}, {@code least-*}) with {@code %1}, {@code %0} and
 * {@code %%local}, {@code %rep count}, and {@code %assign name value} for a counter.
 */
final class Macros {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LINES = 2_000_000;
    private static final int MAX_LENGTH = 1 << 15;
    private static final Pattern PARAMETER = Pattern.compile("%\\{?(%?)([0-9]+|(?<=%%)[A-Za-z_][A-Za-z0-9_]*)\\}?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_.@$0-9][A-Za-z0-9_.@$#~]*|'[^']*'|\"[^\"]*\"|`[^`]*`");

    private record Macro(String name, int least, int most, List<SourceLine> body) {}

    /** Takes the lines that come out. */
    interface Sink {
        void line(SourceLine line) throws AssemblyException;
    }

    private final Sink sink;
    private final Map<String, List<Macro>> macros = new HashMap<>();
    private final Map<String, Long> assigned = new HashMap<>();
    private int calls;
    private int lines;

    Macros(Sink sink) {
        this.sink = sink;
    }

    /** Expands a source. */
    void expand(String source) throws AssemblyException {
        List<SourceLine> all = new ArrayList<>();
        String[] texts = source.split("\r?\n", -1);
        for (int i = 0; i < texts.length; i++) {
            all.add(new SourceLine(i + 1, texts[i], ""));
        }
        expand(all, 0);
    }

    private void expand(List<SourceLine> source, int depth) throws AssemblyException {
        for (int i = 0; i < source.size(); i++) {
            SourceLine line = substituted(source.get(i));
            count(line);
            if (depth > MAX_DEPTH) {
                throw line.error("macros call each other without end", "");
            }
            String code = Lexer.withoutComment(line.text()).strip();
            String[] words = code.split("\\s+", 3);
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "%macro" -> {
                    int end = end(source, i, "%macro", "%endmacro");
                    define(line, code, source.subList(i + 1, end));
                    i = end;
                }
                case "%rep" -> {
                    int end = end(source, i, "%rep", "%endrep");
                    long count = constant(line, code.substring(4));
                    for (long k = 0; k < count; k++) {
                        count(line);
                        expand(source.subList(i + 1, end), depth + 1);
                    }
                    i = end;
                }
                case "%assign" -> {
                    if (words.length < 3) {
                        throw line.error("%assign without a value", "%assign name value");
                    }
                    assigned.put(words[1], constant(line, words[2]));
                }
                default -> {
                    if (code.startsWith("%")) {
                        throw line.error("'" + words[0] + "' is not known here", "known are %macro, %rep and %assign");
                    }
                    other(line, code, depth);
                }
            }
        }
    }

    private void count(SourceLine line) throws AssemblyException {
        if (++lines > MAX_LINES || line.text().length() > MAX_LENGTH) {
            throw line.error(
                    "more than " + MAX_LINES + " lines or " + MAX_LENGTH + " characters in one",
                    "a macro or %rep makes too much");
        }
    }

    /** A line that is no directive: a macro call, perhaps behind a label, or a statement. */
    private void other(SourceLine line, String code, int depth) throws AssemblyException {
        String call = code;
        int colon = code.indexOf(':');
        if (colon > 0 && macros.containsKey(first(code.substring(colon + 1).strip()))) {
            sink.line(new SourceLine(line.number(), code.substring(0, colon + 1), line.macro()));
            call = code.substring(colon + 1).strip();
        }
        List<Macro> named = macros.get(first(call));
        if (named == null) {
            sink.line(line);
            return;
        }
        String name = first(call);
        List<String> arguments = arguments(call.substring(name.length()).strip());
        for (Macro macro : named) {
            if (arguments.size() >= macro.least && arguments.size() <= macro.most) {
                expand(body(line, macro, arguments), depth + 1);
                return;
            }
        }
        Macro macro = named.get(0);
        String takes = macro.least == macro.most ? "" + macro.least : macro.least + " or more";
        throw line.error("macro " + name + " does not take " + arguments.size() + " parameters", "it takes " + takes);
    }

    private static String first(String code) {
        return code.split("\\s+", 2)[0];
    }

    /** The line with the values of {@code %assign} for their names. */
    private SourceLine substituted(SourceLine line) {
        if (assigned.isEmpty()) {
            return line;
        }
        boolean definition = line.text().strip().toLowerCase(Locale.ROOT).startsWith("%assign");
        boolean[] named = {!definition};
        String code = Lexer.withoutComment(line.text());
        String text = WORD.matcher(code).replaceAll(match -> {
            String word = match.group();
            if (!named[0] && !word.equals("assign")) {
                named[0] = true;
                return Matcher.quoteReplacement(word);
            }
            Long value = assigned.get(word);
            return Matcher.quoteReplacement(value == null ? word : value < 0 ? "(" + value + ")" : value.toString());
        });
        return new SourceLine(line.number(), text, line.macro());
    }

    private int end(List<SourceLine> source, int from, String open, String close) throws AssemblyException {
        int nesting = 0;
        for (int i = from; i < source.size(); i++) {
            String word = first(source.get(i).text().strip()).toLowerCase(Locale.ROOT);
            if (word.equals(open)) {
                nesting++;
            } else if (word.equals(close) && --nesting == 0) {
                return i;
            }
        }
        throw source.get(from).error(open + " without " + close, "");
    }

    private void define(SourceLine line, String code, List<SourceLine> body) throws AssemblyException {
        String[] words = code.split("\\s+");
        Matcher range =
                Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}|\\*))?").matcher(words.length == 3 ? words[2] : "");
        if (words.length != 3 || !range.matches()) {
            throw line.error("bad %macro", "%macro name count, or least-most for the count of parameters");
        }
        int least = Integer.parseInt(range.group(1));
        String most = range.group(2);
        int limit = most == null ? least : most.equals("*") ? Integer.MAX_VALUE : Integer.parseInt(most);
        macros.computeIfAbsent(words[1], key -> new ArrayList<>())
                .add(0, new Macro(words[1], least, limit, List.copyOf(body)));
    }

    private long constant(SourceLine line, String text) throws AssemblyException {
        TokenReader reader = new TokenReader(new SourceLine(line.number(), text, line.macro()));
        Expression expression = new ExpressionParser(reader, "").parse();
        reader.expectEnd();
        Pass empty = new Pass(Map.of(), 0);
        empty.begin(false);
        return expression.value(empty, line).number();
    }

    /** Arguments between commas; commas in strings, brackets, parentheses and braces do not count. */
    private static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        if (text.isEmpty()) {
            return arguments;
        }
        int nesting = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                nesting++;
            } else if (")]}".indexOf(c) >= 0) {
                nesting--;
            } else if (c == ',' && nesting == 0) {
                arguments.add(argument(text.substring(start, i)));
                start = i + 1;
            }
        }
        arguments.add(argument(text.substring(start)));
        return arguments;
    }

    private static String argument(String text) {
        String bare = text.strip();
        return bare.startsWith("{") && bare.endsWith("}") ? bare.substring(1, bare.length() - 1) : bare;
    }

    private List<SourceLine> body(SourceLine call, Macro macro, List<String> arguments) throws AssemblyException {
        int number = ++calls;
        List<SourceLine> result = new ArrayList<>();
        for (SourceLine line : macro.body) {
            Matcher matcher = PARAMETER.matcher(line.text());
            StringBuilder text = new StringBuilder();
            while (matcher.find()) {
                boolean local = !matcher.group(1).isEmpty();
                String value = local ? "..@" + number + "." + matcher.group(2) : argument(matcher.group(2), arguments);
                matcher.appendReplacement(text, Matcher.quoteReplacement(value));
                if (text.length() > MAX_LENGTH) {
                    throw call.error("macro " + macro.name + " makes too long a line", "");
                }
            }
            result.add(new SourceLine(call.number(), matcher.appendTail(text).toString(), macro.name));
        }
        return result;
    }

    private static String argument(String number, List<String> arguments) {
        if (number.equals("0")) {
            return String.valueOf(arguments.size());
        }
        int index = number.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(number);
        return index < 1 || index > arguments.size() ? "" : arguments.get(index - 1);
    }
}
