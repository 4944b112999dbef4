package io.jenkins.plugins.imageupdate.source.dockerfile;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;

/**
 * Patterns of the modifiers that change a variable's value: {@code ?} is any character, {@code *} any number of them, a backslash
 * takes their meaning away (reference, "Environment replacement").
 */
final class ShellPattern {
    /** What one file may ask for stays a matter of milliseconds then. */
    private static final int MAX_LENGTH = 128;

    private ShellPattern() {}

    static String withoutStart(String value, String pattern, boolean longest) throws SourceException {
        Matcher matcher = matcher(pattern, longest, value);
        return matcher.lookingAt() ? value.substring(matcher.end()) : value;
    }

    /** Turned around, since the shortest match at the end is not the first one. */
    static String withoutEnd(String value, String pattern, boolean longest) throws SourceException {
        String turned = new StringBuilder(value).reverse().toString();
        return new StringBuilder(withoutStart(turned, turned(pattern), longest))
                .reverse()
                .toString();
    }

    static String replaced(String value, String pattern, String replacement, boolean all) throws SourceException {
        Matcher matcher = matcher(pattern, true, value);
        String literal = Matcher.quoteReplacement(replacement.replaceAll("\\\\([/}])", "$1"));
        String text = all ? matcher.replaceAll(literal) : matcher.replaceFirst(literal);
        if (text.length() > Expanded.MAX_LENGTH) {
            throw new SourceException("the text is longer than " + Expanded.MAX_LENGTH + " characters");
        }
        return text;
    }

    private static Matcher matcher(String pattern, boolean longest, String value) throws SourceException {
        if (pattern.length() > MAX_LENGTH) {
            throw new SourceException(
                    "the pattern " + Printable.of(pattern) + " is longer than " + MAX_LENGTH + " characters");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                regex.append(longest ? ".*" : ".*?");
            } else if (c == '?') {
                regex.append('.');
            } else {
                boolean escaped = c == '\\' && i + 1 < pattern.length();
                regex.append(Pattern.quote(String.valueOf(escaped ? pattern.charAt(++i) : c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(value);
    }

    private static String turned(String pattern) {
        StringBuilder turned = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            boolean escaped = pattern.charAt(i) == '\\' && i + 1 < pattern.length();
            turned.insert(0, escaped ? pattern.substring(i, i + 2) : pattern.substring(i, i + 1));
            i += escaped ? 1 : 0;
        }
        return turned.toString();
    }
}
