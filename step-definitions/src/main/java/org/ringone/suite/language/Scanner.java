package org.ringone.suite.language;

/** Walks over a text of the features, character by character. */
final class Scanner {

    private final String text;
    private int at;

    Scanner(String text) {
        this.text = text;
    }

    /** A second scanner at the same place. */
    Scanner ahead() {
        Scanner other = new Scanner(text);
        other.at = at;
        return other;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean atEnd() {
        skipBlanks();
        return at == text.length();
    }

    /** Whether the text goes on with this; nothing is consumed. */
    boolean sees(String token) {
        skipBlanks();
        return text.startsWith(token, at);
    }

    boolean accept(String token) {
        if (sees(token)) {
            at += token.length();
            return true;
        }
        return false;
    }

    void expect(String token) {
        if (!accept(token)) {
            throw complaint("'" + token + "' is missing");
        }
    }

    /** A word of letters, digits, underscores and dots that starts with a letter; empty when there is none here. */
    String word() {
        skipBlanks();
        int from = at;
        if (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_')) {
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
        }
        return text.substring(from, at);
    }

    /** Digits, decimal or with 0x; empty when there are none here. */
    String number() {
        skipBlanks();
        int from = at;
        if (at < text.length() && Character.isDigit(text.charAt(at))) {
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
        }
        return text.substring(from, at);
    }

    LanguageException complaint(String what) {
        return new LanguageException(what + " here: " + text.substring(0, at) + " >>> " + text.substring(at));
    }
}
