package org.ringone.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Lines to statements. */
final class StatementParser {
    private static final Map<String, Integer> DATA = Map.of("db", 1, "dw", 2, "dd", 4, "dq", 8);
    private static final Map<String, Integer> RESERVE = Map.of("resb", 1, "resw", 2, "resd", 4, "resq", 8);
    private static final Set<String> PREFIXES = Set.of(
            "rep", "repe", "repz", "repne", "repnz", "lock", "o16", "o32", "a16", "a32", "es", "cs", "ss", "ds", "fs",
            "gs");
    private static final Set<String> OTHER = Set.of("equ", "times", "align", "bits", "org", "use16", "use32");
    private static final int MAX_NESTING = 16;

    private final List<Statement> statements = new ArrayList<>();
    private final int origin;
    private boolean code32 = true;
    private String scope = "";

    StatementParser(int origin) {
        this.origin = origin;
    }

    List<Statement> statements() {
        return statements;
    }

    /** Takes the next line. */
    void parse(SourceLine line) throws AssemblyException {
        TokenReader reader = new TokenReader(line);
        if (reader.atEnd()) {
            return;
        }
        label(reader);
        if (!reader.atEnd()) {
            Statement statement = statement(reader, 0);
            if (statement != null) {
                statements.add(statement);
            }
            reader.expectEnd();
        }
    }

    /** A label or an equate at the beginning of the line. */
    private void label(TokenReader reader) throws AssemblyException {
        if (reader.peek().kind() != Token.Kind.NAME || !reader.peek(1).is(":") && keyword(reader.word())) {
            return;
        }
        boolean equate = reader.peek(1).is(":") && reader.peek(2).text().equalsIgnoreCase("equ")
                || reader.peek(1).text().equalsIgnoreCase("equ");
        if (!equate && !reader.peek(1).is(":") && !keyword(following(reader))) {
            throw reader.line()
                    .error("'" + reader.peek().text() + "' is no instruction and no directive", hint(reader.word()));
        }
        String name = reader.next().text();
        if (Registers.of(name.toLowerCase(Locale.ROOT)) != null) {
            throw reader.line().error("a register cannot be a label", "choose another name than " + name);
        }
        reader.takeSign(":");
        String whole = ExpressionParser.qualified(name, scope);
        if (equate) {
            reader.next();
            statements.add(new Statement.Equate(reader.line(), whole, new ExpressionParser(reader, scope).parse()));
            reader.expectEnd();
            return;
        }
        if (!name.startsWith(".")) {
            scope = name;
        }
        statements.add(new Statement.Label(reader.line(), whole));
    }

    private static String following(TokenReader reader) {
        return reader.peek(1).text().toLowerCase(Locale.ROOT);
    }

    private static String hint(String word) {
        return switch (word) {
            case "section", "segment", "global", "extern", "default", "cpu" ->
                "the output is flat: leave this line out";
            case "movs", "cmps", "scas", "lods", "stos", "ins", "outs" ->
                "write " + word + "b, " + word + "w or " + word + "d";
            default -> "a label ends with ':'";
        };
    }

    private static boolean keyword(String word) {
        return Names.of(word) != null
                || PREFIXES.contains(word)
                || DATA.containsKey(word)
                || RESERVE.containsKey(word)
                || OTHER.contains(word);
    }

    private Statement statement(TokenReader reader, int depth) throws AssemblyException {
        String word = reader.word();
        if (depth > MAX_NESTING) {
            throw reader.line().error("too much repetition in one line", "");
        }
        if (DATA.containsKey(word)) {
            reader.next();
            return data(reader, DATA.get(word));
        } else if (RESERVE.containsKey(word)) {
            reader.next();
            return new Statement.Reserve(reader.line(), RESERVE.get(word), expression(reader));
        }
        switch (word) {
            case "times" -> {
                reader.next();
                Expression count = expression(reader);
                return new Statement.Times(reader.line(), count, required(reader, depth));
            }
            case "align" -> {
                reader.next();
                Expression boundary = expression(reader);
                Statement with = reader.takeSign(",")
                        ? required(reader, depth)
                        : new Statement.Bytes(reader.line(), new byte[] {(byte) 0x90});
                return new Statement.Align(reader.line(), boundary, with);
            }
            case "bits", "use16", "use32" -> {
                bits(reader);
                return null;
            }
            case "org" -> {
                reader.next();
                org(reader);
                return null;
            }
            default -> {
                return machine(reader);
            }
        }
    }

