package io.jenkins.plugins.imageupdate.registry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers that an administrator adds to the requests of one registry, as Cloudflare Access wants them. */
public final class ExtraHeaders {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[ -~\\t]{0,8000}");
    private static final int MAX_HEADERS = 20;

    /** Set by the client itself, or by Java's HTTP client alone. */
    private static final Set<String> RESERVED = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "expect",
            "host",
            "proxy-authorization",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private ExtraHeaders() {}

    /**
     * Reads headers, one in a line: {@code CF-Access-Client-Id: abc}. Empty lines are left out.
     *
     * @throws IllegalArgumentException names the line that is wrong by its number, without its content, which is a secret
     */
    public static Map<String, String> parse(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            int colon = lines[i].indexOf(':');
            String name = colon < 0 ? "" : lines[i].substring(0, colon).strip();
            String value = lines[i].substring(colon + 1).strip();
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " is not a header: write NAME: VALUE, such as CF-Access-Client-Id: abc");
            }
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": the header " + name + " is set by the plugin and cannot be given here");
            }
            headers.put(name, value);
        }
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("more than " + MAX_HEADERS + " headers");
        }
        return headers;
    }
}
