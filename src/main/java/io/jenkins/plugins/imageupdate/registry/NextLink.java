package io.jenkins.plugins.imageupdate.registry;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The next page that {@code Link} headers (RFC 8288, section 3) lead to, in whatever spelling the RFC allows. */
final class NextLink {
    private static final int MAX_LENGTH = 16 * 1024;

    /** Besides letters and digits. */
    private static final String IN_QUERY = "-._~!$&'()*+,;=:@/?";

    private final String text;
    private int at;

    private NextLink(String text) {
        this.text = text;
    }

    /** The target of the first link of relation {@code next}, as it was sent; what cannot be read is passed over. */
    static Optional<String> of(HttpHeaders headers) {
        for (String header : headers.allValues("Link")) {
            Optional<String> next = new NextLink(header.substring(0, Math.min(header.length(), MAX_LENGTH))).find();
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    /**
     * The query of a link with its question mark, or empty if there is none. What may not stand in a query (RFC 3986, section 3.4) is
     * encoded, so that a registry that forgot it is understood; the rest of the address does not matter.
     */
    static String query(String link) {
        int mark = link.indexOf('?');
        int fragment = link.indexOf('#', mark + 1);
        if (mark < 0) {
            return "";
        }
        byte[] bytes = link.substring(mark + 1, fragment < 0 ? link.length() : fragment)
                .getBytes(StandardCharsets.UTF_8);
        StringBuilder query = new StringBuilder("?");
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean encoded = c == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
            boolean letter = c < 128 && Character.isLetterOrDigit(c);
            query.append(
                    encoded || letter || IN_QUERY.indexOf(c) >= 0 ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return query.toString();
    }

    private static boolean isHex(byte c) {
        return Character.digit(c, 16) >= 0;
    }

    private Optional<String> find() {
        while (true) {
            int open = text.indexOf('<', at);
            int close = open < 0 ? -1 : text.indexOf('>', open);
            if (close < 0) {
                return Optional.empty();
            }
            at = close + 1;
            if (isNext(parameters())) {
                return Optional.of(text.substring(open + 1, close).strip());
            }
        }
    }

    private record Parameter(String name, String value) {}

    /** Up to the comma before the next link. */
    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != ',') {
            char c = text.charAt(at);
            if (c == ';' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            String name = until("=;,").strip().toLowerCase(Locale.ROOT);
            parameters.add(new Parameter(name, at < text.length() && text.charAt(at) == '=' ? value() : ""));
        }
        return parameters;
    }

    private String value() {
        at++;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '"') {
            return until(";,").strip();
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

    private String until(String characters) {
        int start = at;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Of several {@code rel} only the first counts; with an {@code anchor} the link is another document's. */
    private static boolean isNext(List<Parameter> parameters) {
        return parameters.stream().noneMatch(each -> each.name.equals("anchor"))
                && parameters.stream().filter(each -> each.name.equals("rel")).findFirst().stream()
                        .flatMap(each -> Arrays.stream(each.value.split("[ \t]+")))
                        .anyMatch("next"::equalsIgnoreCase);
    }
}
