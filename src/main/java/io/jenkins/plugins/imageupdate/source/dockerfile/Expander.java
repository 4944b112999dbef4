package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;

/**
 * Puts variables into one word and undoes its quotes and escapes (reference, "Environment replacement"): {@code $x}, <code>${x}</code>
 * with the modifiers {@code :-}, {@code -}, {@code :+}, {@code +}, {@code :?}, {@code ?} and, as newer versions of Docker's syntax have
 * them, {@code #}, {@code ##}, {@code %}, {@code %%}, {@code /} and {@code //}.
 */
final class Expander {
    private static final int MAX_DEPTH = 50;
    private static final char END = '\0';

    private final String word;
    private final char escape;
    private final Variables variables;
    private int at;
    private int depth;

    Expander(String word, char escape, Variables variables) {
        this.word = word;
        this.escape = escape;
        this.variables = variables;
    }

    Expanded expand() throws SourceException {
        if (word.length() > Expanded.MAX_LENGTH) {
            throw tooLong();
        }
        return until(END, false);
    }

    /** Up to this character, which is passed over, or to the end. */
    private Expanded until(char stop, boolean pattern) throws SourceException {
        if (++depth > MAX_DEPTH) {
            throw new SourceException("variables are nested more than " + MAX_DEPTH + " deep");
        }
        Expanded result = Expanded.of("");
        while (at < word.length() && (stop == END || word.charAt(at) != stop)) {
            result = result.plus(piece(pattern));
            if (result.text().length() > Expanded.MAX_LENGTH) {
                throw tooLong();
            }
        }
        if (stop != END && at++ >= word.length()) {
            throw new SourceException("a \"" + stop + "\" is missing in " + Printable.of(word));
        }
        depth--;
        return result;
    }

    private Expanded piece(boolean pattern) throws SourceException {
        char c = word.charAt(at);
        if (c == '$') {
            return variable();
        }
        if (c == '"') {
            return doubleQuoted();
        }
        at++;
        if (c == '\'') {
            int end = closing('\'');
            String quoted = word.substring(at, end);
            at = end + 1;
            return Expanded.of(quoted);
        }
        if (c == escape && at < word.length()) {
            // In a pattern, escapes are the pattern's own.
            return Expanded.of((pattern ? String.valueOf(c) : "") + word.charAt(at++));
        }
        return Expanded.of(c == escape && !pattern ? "" : String.valueOf(c));
    }

    private Expanded doubleQuoted() throws SourceException {
        at++;
        Expanded result = Expanded.of("");
        while (at < word.length() && word.charAt(at) != '"') {
            char c = word.charAt(at);
            if (c == '$') {
                result = result.plus(variable());
                continue;
            }
            at++;
            boolean escapes = c == escape
                    && at < word.length()
                    && (word.charAt(at) == '"' || word.charAt(at) == '$' || word.charAt(at) == escape);
            result = result.plus(Expanded.of(String.valueOf(escapes ? word.charAt(at++) : c)));
        }
        closing('"');
        at++;
        return result;
    }

    private int closing(char quote) throws SourceException {
        int end = word.indexOf(quote, at);
        if (end < 0) {
            throw new SourceException("a quote is not closed in " + Printable.of(word));
        }
        return end;
    }

    private Expanded variable() throws SourceException {
        at++;
        boolean braced = at < word.length() && word.charAt(at) == '{';
        at += braced ? 1 : 0;
        String name = name();
        if (!braced) {
            return name.isEmpty() ? Expanded.of("$") : valueOrMissing(name);
        }
        if (name.isEmpty() || at >= word.length()) {
            throw unreadable();
        }
        char modifier = word.charAt(at++);
        boolean orEmpty = modifier == ':' && at < word.length();
        if (orEmpty) {
            modifier = word.charAt(at++);
        }
        if (orEmpty && "-+?".indexOf(modifier) < 0) {
            throw unreadable();
        }
        return modified(name, modifier, orEmpty);
    }

    private Expanded modified(String name, char modifier, boolean orEmpty) throws SourceException {
        switch (modifier) {
            case '}':
                return valueOrMissing(name);
            case '-', '+', '?':
                return Modifier.alternative(modifier, orEmpty, name, variables.get(name), until('}', false));
            case '#', '%':
                variables.countPattern();
                return Modifier.trimmed(modifier, valueOrMissing(name), until('}', true));
            case '/':
                variables.countPattern();
                boolean all = at < word.length() && word.charAt(at) == '/';
                at += all ? 1 : 0;
                Expanded searched = until('/', true);
                return Modifier.replaced(all, valueOrMissing(name), searched, until('}', true));
            default:
                throw unreadable();
        }
    }

    private String name() {
        int start = at;
        while (at < word.length() && (Character.isLetterOrDigit(word.charAt(at)) || word.charAt(at) == '_')) {
            at++;
        }
        return word.substring(start, at);
    }

    private Expanded valueOrMissing(String name) {
        @CheckForNull Expanded value = variables.get(name);
        return value == null ? Expanded.missing(name) : value;
    }

    private SourceException unreadable() {
        return new SourceException(
                "the variable in " + Printable.of(word) + " is written in a form that Docker does not know");
    }

    private static SourceException tooLong() {
        return new SourceException("the text is longer than " + Expanded.MAX_LENGTH + " characters");
    }
}
