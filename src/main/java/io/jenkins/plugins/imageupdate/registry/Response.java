package io.jenkins.plugins.imageupdate.registry;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;

/**
 * One HTTP response, read to its end within the size limit.
 *
 * @param uri where it came from, after redirects
 * @param body its bytes; empty for HEAD
 */
@SuppressWarnings("ArrayRecordComponent")
public record Response(URI uri, int status, HttpHeaders headers, byte[] body) {
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** The first value of a header, empty when it is missing. */
    public String header(String name) {
        return headers.firstValue(name).orElse("").strip();
    }

    public boolean html() {
        return header("Content-Type").toLowerCase(Locale.ROOT).startsWith("text/html");
    }

    /** Without the body, which may be secret. */
    @Override
    public String toString() {
        return "Response[status=" + status + "]";
    }
}
