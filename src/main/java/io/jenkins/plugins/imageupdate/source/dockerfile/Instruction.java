package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.List;
import java.util.Locale;

/**
 * One instruction, its lines joined.
 *
 * @param line the first of its lines
 * @param name in capitals
 * @param flags the words with {@code --} between name and arguments, their quotes and escapes undone
 */
record Instruction(int line, String name, List<String> flags, String arguments) {
    private static final String ASCII_SPACE = "\t\u000b\f\r ";

    static Instruction of(int line, String text, char escape) {
        String stripped = GoSpace.strip(text);
        int end = 0;
        while (end < stripped.length() && ASCII_SPACE.indexOf(stripped.charAt(end)) < 0) {
            end++;
        }
        Words.Flagged rest = Words.flags(stripped.substring(end), escape);
        return new Instruction(line, stripped.substring(0, end).toUpperCase(Locale.ROOT), rest.flags(), rest.rest());
    }

    /** The arguments as {@code FROM} splits them, which is at ASCII's white space alone. */
    String[] words() {
        return arguments.split("[" + ASCII_SPACE + "]+");
    }

    /** What an {@code ONBUILD} instruction triggers, at the same line. */
    Instruction trigger(char escape) {
        return of(line, arguments, escape);
    }

    /** Every value of a flag that may be repeated. */
    List<String> values(String flag) throws SourceException {
        String name = "--" + flag;
        if (flags.contains(name)) {
            throw new SourceException(name + " has no value: write " + name + "=…");
        }
        return flags.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .toList();
    }

    /** The value of a flag that stands there once or not at all. */
    @CheckForNull
    String value(String flag) throws SourceException {
        List<String> values = values(flag);
        if (values.size() > 1) {
            throw new SourceException("--" + flag + " may be given once only");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
