package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Hands requests on to the registry behind a {@link GcrFront}, bodies streamed both ways, credentials left out. */
final class Upstream {
    /** Of this connection only (RFC 9110, section 7.6.1), or not for the registry behind. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "authorization",
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final String origin;

    Upstream(String origin) {
        this.origin = origin;
    }

    Reply forward(RecordedRequest request, InputStream body) throws IOException, InterruptedException {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(URI.create(origin + request.uri()))
                .method(request.method(), body(request, body));
        request.headers().forEach((name, values) -> {
            if (forwardable(name)) {
                values.forEach(value -> forwarded.header(name, value));
            }
        });
        HttpResponse<InputStream> answer;
        try {
            answer = PlainHttp.stream(forwarded.build());
        } catch (IOException e) {
            return Reply.error(502, "UNAVAILABLE", "the registry behind does not answer: " + e);
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers().map().forEach((name, values) -> {
            if (forwardable(name)) {
                headers.put(name, values);
            }
        });
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        return Reply.stream(answer.statusCode(), headers, length, answer.body());
    }

    private static BodyPublisher body(RecordedRequest request, InputStream body) {
        long length = request.header("Content-Length").map(Long::parseLong).orElse(0L);
        if (length > 0) {
            return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), length);
        }
        boolean chunked = request.header("Transfer-Encoding").isPresent();
        return chunked ? BodyPublishers.ofInputStream(() -> body) : BodyPublishers.noBody();
    }

    private static boolean forwardable(String name) {
        return !NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT));
    }
}
