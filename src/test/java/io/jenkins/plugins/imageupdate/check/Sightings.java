package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What checks of one image might see. */
public final class Sightings {
    static final String CREDENTIAL = "gcr-key";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final WatchedImage image;
    private long minutes;

    /** @param platform null for none */
    public Sightings(String image, String platform) {
        this.image = WatchedImage.parse(image, platform);
    }

    public WatchedImage image() {
        return image;
    }

    /** Returns a time that is later than every time before. */
    public Instant now() {
        return START.plusSeconds(60 * ++minutes);
    }

    public static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** A set of one tag without a policy. */
    static TagSet set(String content) {
        return TagSet.of(new TagDigest(null, digest(content), null));
    }

    /** A sighting by an image without a platform. */
    public Sighting sees(String content) {
        return seesAt(content, now());
    }

    public Sighting seesAt(String content, Instant at) {
        return Sighting.of(image, set(content), false, CREDENTIAL, at);
    }

    /** A sighting by an image with a platform. */
    public Sighting sees(String index, String platform) {
        TagDigest digest = new TagDigest(null, digest(platform), digest(index));
        return Sighting.of(image, TagSet.of(digest), false, CREDENTIAL, now());
    }

    public Sighting failsWith(FailureKind kind) {
        RegistryException failure = new RegistryException(kind, "HTTP 500");
        return Sighting.failed(image, failure.toFailure(image.reference().toString(), CREDENTIAL), CREDENTIAL, now());
    }
}
