package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.Map;

/**
 * Reads {@code .env} files as Compose does (<a href="https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/">
 * "Interpolation syntax"</a>): {@code NAME=value} and {@code NAME: value}, with comments, single quotes for a text as it stands, double
 * quotes for one with escapes, and variables but in single quotes.
 */
final class EnvFile {
    /** Variables that double each other grow without end. */
    private static final int MAX_LENGTH = 1_000_000;

    private static final String ESCAPED = "nrt\"\\$'";
    private static final String MEANT = "\n\r\t\"\\$'";

    private final String text;
    private final Map<String, String> outer;
    private final Map<String, String> values;
    private int at;
    private int length;

    private EnvFile(String text, Map<String, String> outer, Map<String, String> values) {
        this.text = text;
        this.outer = outer;
        this.values = values;
    }

    /**
     * Puts what the file says into the values.
     *
     * @param outer values that count before those of the file, where the file uses them
     */
    static void read(String text, Map<String, String> outer, Map<String, String> values) throws SourceException {
        new EnvFile(text.replace("\r\n", "\n"), outer, values).lines();
    }

    private void lines() throws SourceException {
        while (at < text.length()) {
            int end = lineEnd();
            String line = text.substring(at, end).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                at = end + 1;
            } else {
                entry(end);
            }
        }
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void entry(int end) throws SourceException {
        int separator = at;
        while (separator < end && text.charAt(separator) != '=' && text.charAt(separator) != ':') {
            separator++;
        }
        String name = text.substring(at, separator).strip();
        name = name.startsWith("export ") ? name.substring("export ".length()).strip() : name;
        at = Math.min(separator + 1, end);
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        // A name alone takes its value from the environment, which is not known here.
        if (separator == end) {
            at = end + 1;
            return;
        }
        char quote = at < end ? text.charAt(at) : 0;
        if (quote == '\'' || quote == '"') {
            quoted(name, quote);
        } else {
            put(name, unquoted(text.substring(at, end)), true);
            at = end + 1;
        }
    }

    private void quoted(String name, char quote) throws SourceException {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            int escape = c == '\\' && at < text.length() ? ESCAPED.indexOf(text.charAt(at)) : -1;
            boolean taken = quote == '"' ? escape >= 0 : escape >= 0 && text.charAt(at) == '\'';
            if (taken) {
                // A dollar that is escaped stays one where variables are put in.
                value.append(text.charAt(at) == '$' ? "$$" : String.valueOf(MEANT.charAt(escape)));
                at++;
            } else {
                value.append(c);
            }
        }
        if (at >= text.length()) {
            throw new SourceException(".env: a quote is not closed");
        }
        put(name, value.toString(), quote == '"');
        at = lineEnd() + 1;
    }

    private static String unquoted(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            boolean comment = rest.charAt(i) == '#' && (i == 0 || Character.isWhitespace(rest.charAt(i - 1)));
            if (comment) {
                return rest.substring(0, i).strip();
            }
        }
        return rest.strip();
    }

    private void put(String name, String value, boolean variables) throws SourceException {
        if (length > MAX_LENGTH) {
            throw new SourceException(".env: the values are longer than " + MAX_LENGTH + " characters");
        }
        if (!variables || value.indexOf('$') < 0) {
            values.put(name, value);
            return;
        }
        try {
            String complete = Interpolation.of(value, variable -> outer.getOrDefault(variable, values.get(variable)));
            length += complete.length();
            values.put(name, complete);
        } catch (SourceException e) {
            // Only where it is used this matters, and there it is said that it has no value.
            values.remove(name);
        }
    }
}