    private Statement required(TokenReader reader, int depth) throws AssemblyException {
        Statement statement = statement(reader, depth + 1);
        if (statement == null) {
            throw reader.line().error("this cannot be repeated", "repeat data or an instruction");
        }
        return statement;
    }

    private Expression expression(TokenReader reader) throws AssemblyException {
        return new ExpressionParser(reader, scope).parse();
    }

    private Statement data(TokenReader reader, int width) throws AssemblyException {
        List<Object> values = new ArrayList<>();
        do {
            boolean alone = reader.peek(1).is(",") || reader.peek(1).kind() == Token.Kind.END;
            if (reader.peek().kind() == Token.Kind.STRING && alone) {
                values.add(reader.next().text());
            } else {
                values.add(expression(reader));
            }
        } while (reader.takeSign(","));
        return new Statement.Data(reader.line(), width, List.copyOf(values));
    }

    private void bits(TokenReader reader) throws AssemblyException {
        String word = reader.next().text().toLowerCase(Locale.ROOT);
        long bits = word.equals("bits") ? reader.next().value() : Long.parseLong(word.substring(3));
        if (bits != 16 && bits != 32) {
            throw reader.line().error("bits " + bits + " is not possible", "bits 16 or bits 32");
        }
        code32 = bits == 32;
    }

    private void org(TokenReader reader) throws AssemblyException {
        Token token = reader.next();
        if (token.kind() != Token.Kind.NUMBER || (int) token.value() != origin) {
            throw reader.line()
                    .error(
                            "org " + token.text() + " contradicts the origin 0x" + Integer.toHexString(origin),
                            "leave org out: the origin is given to the assembler");
        }
    }

    private Statement machine(TokenReader reader) throws AssemblyException {
        Encoder.Prefixes prefixes = prefixes(reader);
        SourceLine line = reader.line();
        if (reader.atEnd()) {
            return new Statement.Bytes(line, Encoder.alone(prefixes, code32));
        }
        String name = reader.word();
        List<Names.Named> rows = Names.of(name);
        if (rows == null) {
            throw line.error("'" + reader.peek().text() + "' is no instruction and no directive", hint(name));
        }
        reader.next();
        List<AssemblyOperand> operands = new OperandParser(reader, scope).parse();
        List<Match> matches = Matching.of(line, name, rows, Matching.completed(name, operands));
        if (prefixes.lock()) {
            matches = Matching.lockable(line, matches);
        }
        return new Statement.Machine(line, code32, prefixes, matches);
    }

    private static Encoder.Prefixes prefixes(TokenReader reader) {
        boolean lock = false;
        int repeat = 0;
        int segment = -1;
        int operandSize = 0;
        int addressSize = 0;
        for (String word = reader.word(); PREFIXES.contains(word); word = reader.word()) {
            switch (word) {
                case "lock" -> lock = true;
                case "rep", "repe", "repz" -> repeat = 1;
                case "repne", "repnz" -> repeat = 2;
                case "o16", "o32" -> operandSize = word.equals("o16") ? 2 : 4;
                case "a16", "a32" -> addressSize = word.equals("a16") ? 2 : 4;
                default -> segment = Registers.of(word).number();
            }
            reader.next();
        }
        return new Encoder.Prefixes(lock, repeat, segment, operandSize, addressSize);
    }
}
