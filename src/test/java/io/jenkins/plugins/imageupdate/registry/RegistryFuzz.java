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
import java.util.List;
import java.util.Map;

/** The parsers of this package under fuzzing. */
public final class RegistryFuzz {

    private RegistryFuzz() {}

    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "image-reference", RegistryFuzz::imageReference,
                "platform", RegistryFuzz::platform,
                "next-link", RegistryFuzz::nextLink,
                "json", RegistryFuzz::json,
                "image-index", RegistryFuzz::imageIndex,
                "tag-page", RegistryFuzz::tagPage,
                "image-details", RegistryFuzz::imageDetails);
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
        URI uri = new RemoteRepository(RegistryEndpoint.of(reference.host()), reference.repository(), null)
                .manifest(reference.selector());
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

    private static String line(List<String> lines, int number) {
        return number < lines.size() ? lines.get(number) : "";
    }

    private static HttpHeaders of(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
