package io.jenkins.plugins.imageupdate.tags;

import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a policy's settings as one line of printable ASCII: {@code kind:rule|name=value|name=value}. Ledgers keep it, so a form that was
 * released never changes. A bar, a percent sign and all characters that are not printable ASCII are written as in URLs, {@code %7C}, so that
 * the parts can be split again.
 */
final class PolicyKey {
    private static final Pattern ESCAPE = Pattern.compile("%(?:u([0-9A-F]{4})|([0-9A-F]{2}))");

    private final StringBuilder key;

    PolicyKey(String kind, String rule) {
        key = new StringBuilder(kind).append(':').append(escaped(rule));
    }

    PolicyKey with(String name, String value) {
        key.append('|').append(name).append('=').append(escaped(value));
        return this;
    }

    PolicyKey with(TagFilter filter) {
        with("include", filter.include());
        with("exclude", filter.exclude());
        return filter.max() == 1 ? this : with("max", String.valueOf(filter.max()));
    }

    private void with(String name, List<UserPattern> patterns) {
        patterns.forEach(pattern -> with(name, pattern.expression()));
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (c >= ' ' && c <= '~' && c != '|' && c != '%') {
                escaped.append(c);
            } else {
                escaped.append(c < 0x100 ? String.format("%%%02X", (int) c) : String.format("%%u%04X", (int) c));
            }
        }
        return escaped.toString();
    }

    /** See {@link TagPolicy#describe(String)}. */
    static String describe(String key) {
        return Arrays.stream(key.split("\\|"))
                .map(part -> part.endsWith("=")
                        ? "no " + part.substring(0, part.length() - 1)
                        : unescaped(part.replaceFirst("[:=]", " ")))
                .collect(Collectors.joining(", "));
    }

    private static String unescaped(String part) {
        return Printable.of(ESCAPE.matcher(part).replaceAll(escape -> {
            String digits = escape.group(1) == null ? escape.group(2) : escape.group(1);
            return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(digits, 16)));
        }));
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
