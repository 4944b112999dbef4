package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Variables in a Compose file (<a href="https://docs.docker.com/reference/compose-file/interpolation/">reference</a>,
 * "Interpolation"): {@code $X}, <code>${X}</code>, with {@code :-}, {@code -}, {@code :?}, {@code ?}, {@code :+} and {@code +}, nested;
 * {@code $$} is a dollar. Where Compose would warn and put in nothing for a variable without a value, it is an error here: another
 * image than the one that runs must not be watched.
 */
final class Interpolation {
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_DEPTH = 50;

    /** A text, and the variables in it that have no value. */
    private record Part(String text, Set<String> missing) {}

    private final String text;
    private final Function<String, String> variables;
    private int at;
    private int depth;

    private Interpolation(String text, Function<String, String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /** @param variables gives the value of a name, or null */
    static String of(String text, Function<String, String> variables) throws SourceException {
        if (text.length() > MAX_LENGTH) {
            throw new SourceException("the text is longer than " + MAX_LENGTH + " characters");
        }
        Part whole = new Interpolation(text, variables).until(false);
        if (!whole.missing().isEmpty()) {
            throw new SourceException(Printable.of(whole.missing().iterator().next()) + " in " + Printable.of(text)
                    + " has no value: give it by buildArgs, in the file .env beside the Compose file, or as a default by"
                    + " ${NAME:-default}; the build's environment is not read");
        }
        return whole.text();
    }

    /** Up to the brace that closes, which is passed over, or to the end of the text. */
    private Part until(boolean brace) throws SourceException {
        if (++depth > MAX_DEPTH) {
            throw new SourceException("variables are nested more than " + MAX_DEPTH + " deep");
        }
        StringBuilder out = new StringBuilder();
        Set<String> missing = new LinkedHashSet<>();
        while (at < text.length() && !(brace && text.charAt(at) == '}')) {
            char c = text.charAt(at++);
            if (c != '$') {
                out.append(c);
            } else if (text.startsWith("$", at)) {
                at++;
                out.append('$');
            } else {
                Part value = text.startsWith("{", at) ? braced() : plain();
                out.append(value.text());
                missing.addAll(value.missing());
            }
            if (out.length() > MAX_LENGTH) {
                throw new SourceException("the text is longer than " + MAX_LENGTH + " characters");
            }
        }
        if (brace && at++ >= text.length()) {
            throw unreadable();
        }
        depth--;
        return new Part(out.toString(), missing);
    }

    private Part plain() {
        String name = name();
        return name.isEmpty() ? new Part("$", Set.of()) : value(name);
    }

    private Part braced() throws SourceException {
        at++;
        String name = name();
        if (name.isEmpty() || at >= text.length()) {
            throw unreadable();
        }
        if (text.charAt(at) == '}') {
            at++;
            return value(name);
        }
        boolean orEmpty = text.charAt(at) == ':';
        at += orEmpty ? 1 : 0;
        char modifier = at < text.length() ? text.charAt(at++) : ' ';
        if ("-+?".indexOf(modifier) < 0) {
            throw unreadable();
        }
        Part word = until(true);
        String value = variables.apply(name);
        boolean none = value == null || orEmpty && value.isEmpty();
        if (modifier == '-') {
            return none ? word : value(name);
        }
        if (modifier == '+') {
            return none ? new Part("", Set.of()) : word;
        }
        if (none) {
            throw new SourceException(Printable.of(name) + " has no value: "
                    + (word.text().isBlank() ? "it must be given one" : Printable.of(word.text())));
        }
        return value(name);
    }

    private Part value(String name) {
        String value = variables.apply(name);
        return value == null ? new Part("", Set.of(name)) : new Part(value, Set.of());
    }

    /** ASCII letters, digits and underscores, no digit first. */
    private String name() {
        int start = at;
        while (at < text.length() && named(text.charAt(at), at > start)) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean named(char c, boolean digits) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || digits && c >= '0' && c <= '9';
    }

    private SourceException unreadable() {
        return new SourceException(
                "the variable in " + Printable.of(text) + " is written in a form that Compose does not know");
    }
}
