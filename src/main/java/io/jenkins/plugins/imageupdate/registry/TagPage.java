package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One page of a tag list (distribution-spec, "Listing Tags").
 *
 * @param size how many entries it has, of whatever kind
 * @param texts the entries that may be tags, as sent: texts of no more than a tag's length
 */
record TagPage(int size, List<String> texts) {
    /** What signing and build tools keep beside images: the referrers tag schema of the specification, and cosign's names. */
    private static final Pattern ATTACHMENT =
            Pattern.compile("sha(?:256|384|512)-[0-9a-f]{64,128}(?:\\.(?:sig|att|sbom))?");

    /** Up to the year 5138. */
    private static final Pattern MILLISECONDS = Pattern.compile("[1-9][0-9]{0,13}");

    private static final int MAX_LENGTH = 128;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /** Reads a page; Nexus writes {@code null} for a list without tags, and among tags. */
    static TagPage parse(byte[] content) throws RegistryException {
        JsonNode tags = Json.read(content).path("tags");
        if (!tags.isArray() && !tags.isNull()) {
            throw new RegistryException(FailureKind.NOT_A_REGISTRY, "the answer is not a list of tags");
        }
        List<String> texts = new ArrayList<>(tags.size());
        for (JsonNode tag : tags) {
            String text = tag.isTextual() ? tag.textValue() : "";
            if (!text.isEmpty() && text.length() <= MAX_LENGTH) {
                texts.add(text);
            }
        }
        return new TagPage(tags.size(), texts);
    }

    /**
     * Reads when the tags of a page were pushed, as Google's registries tell it:
     * {@code "manifest": {"sha256:…": {"tag": ["1.0"], "timeUploadedMs": "1512"}}} (go-containerregistry, pkg/v1/google/list.go). What is
     * not of this form is passed over.
     */
    static Map<String, Push> pushes(byte[] content) {
        Map<String, Push> pushes = new HashMap<>();
        Json.read(content).path("manifest").properties().forEach(manifest -> {
            Instant at = time(manifest.getValue().path("timeUploadedMs").asText(""));
            Digest digest = digest(manifest.getKey());
            if (at != null && digest != null) {
                manifest.getValue().path("tag").forEach(tag -> pushes.put(tag.asText(""), new Push(digest, at)));
            }
        });
        return pushes;
    }

    @CheckForNull
    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Null if it is not a number of milliseconds since 1970 that a date can have. */
    @CheckForNull
    private static Instant time(String milliseconds) {
        return MILLISECONDS.matcher(milliseconds).matches() ? Instant.ofEpochMilli(Long.parseLong(milliseconds)) : null;
    }

    /** What the next page begins after. */
    String last() {
        return texts.get(texts.size() - 1);
    }

    /** Whether a tag is well formed and an image's own. Artifactory lists digests, which are not tags. */
    static boolean isImage(String tag) {
        return TAG.matcher(tag).matches() && !ATTACHMENT.matcher(tag).matches();
    }
}
