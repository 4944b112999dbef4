package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.fuzz.Promise.equal;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.headers;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.kept;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.readable;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.fuzz.FuzzTarget;
import io.jenkins.plugins.imageupdate.fuzz.Promise;
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
public final class RegistryFuzz {
    private static final URI ANYWHERE = URI.create("https://registry.example/v2/");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    private RegistryFuzz() {}

    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "image-reference", RegistryFuzz::imageReference,
                "platform", RegistryFuzz::platform,
                "next-link", RegistryFuzz::nextLink,
                "json", RegistryFuzz::json,
                "image-index", RegistryFuzz::imageIndex,
                "tag-page", RegistryFuzz::tagPage,
                "image-details", RegistryFuzz::imageDetails,
                "limits", RegistryFuzz::limits,
                "pem", RegistryFuzz::pem,
                "diagnosis", RegistryFuzz::diagnosis);
    }

    /** A reference in its normal form is read as the same, and a request can be made of it. */
    private static void imageReference(byte[] input) {
        ImageReference reference;
        try {
            reference = ImageReference.parse(text(input));
        } catch (IllegalArgumentException e) {
            readable(e.getMessage());
            return;
        }
        equal(reference, ImageReference.parse(reference.toString()));
        equal(reference.toString(), ImageReference.parse(reference.toString()).toString());
        URI uri = RegistryEndpoint.of(reference.host()).manifest(reference, reference.selector());
        kept(uri.getHost() != null && uri.getRawUserInfo() == null, () -> "no request can be made: " + uri);
        equal("/v2/" + reference.repository() + "/manifests/" + reference.selector(), uri.getPath());
        equal(uri.getPath(), uri.getRawPath());
    }

    private static void platform(byte[] input) {
        Platform platform;
        try {
            platform = Platform.parse(text(input));
        } catch (IllegalArgumentException e) {
            readable(e.getMessage());
            return;
        }
        equal(platform, Platform.parse(platform.toString()));
    }

    private static void nextLink(byte[] input) {
        List<String> links = headers(input);
        NextLink.of(of(Map.of("Link", links)))
                .ifPresent(target -> kept(
                        links.stream().anyMatch(link -> link.contains(target)), () -> "not what was sent: " + target));
    }

    private static void json(byte[] input) {
        JsonNode document = Json.read(input);
        if (!document.isMissingNode()) {
            String written = Json.write(document);
            equal(written, Json.write(Json.read(written.getBytes(StandardCharsets.UTF_8))));
        }
        String text = text(input);
        String fault = Json.fault(text);
        kept(
                text.isBlank() || fault.isEmpty() || Json.readLenient(text).isMissingNode(),
                () -> "a fault in what can be read: " + fault);
    }

    private static void imageIndex(byte[] input) {
        JsonNode document = Json.read(input);
        Manifests.isIndex(document);
        Manifests.isManifest(document);
        ImageIndex index;
        try {
            index = ImageIndex.parse(input);
        } catch (RegistryException e) {
            readable(e.detail());
            return;
        }
        readable(index.platforms());
        index.choose(Platform.parse("linux/amd64")).ifPresent(RegistryFuzz::wellFormed);
        index.nested().forEach(RegistryFuzz::wellFormed);
    }

    private static void wellFormed(Digest digest) {
        equal(digest, Digest.parse(digest.toString()));
    }

    private static void tagPage(byte[] input) {
        TagPage page;
        try {
            page = TagPage.parse(input);
        } catch (RegistryException e) {
            readable(e.detail());
            return;
        }
        kept(page.texts().size() <= page.size(), () -> "more tags than entries");
        for (String tag : page.texts()) {
            if (TagPage.isImage(tag)) {
                equal(tag, ImageReference.parse("app:" + tag).tag());
            }
        }
    }

    /** A manifest, a line break, a configuration. */
    private static void imageDetails(byte[] input) {
        String[] parts = text(input).split("\n", 2);
        ImageDetails details = ImageDetails.of(
                Json.read(parts[0].getBytes(StandardCharsets.UTF_8)),
                Json.read(parts[parts.length - 1].getBytes(StandardCharsets.UTF_8)));
        details.labels().values().forEach(Promise::readable);
        kept(details.size() >= -1, () -> "a size of " + details.size());
    }

    /** Retry-After, Date, and rate limits, each in a line. */
    private static void limits(byte[] input) {
        List<String> lines = headers(input);
        Answer answer = new Answer(
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
        try {
            ClientIdentity.keyManagers(text, text);
        } catch (IllegalArgumentException e) {
            readable(e.getMessage());
        }
    }

    /** Status, content type and challenge, each in a line, then the body. */
    private static void diagnosis(byte[] input) {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 4);
        List<String> head = Arrays.asList(lines);
        int status = line(head, 0).chars().reduce(0, (number, c) -> (number * 10 + c) % 200) + 400;
        Answer answer = new Answer(
                ANYWHERE,
                status,
                of(Map.of(
                        "Content-Type", List.of(line(head, 1)),
                        "WWW-Authenticate", List.of(line(head, 2)))),
                line(head, 3).getBytes(StandardCharsets.ISO_8859_1));
        for (boolean sent : new boolean[] {true, false}) {
            RegistryException failure = Diagnosis.of(answer, sent, "Bearer " + Promise.SECRET, CLOCK);
            readable(failure.detail());
            readable(failure.toFailure("registry.example/app:stable", null).message());
            kept(
                    failure.kind() != FailureKind.TAG_NOT_FOUND || status == 404,
                    () -> "a tag must not be gone by a status of " + status);
        }
    }

    private static String line(List<String> lines, int number) {
        return number < lines.size() ? lines.get(number) : "";
    }

    private static HttpHeaders of(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
