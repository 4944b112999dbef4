package io.jenkins.plugins.imageupdate.registry.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 7235, section 2.1).
 *
 * @param scheme in lower case, such as {@code bearer}
 * @param parameters names in lower case, values as sent
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int MAX_LENGTH = 16 * 1024;

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Every challenge of these headers; what cannot be read is passed over, since a registry may offer schemes we do not know. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            new Reader(header.substring(0, Math.min(header.length(), MAX_LENGTH))).read(challenges);
        }
        return challenges;
    }

    /** A name followed by {@code =} is a parameter of the scheme before it, any other name is the next scheme. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void read(List<Challenge> challenges) {
            Challenge current = null;
            while (skip(" \t,;")) {
                String name = until(" \t,;=\"").toLowerCase(Locale.ROOT);
                if (name.isEmpty()) {
                    at++;
                    continue;
                }
                int afterName = at;
                skip(" \t");
                if (current != null && at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    current.parameters.putIfAbsent(name, value());
                } else {
                    at = afterName;
                    current = new Challenge(name, new LinkedHashMap<>());
                    challenges.add(current);
                }
            }
        }

        /** Moves over these characters; false at the end. */
        private boolean skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at < text.length();
        }

        private String until(String characters) {
            int start = at;
            while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return until(" \t,");
            }
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at++;
            return value.toString();
        }
    }
}
