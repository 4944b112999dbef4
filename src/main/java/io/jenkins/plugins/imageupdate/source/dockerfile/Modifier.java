package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;

/** What stands behind a variable's name in braces. */
final class Modifier {
    private Modifier() {}

    /**
     * <code>${x:-word}</code>, <code>${x:+word}</code>, <code>${x:?word}</code>, and the same without the colon.
     *
     * @param orEmpty whether an empty value is taken for none, as the colon says
     * @param value null for a variable that is not set
     */
    static Expanded alternative(
            char modifier, boolean orEmpty, String name, @CheckForNull Expanded value, Expanded word)
            throws SourceException {
        boolean unknown = value != null && !value.missing().isEmpty();
        if (unknown && (modifier != '+' || orEmpty)) {
            return value.plus(word).unknown();
        }
        boolean none = value == null || orEmpty && value.text().isEmpty();
        return switch (modifier) {
            case '-' -> none ? word : value;
            case '+' -> none ? Expanded.of("") : word;
            default -> {
                if (none) {
                    throw new SourceException(Printable.of(name) + " has no value: "
                            + (word.text().isBlank() ? "it must be given one" : Printable.of(word.text())));
                }
                yield value;
            }
        };
    }

    /** <code>${x#pattern}</code> and <code>${x%pattern}</code>; with the sign twice, the longest match is taken away. */
    static Expanded trimmed(char sign, Expanded value, Expanded pattern) throws SourceException {
        if (!value.missing().isEmpty()) {
            return value.unknown();
        }
        boolean longest = pattern.text().startsWith(String.valueOf(sign));
        String text = longest ? pattern.text().substring(1) : pattern.text();
        String rest = sign == '#'
                ? ShellPattern.withoutStart(value.text(), text, longest)
                : ShellPattern.withoutEnd(value.text(), text, longest);
        return value.plus(pattern).with(rest);
    }

    /** <code>${x/pattern/replacement}</code>, or every match. */
    static Expanded replaced(boolean all, Expanded value, Expanded pattern, Expanded replacement)
            throws SourceException {
        if (!value.missing().isEmpty()) {
            return value.unknown();
        }
        String text = ShellPattern.replaced(value.text(), pattern.text(), replacement.text(), all);
        return value.plus(pattern).plus(replacement).with(text);
    }
}
