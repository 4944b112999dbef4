package io.jenkins.plugins.imageupdate.source.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits an instruction's text at white space outside of quotes, as BuildKit's parser does. */
final class Words {
    /** Flags, and what follows them. */
    record Flagged(List<String> flags, String rest) {}

    private final String text;
    private final char escape;
    private final boolean raw;
    private int at;

    private Words(String text, char escape, boolean raw) {
        this.text = text;
        this.escape = escape;
        this.raw = raw;
    }

    /** The words with their quotes and escapes as they stand. */
    static List<String> of(String text, char escape) {
        Words words = new Words(text, escape, true);
        List<String> found = new ArrayList<>();
        for (words.skipSpace(); words.at < text.length(); words.skipSpace()) {
            found.add(words.next());
        }
        return found;
    }

    /** The leading words that start with {@code --}, up to one that is just that; quotes and escapes undone. */
    static Flagged flags(String text, char escape) {
        Words words = new Words(text, escape, false);
        List<String> flags = new ArrayList<>();
        for (words.skipSpace(); text.startsWith("--", words.at); words.skipSpace()) {
            String flag = words.next();
            if (flag.equals("--")) {
                break;
            }
            flags.add(flag);
        }
        return new Flagged(flags, GoSpace.strip(text.substring(words.at)));
    }

    private void skipSpace() {
        while (at < text.length() && GoSpace.is(text.charAt(at))) {
            at++;
        }
    }

    private String next() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && GoSpace.is(c)) {
                break;
            }
            boolean opens = quote == 0 && (c == '"' || c == '\'');
            if (opens || quote != 0 && c == quote) {
                quote = opens ? c : 0;
                append(word, c, raw);
            } else if (c == escape && !(raw && quote == '\'')) {
                append(word, c, raw);
                at++;
                append(word, at < text.length() ? text.charAt(at) : 0, at < text.length());
            } else {
                word.append(c);
            }
        }
        // An escape at the very end escapes nothing.
        at = Math.min(at, text.length());
        return word.toString();
    }

    private static void append(StringBuilder word, char c, boolean wanted) {
        if (wanted) {
            word.append(c);
        }
    }
}
