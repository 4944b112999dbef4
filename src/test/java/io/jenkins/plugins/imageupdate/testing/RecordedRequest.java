package io.jenkins.plugins.imageupdate.testing;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A request as a test server received it.
 *
 * @param uri path and query as sent
 * @param headers by name, in any case
 */
public record RecordedRequest(String method, URI uri, Map<String, List<String>> headers) {
    static RecordedRequest of(HttpExchange exchange) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        URI sent = exchange.getRequestURI();
        // Absolute where this server is taken for a proxy (RFC 9112, section 3.2.2).
        String query = sent.getRawQuery() == null ? "" : "?" + sent.getRawQuery();
        URI uri = sent.isAbsolute() ? URI.create(sent.getRawPath() + query) : sent;
        return new RecordedRequest(exchange.getRequestMethod(), uri, headers);
    }

    /** The path, still percent-encoded. */
    public String path() {
        return uri.getRawPath();
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }

    public boolean isGet() {
        return method.equals("GET");
    }

    /** Whether this asks for a manifest, by GET or HEAD. */
    public boolean isManifest() {
        return (isHead() || isGet()) && path().contains("/manifests/");
    }

    /** Whether this asks for a token as gcr.io's own token endpoint gives it. */
    public boolean isToken() {
        return path().equals("/v2/token");
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public Optional<String> authorization() {
        return header("Authorization");
    }

    /** The first value of a query parameter, decoded. */
    public Optional<String> parameter(String name) {
        return parameters(name).findFirst();
    }

    /** All values of a query parameter, decoded, in the order sent. */
    public Stream<String> parameters(String name) {
        String query = uri.getRawQuery();
        return Arrays.stream(query == null ? new String[0] : query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decode(pair[0]).equals(name))
                .map(pair -> pair.length == 1 ? "" : decode(pair[1]));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
