package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP answer. It may be sent many times, unless its content is a stream.
 *
 * @param headers by name; {@code Content-Length} follows from {@code length}
 * @param length of the content, or -1 where it is not known beforehand
 */
public record Reply(int status, Map<String, List<String>> headers, long length, Content content) {
    private static final int DISCONNECT = 0;

    /** Writes the content; for HEAD it is never asked to. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public Reply {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    public static Reply of(int status) {
        return new Reply(status, Map.of(), 0, out -> {});
    }

    public static Reply of(int status, String contentType, byte[] content) {
        return new Reply(
                status, Map.of("Content-Type", List.of(contentType)), content.length, out -> out.write(content));
    }

    public static Reply of(int status, String contentType, String content) {
        return of(status, contentType, content.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply json(int status, JsonNode content) {
        return of(status, "application/json", content.toString());
    }

    /** An error in the form of the distribution specification, "Error Codes". */
    public static Reply error(int status, String code, String message) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("errors").addObject().put("code", code).put("message", message);
        return json(status, document);
    }

    /** No answer at all: the connection is closed. */
    public static Reply disconnect() {
        return of(DISCONNECT);
    }

    static Reply stream(int status, Map<String, List<String>> headers, long length, InputStream content) {
        return new Reply(status, headers, length, content::transferTo);
    }

    /** This answer with a header, of one value or several, in place of what it had under the name. */
    public Reply with(String name, String... values) {
        Reply changed = new Reply(status, headers, length, content);
        changed.headers.put(name, List.of(values));
        return changed;
    }

    public Reply without(String name) {
        Reply changed = new Reply(status, headers, length, content);
        changed.headers.remove(name);
        return changed;
    }

    void send(HttpExchange exchange) throws IOException {
        if (status == DISCONNECT) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().putAll(headers);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head && length >= 0) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
        }
        boolean empty = head || length == 0 || status == 204 || status == 304;
        exchange.sendResponseHeaders(status, empty ? -1 : Math.max(length, 0));
        try (OutputStream out = exchange.getResponseBody()) {
            if (!empty) {
                content.writeTo(out);
            }
        }
    }
}
