package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An OCI image index or Docker manifest list. Entries of platform {@code unknown/unknown}, under which build tools keep their
 * attestations, are passed over.
 *
 * @param entries manifests in the order of the index
 */
record ImageIndex(List<Entry> entries) {
    private static final String UNKNOWN = "unknown";

    /**
     * @param platform null where the entry names none, as nested indexes do
     * @param index whether the entry is an index itself
     */
    record Entry(Digest digest, Platform platform, boolean index) {}

    /** Reads an index; fails with a {@link RegistryException} if this JSON is not an index. */
    static ImageIndex parse(byte[] content) throws RegistryException {
        JsonNode manifests = Json.read(content).path("manifests");
        if (!manifests.isArray()) {
            throw new RegistryException(FailureKind.NOT_A_REGISTRY, "the image index has no list of manifests");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode manifest : manifests) {
            JsonNode platform = manifest.path("platform");
            if (UNKNOWN.equals(Json.text(platform, "os"))) {
                continue;
            }
            Digest digest;
            try {
                digest = Digest.parse(Json.text(manifest, "digest"));
            } catch (IllegalArgumentException e) {
                throw new RegistryException(FailureKind.NOT_A_REGISTRY, "the image index is faulty: " + e.getMessage());
            }
            entries.add(new Entry(
                    digest,
                    platform.isObject()
                            ? Platform.of(
                                            Json.text(platform, "os"),
                                            Json.text(platform, "architecture"),
                                            Json.text(platform, "variant"))
                                    .withOsVersion(Json.text(platform, "os.version"))
                            : null,
                    Manifests.isIndex(Json.text(manifest, "mediaType"))));
        }
        return new ImageIndex(entries);
    }

    /** The first manifest for this platform. */
    Optional<Digest> choose(Platform wanted) {
        return all(wanted).findFirst();
    }

    /** Whether there are several manifests for this platform: for different versions of its operating system. */
    boolean ambiguous(Platform wanted) {
        return all(wanted).distinct().count() > 1;
    }

    private Stream<Digest> all(Platform wanted) {
        return entries.stream()
                .filter(entry -> entry.platform() != null && wanted.accepts(entry.platform()) && !entry.index())
                .map(Entry::digest);
    }

    /** The first manifest that is not an index. */
    Optional<Digest> first() {
        return manifests().stream().findFirst();
    }

    /** The manifests of all platforms. */
    List<Digest> manifests() {
        return entries.stream()
                .filter(entry -> !entry.index())
                .map(Entry::digest)
                .toList();
    }

    /** Indexes within the index. */
    List<Digest> nested() {
        return entries.stream().filter(Entry::index).map(Entry::digest).toList();
    }

    /** The platforms on offer, for a message. */
    String platforms() {
        String named = entries.stream()
                .filter(entry -> entry.platform() != null)
                .map(entry -> Printable.of(entry.platform().toString()))
                .distinct()
                .limit(20)
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? "no platform that its index names" : named;
    }
}
