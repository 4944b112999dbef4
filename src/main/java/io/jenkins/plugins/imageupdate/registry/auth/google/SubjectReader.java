package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Reads a workload's own token where its configuration says. */
final class SubjectReader {
    private final HttpTransport transport;
    private final HttpTransport direct;

    /** @param direct for addresses of this machine, which no proxy can reach */
    SubjectReader(HttpTransport transport, HttpTransport direct) {
        this.transport = transport;
        this.direct = direct;
    }

    /** Fails with an {@link IllegalArgumentException} that says what is wrong and repeats nothing of what was read. */
    CompletableFuture<String> read(SubjectSource source, Instant deadline) {
        URI url = source.url();
        if (url == null) {
            return CompletableFuture.supplyAsync(
                    () -> subject(SmallFile.read(source.file()), source), transport.executor());
        }
        HttpTransport way = LocalAddress.isLocal(url) ? direct : transport;
        return way.once(Request.get(GoogleEndpoints.registry(url), url, source.headers(), deadline), null)
                .thenApply(answer -> subject(text(answer), source));
    }

    private static String text(Response answer) {
        if (answer.status() != 200) {
            throw new IllegalArgumentException(
                    "the \"url\" of its \"credential_source\" answers HTTP " + answer.status() + " instead of a token");
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String subject(String text, SubjectSource source) {
        String subject = source.field() == null
                ? text
                : Json.text(Json.read(text.getBytes(StandardCharsets.UTF_8)), source.field());
        if (subject.isBlank()) {
            throw new IllegalArgumentException("what its \"credential_source\" names holds no token"
                    + (source.field() == null ? "" : " in the field that its \"format\" names"));
        }
        return subject.strip();
    }
}
