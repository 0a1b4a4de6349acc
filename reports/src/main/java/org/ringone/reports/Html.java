package org.ringone.reports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page while it is written. Whatever comes from outside goes through {@link #text} and is text, never markup. */
final class Html {

    private final StringBuilder body = new StringBuilder();

    /** Adds markup of our own. */
    Html markup(String markup) {
        body.append(markup);
        return this;
    }

    /** Adds text from anywhere. */
    Html text(String raw) {
        body.append(escaped(raw));
        return this;
    }

    Html text(long number) {
        body.append(number);
        return this;
    }

    /** Adds a verdict in its colour. */
    Html pill(String verdict) {
        return markup("<span class='pill ")
                .text(verdict)
                .markup("'>")
                .text(verdict.replace('-', ' '))
                .markup("</span>");
    }

    /** Adds a verdict as a spot of its colour, which tells its name when pointed at. */
    Html spot(String verdict, String of) {
        return markup("<span class='spot ")
                .text(verdict)
                .markup("' title='")
                .text(of + ": " + verdict.replace('-', ' '))
                .markup("'></span>");
    }

    /** Text that is safe between tags and inside quotes. */
    static String escaped(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }

    /** The page: a template of ours with the common style and this body in it. */
    String in(String template) throws IOException {
        return resource(template).replace("/* STYLE */", resource("page.css")).replace("<!-- BODY -->", body);
    }

    /** Writes the page, replacing what was there. */
    void write(String template, Path file) throws ReportException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, in(template), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ReportException("The page " + file + " could not be written: " + e.getMessage(), e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
