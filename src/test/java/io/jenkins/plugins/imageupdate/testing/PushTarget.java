package io.jenkins.plugins.imageupdate.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A registry that tests push to, whether in memory or over the distribution API. */
public interface PushTarget {
    /** What a registry has under a digest. */
    record Descriptor(String digest, String mediaType, long size) {}

    /** @return the blob's digest */
    String pushBlob(String repository, byte[] content);

    /**
     * @param tag null to push by digest only
     * @return the manifest's digest
     */
    String push(String repository, String tag, byte[] manifest, String mediaType);

    /** The manifest of this digest, which has been pushed to the repository before. */
    Descriptor describe(String repository, String digest);

    /** Afterwards the tag is gone; whether its manifest is too depends on the registry. */
    void delete(String repository, String tag);

    /** Pushes an OCI image that is unique by its marker; see {@link #pushImage(String, String, String, ManifestFormat)}. */
    default String pushImage(String repository, String tag, String marker) {
        return pushImage(repository, tag, marker, ManifestFormat.OCI);
    }

    /**
     * Pushes a layerless image; equal markers and formats have equal digests.
     *
     * @param tag null to push by digest only
     * @return the manifest's digest
     */
    default String pushImage(String repository, String tag, String marker, ManifestFormat format) {
        return push(repository, tag, ImageContent.image(marker, format));
    }

    /** Pushes a layerless OCI image with these labels, as {@code docker build --label} makes them. */
    default String pushLabelled(String repository, String tag, Map<String, String> labels) {
        return push(repository, tag, ImageContent.labelled(labels, ManifestFormat.OCI));
    }

    private String push(String repository, String tag, ImageContent image) {
        pushBlob(repository, image.config());
        return push(repository, tag, image.manifest(), image.mediaType());
    }

    /** Pushes an OCI index; see {@link #pushIndex(String, String, Map, ManifestFormat)}. */
    default String pushIndex(String repository, String tag, Map<String, String> digestsByPlatform) {
        return pushIndex(repository, tag, digestsByPlatform, ManifestFormat.OCI);
    }

    /**
     * Pushes an index of manifests that the repository has.
     *
     * @param digestsByPlatform by platform such as {@code linux/arm64/v8}; the index lists them in the map's order
     * @return the index's digest
     */
    default String pushIndex(
            String repository, String tag, Map<String, String> digestsByPlatform, ManifestFormat format) {
        return push(
                repository, tag, ImageContent.index(format, entries(repository, digestsByPlatform)), format.index());
    }

    /**
     * As BuildKit pushes by default: after the images, for each an attestation of platform unknown/unknown. Another marker gives
     * other attestations and so another index of the same images.
     */
    default String pushIndexWithAttestations(
            String repository, String tag, Map<String, String> digestsByPlatform, String marker) {
        List<ImageContent.IndexEntry> entries = entries(repository, digestsByPlatform);
        for (String subject : digestsByPlatform.values()) {
            ImageContent attestation = ImageContent.attestation(marker, subject);
            pushBlob(repository, attestation.config());
            String digest = push(repository, null, attestation.manifest(), attestation.mediaType());
            entries.add(new ImageContent.IndexEntry(describe(repository, digest), "unknown/unknown", subject));
        }
        return push(repository, tag, ImageContent.index(ManifestFormat.OCI, entries), ManifestFormat.OCI.index());
    }

    private List<ImageContent.IndexEntry> entries(String repository, Map<String, String> digestsByPlatform) {
        List<ImageContent.IndexEntry> entries = new ArrayList<>();
        digestsByPlatform.forEach((platform, digest) ->
                entries.add(new ImageContent.IndexEntry(describe(repository, digest), platform, null)));
        return entries;
    }
}
