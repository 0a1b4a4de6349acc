package org.ringone.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line of assembly to tokens. */
final class Lexer {
    private static final String[] SIGNS = {
        "<<<", ">>>", "<=>", "<<", ">>", "//", "%%", "==", "!=", "<>", "<=", ">=", "&&", "||", "^^", "$$"
    };

    private final SourceLine line;
    private final String text;
    private int at;

    private Lexer(SourceLine line) {
        this.line = line;
        this.text = line.text();
    }

    static List<Token> tokens(SourceLine line) throws AssemblyException {
        Lexer lexer = new Lexer(line);
        List<Token> tokens = new ArrayList<>();
        for (Token token = lexer.next(); token.kind() != Token.Kind.END; token = lexer.next()) {
            tokens.add(token);
        }
        tokens.add(Token.END);
        return tokens;
    }

    /** The line without its comment. */
    static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == '\\' && quote == '`') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == ';') {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private Token next() throws AssemblyException {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) == ';') {
            return Token.END;
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            return string(c);
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        if (nameStart(c) || c == '$' && at + 1 < text.length() && nameStart(text.charAt(at + 1))) {
            int start = c == '$' ? at + 1 : at;
            at = start;
            skipName();
            return new Token(Token.Kind.NAME, text.substring(start, at), 0);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Token.Kind.SIGN, sign, 0);
            }
        }
        if ("+-*/%&|^~!<>=()[],:?$".indexOf(c) < 0) {
            throw line.error("unexpected character '" + c + "'", "comments begin with ';'");
        }
        at++;
        return new Token(Token.Kind.SIGN, String.valueOf(c), 0);
    }

    private static boolean nameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.' || c == '@';
    }

    private void skipName() {
        while (at < text.length()
                && (nameStart(text.charAt(at)) || digit(text.charAt(at)) || "#~$".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token number() throws AssemblyException {
        int start = at;
        skipName();
        String word = text.substring(start, at);
        String digits = word.toLowerCase(Locale.ROOT).replace("_", "");
        int radix = 10;
        char last = digits.charAt(digits.length() - 1);
        if (digits.startsWith("0x") || digits.startsWith("0h")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (last == 'h') {
            radix = 16;
            digits = digits.substring(0, digits.length() - 1);
        } else if (digits.startsWith("0b") || digits.startsWith("0y")) {
            radix = 2;
            digits = digits.substring(2);
        } else if (digits.startsWith("0o") || digits.startsWith("0q")) {
            radix = 8;
            digits = digits.substring(2);
        } else if (digits.startsWith("0d") || digits.startsWith("0t")) {
            digits = digits.substring(2);
        } else if (last == 'b' || last == 'y') {
            radix = 2;
            digits = digits.substring(0, digits.length() - 1);
        } else if (last == 'o' || last == 'q') {
            radix = 8;
            digits = digits.substring(0, digits.length() - 1);
        } else if (last == 'd' || last == 't') {
            digits = digits.substring(0, digits.length() - 1);
        }
        try {
            return new Token(Token.Kind.NUMBER, word, Long.parseUnsignedLong(digits, radix));
        } catch (NumberFormatException e) {
            throw line.error("'" + word + "' is not a number", "hexadecimal is 0x1F or 1Fh, binary 0b101 or 101b");
        }
    }

    private Token string(char quote) throws AssemblyException {
        StringBuilder contents = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return new Token(Token.Kind.STRING, contents.toString(), 0);
            }
            contents.append(quote == '`' && c == '\\' ? escape() : c);
        }
        throw line.error("the string has no end", "close it with " + quote);
    }

    private char escape() throws AssemblyException {
        at++;
        char c = at < text.length() ? text.charAt(at) : ' ';
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> '\0';
            case 'e' -> 27;
            case '\\', '\'', '"', '`' -> c;
            case 'x' -> {
                at += 2;
                try {
                    yield (char) Integer.parseUnsignedInt(text.substring(at - 1, at + 1), 16);
                } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
                    throw line.error("bad \\x in a string", "two hexadecimal digits follow \\x");
                }
            }
            default -> throw line.error("unknown escape \\" + c, "known are \\n \\r \\t \\0 \\e \\xNN \\\\ and quotes");
        };
    }
}
