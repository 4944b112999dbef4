package io.jenkins.plugins.imageupdate.registry.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 7235, sections 2.1 and 4.1).
 *
 * @param scheme in lower case, such as {@code bearer}
 * @param parameters names in lower case, values as sent; the first one where a name comes twice
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int MAX_LENGTH = 16 * 1024;

    private static final String TOKEN = "([!#$%&'*+.^_`|~0-9A-Za-z-]++)";
    private static final String QUOTED = "[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+";
    /** The value in quotes, an open quote and all behind it (no value), or without quotes, which may then be a bare URL. */
    private static final String VALUE = "(?:\"(" + QUOTED + ")\"|\".*+|([^ \\t,;\"]*+))";
    /** Stands between a scheme and a comma or the end, and nowhere else. */
    private static final String TOKEN68 = "(?:[ \\t]++[A-Za-z0-9._~+/-]++=*+(?=[ \\t]*+(?:,|$)))?+";
    /** A parameter, or a scheme, or a stray quoted text, so that nothing inside the quotes is taken for a parameter or scheme. */
    private static final Pattern PART = Pattern.compile(
            TOKEN + "[ \\t]*+=[ \\t]*+" + VALUE + "|" + TOKEN + TOKEN68 + "|\"" + QUOTED + "\"?+", Pattern.DOTALL);

    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Every challenge of these headers; what cannot be read is passed over, since a registry may offer schemes we do not know. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            if (header.length() <= MAX_LENGTH) {
                read(header, challenges);
            }
        }
        return challenges;
    }

    private static void read(String header, List<Challenge> challenges) {
        Challenge current = null;
        Matcher part = PART.matcher(header);
        while (part.find()) {
            String name = part.group(1);
            if (name != null && current != null) {
                current.add(name, part.group(2), part.group(3));
            } else if (part.group(4) != null) {
                current = new Challenge(part.group(4).toLowerCase(Locale.ROOT), new LinkedHashMap<>());
                challenges.add(current);
            }
        }
    }

    private void add(String name, String quoted, String bare) {
        String value = quoted == null ? bare : QUOTED_PAIR.matcher(quoted).replaceAll("$1");
        if (value != null) {
            parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
    }
}
