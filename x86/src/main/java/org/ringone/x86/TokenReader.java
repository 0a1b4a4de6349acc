package org.ringone.x86;

import java.util.List;
import java.util.Locale;

/** Reads a line's tokens one by one. */
final class TokenReader {
    private final SourceLine line;
    private final List<Token> tokens;
    private int at;

    TokenReader(SourceLine line) throws AssemblyException {
        this.line = line;
        this.tokens = Lexer.tokens(line);
    }

    SourceLine line() {
        return line;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    /** Takes a sign if it comes next. */
    boolean takeSign(String sign) {
        if (peek().is(sign)) {
            at++;
            return true;
        }
        return false;
    }

    /** The name that comes next in lower case, or empty when something else does. */
    String word() {
        return peek().kind() == Token.Kind.NAME ? peek().text().toLowerCase(Locale.ROOT) : "";
    }

    /** Takes a word, in any case, if it comes next. */
    boolean takeWord(String word) {
        if (word().equals(word)) {
            at++;
            return true;
        }
        return false;
    }

    void expectSign(String sign, String hint) throws AssemblyException {
        if (!takeSign(sign)) {
            throw line.error("'" + sign + "' expected, but '" + peek().text() + "' found", hint);
        }
    }

    void expectEnd() throws AssemblyException {
        if (!atEnd()) {
            throw line.error("'" + peek().text() + "' is too much", "a statement ends with its line");
        }
    }
}
