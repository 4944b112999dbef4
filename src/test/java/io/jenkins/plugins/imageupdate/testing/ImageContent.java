package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The smallest images that a registry takes: a configuration and no layers. The same marker and format give the same bytes, and so
 * the same digest, on every registry.
 */
record ImageContent(byte[] config, byte[] manifest, String mediaType) {
    /** What an index says of a manifest it lists; {@code subject} is the image an attestation belongs to, else null. */
    record IndexEntry(PushTarget.Descriptor manifest, String platform, String subject) {}

    static ImageContent image(String marker, ManifestFormat format) {
        return labelled(Map.of("marker", marker), format);
    }

    /** With these labels, as {@code docker build --label} makes them. */
    static ImageContent labelled(Map<String, String> labels, ManifestFormat format) {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("architecture", "amd64")
                .put("os", "linux");
        ObjectNode written = config.putObject("config").putObject("Labels");
        labels.forEach(written::put);
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        return of(bytes(config), format);
    }

    /** What BuildKit stores beside an image, as a manifest of platform unknown/unknown. */
    static ImageContent attestation(String marker, String subject) {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("architecture", "unknown")
                .put("os", "unknown")
                .put("attests", subject)
                .put("marker", marker);
        return of(bytes(config), ManifestFormat.OCI);
    }

    private static ImageContent of(byte[] config, ManifestFormat format) {
        ObjectNode manifest =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", format.image());
        manifest.putObject("config")
                .put("mediaType", format.config())
                .put("size", config.length)
                .put("digest", Sha256.digest(config));
        manifest.putArray("layers");
        return new ImageContent(config, bytes(manifest), format.image());
    }

    static byte[] index(ManifestFormat format, List<IndexEntry> entries) {
        ObjectNode index =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", format.index());
        var manifests = index.putArray("manifests");
        for (IndexEntry entry : entries) {
            ObjectNode listed = manifests
                    .addObject()
                    .put("mediaType", entry.manifest().mediaType())
                    .put("size", entry.manifest().size())
                    .put("digest", entry.manifest().digest());
            String[] parts = entry.platform().split("/", 3);
            ObjectNode platform =
                    listed.putObject("platform").put("architecture", parts[1]).put("os", parts[0]);
            if (parts.length == 3) {
                platform.put("variant", parts[2]);
            }
            if (entry.subject() != null) {
                listed.putObject("annotations")
                        .put("vnd.docker.reference.type", "attestation-manifest")
                        .put("vnd.docker.reference.digest", entry.subject());
            }
        }
        return bytes(index);
    }

    private static byte[] bytes(ObjectNode document) {
        return document.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }
}
