package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What a registry might have shown, for tests of what is made of it. */
final class Sightings {
    static final String CREDENTIAL = "gcr-key";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final WatchedImage image;
    private long minutes;

    /** @param platform null for none */
    Sightings(String image, String platform) {
        this.image = WatchedImage.parse(image, platform);
    }

    WatchedImage image() {
        return image;
    }

    /** Later than every time before. */
    Instant now() {
        return START.plusSeconds(60 * ++minutes);
    }

    static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    Sighting sees(String content) {
        return sees(content, null);
    }

    /** @param platformContent null where no platform was asked for */
    Sighting sees(String content, String platformContent) {
        ResolvedImage resolved =
                new ResolvedImage(digest(content), platformContent == null ? null : digest(platformContent));
        return new Sighting(image, CREDENTIAL, resolved, null, now());
    }

    Sighting failsWith(FailureKind kind) {
        RegistryException failure = new RegistryException(kind, "HTTP 500");
        return new Sighting(
                image, CREDENTIAL, null, failure.toFailure(image.reference().toString(), CREDENTIAL), now());
    }
}
