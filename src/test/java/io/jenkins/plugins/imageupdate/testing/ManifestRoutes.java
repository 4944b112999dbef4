package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code /v2/<repository>/manifests/<reference>} of the distribution specification. */
final class ManifestRoutes {
    private final ImageStore store;

    ManifestRoutes(ImageStore store) {
        this.store = store;
    }

    Reply handle(RecordedRequest request, RegistryPath path, InputStream body) throws IOException {
        return switch (request.method()) {
            case "GET", "HEAD" -> pull(request, path);
            case "PUT" -> push(request, path, body.readAllBytes());
            case "DELETE" -> store.delete(path.repository(), path.rest()) ? Reply.of(202) : unknown(path);
            default -> Reply.error(405, "UNSUPPORTED", "The operation is unsupported.");
        };
    }

    private Reply pull(RecordedRequest request, RegistryPath path) {
        return store.manifest(path.repository(), path.rest())
                .map(manifest -> accepted(request, manifest.mediaType()) ? found(manifest) : unaccepted(manifest))
                .orElseGet(() -> unknown(path));
    }

    private static Reply found(ImageStore.Manifest manifest) {
        return Reply.of(200, manifest.mediaType(), manifest.content())
                .with("Docker-Content-Digest", manifest.digest())
                .with("Etag", '"' + manifest.digest() + '"');
    }

    /** The CNCF server's answer to a client that cannot read what the tag points at. */
    private static Reply unaccepted(ImageStore.Manifest manifest) {
        return Reply.error(
                404, "MANIFEST_UNKNOWN", manifest.mediaType() + " found, but accept header does not support it");
    }

    private Reply unknown(RegistryPath path) {
        return store.exists(path.repository())
                ? Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown")
                : Reply.error(404, "NAME_UNKNOWN", "repository name not known to registry");
    }

    private Reply push(RecordedRequest request, RegistryPath path, byte[] content) {
        String digest = Sha256.digest(content);
        boolean byDigest = path.rest().contains(":");
        if (byDigest && !path.rest().equals(digest)) {
            return Reply.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        String mediaType = request.header("Content-Type").orElse("");
        store.putManifest(path.repository(), byDigest ? null : path.rest(), content, mediaType);
        return Reply.of(201)
                .with("Location", "/v2/" + path.repository() + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest);
    }

    private static boolean accepted(RecordedRequest request, String mediaType) {
        List<String> accept = request.headers().getOrDefault("Accept", List.of("*/*"));
        Stream<String> ranges = accept.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(range -> range.split(";", 2)[0].strip());
        return ranges.anyMatch(
                range -> range.equals("*/*") || range.equals("application/*") || range.equalsIgnoreCase(mediaType));
    }
}
