package io.jenkins.plugins.imageupdate.tags;

import java.util.List;

/**
 * Writes a policy's settings as one line of printable ASCII: {@code kind:rule|name=value|name=value}. Ledgers keep it, so a form that was
 * released never changes. A bar, a percent sign and whatever is not printable ASCII are written as in URLs, {@code %7C}, so that the parts
 * can be told apart again.
 */
final class PolicyKey {
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

    @Override
    public String toString() {
        return key.toString();
    }
}
