package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The media types under which registries keep manifests and indexes. */
final class Manifests {
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
    private static final Set<String> IMAGES = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);

    /**
     * What is accepted of every registry, always in full: with a shorter list a registry converts or denies, and the digest would
     * be that of another document (distribution-spec issue 207).
     */
    static final String ACCEPT = String.join(", ", List.of(OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST));

    private Manifests() {}

    /** Whether a {@code Content-Type} or {@code mediaType} names an index (a manifest list), parameters and case aside. */
    static boolean isIndex(String mediaType) {
        return INDEXES.contains(essence(mediaType));
    }

    /** Whether it names the manifest of one image. */
    static boolean isImage(String mediaType) {
        return IMAGES.contains(essence(mediaType));
    }

    /** Whether JSON is a manifest or index at all, rather than what any web server might say. */
    static boolean isManifest(JsonNode document) {
        return document.path("schemaVersion").isIntegralNumber()
                || !Json.text(document, "mediaType").isEmpty();
    }

    /** Whether a manifest is an index by its content: {@code mediaType} is optional in an OCI index. */
    static boolean isIndex(JsonNode document) {
        return isIndex(Json.text(document, "mediaType"))
                || document.path("manifests").isArray() && !document.has("config");
    }

    private static String essence(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
