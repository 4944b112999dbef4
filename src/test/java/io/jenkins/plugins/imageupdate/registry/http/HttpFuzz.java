package io.jenkins.plugins.imageupdate.registry.http;

import static io.jenkins.plugins.imageupdate.fuzz.Promise.headers;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.kept;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.readable;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.text;

import io.jenkins.plugins.imageupdate.fuzz.FuzzTarget;
import io.jenkins.plugins.imageupdate.fuzz.Promise;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The parsers of this package under fuzzing. */
public final class HttpFuzz {
    private static final URI ANYWHERE = URI.create("https://registry.example/v2/");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    private HttpFuzz() {}

    public static Map<String, FuzzTarget> targets() {
        return Map.of("limits", HttpFuzz::limits, "pem", HttpFuzz::pem, "diagnosis", HttpFuzz::diagnosis);
    }

    private static HttpHeaders of(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    /** Retry-After, Date, and rate limits, each in a line. */
    private static void limits(byte[] input) {
        List<String> lines = headers(input);
        Response answer = new Response(
                ANYWHERE,
                429,
                of(Map.of(
                        "Retry-After",
                        List.of(line(lines, 0)),
                        "Date",
                        List.of(line(lines, 1)),
                        "ratelimit-limit",
                        List.of(line(lines, 2)),
                        "ratelimit-remaining",
                        List.of(line(lines, 3)),
                        "ratelimit-reset",
                        List.of(line(lines, 4)))),
                new byte[0]);
        Instant now = CLOCK.instant();
        Instant until = RetryAfter.orDefault(answer, CLOCK);
        kept(!until.isBefore(now) && !until.isAfter(now.plus(RetryAfter.MAX)), () -> "until " + until);
        Quota quota = Quota.of(answer.headers(), now);
        kept(
                quota == null || quota.limit() >= -1 && quota.remaining() >= -1 && quota.windowSeconds() >= -1,
                () -> "a quota of " + quota);
        kept(
                quota == null
                        || quota.renews() == null
                        || !quota.renews().isBefore(now) && quota.renews().isBefore(now.plus(Duration.ofDays(32))),
                () -> "a quota of " + quota);
    }

    private static void pem(byte[] input) {
        String text = text(input);
        try {
            Pem.parse("text", text).forEach(block -> readable(block.toString()));
            Pem.certificates("text", text);
        } catch (IllegalArgumentException e) {
            readable(e.getMessage());
        }
    }

    /** Status, content type and challenge, each in a line, then the body. */
    private static void diagnosis(byte[] input) {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 4);
        List<String> head = Arrays.asList(lines);
        int status = line(head, 0).chars().reduce(0, (number, c) -> (number * 10 + c) % 200) + 400;
        Response answer = new Response(
                ANYWHERE,
                status,
                of(Map.of(
                        "Content-Type", List.of(line(head, 1)),
                        "WWW-Authenticate", List.of(line(head, 2)))),
                line(head, 3).getBytes(StandardCharsets.ISO_8859_1));
        HostRole role = HostRole.values()[head.get(0).length() % HostRole.values().length];
        for (boolean sent : new boolean[] {true, false}) {
            RegistryException failure =
                    Diagnosis.of(answer, role, new Sent(sent, "Bearer " + Promise.SECRET, sent), CLOCK);
            readable(failure.detail());
            readable(failure.toFailure("registry.example/app:stable", null).message());
            kept(
                    failure.kind() != FailureKind.TAG_NOT_FOUND || status == 404 && role == HostRole.REGISTRY,
                    () -> "a tag must not be gone by a status of " + status);
        }
    }

    private static String line(List<String> lines, int number) {
        return number < lines.size() ? lines.get(number) : "";
    }
}
