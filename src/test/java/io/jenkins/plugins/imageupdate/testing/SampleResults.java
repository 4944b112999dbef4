package io.jenkins.plugins.imageupdate.testing;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.ImageChange;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.Waiting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A result of each status. Together they have a value for each component of a result. */
public final class SampleResults {
    public static final Instant TIME = Instant.parse("2026-11-01T12:00:00Z");

    public static final WatchedImage PLAIN = WatchedImage.parse("gcr.io/p/app:stable", null);

    public static final WatchedImage WITH_POLICY = new WatchedImage(
            ImageReference.parse("nginx:1.27-alpine"),
            Platform.parse("linux/arm64"),
            TagPolicy.semver("~1.27", null, TagFilter.none()).key());

    private SampleResults() {}

    public static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    public static TagSet tags(String content) {
        return TagSet.of(new TagDigest(null, digest(content), null));
    }

    /** Two tags of {@link #WITH_POLICY}, and one that is gone. */
    public static TagSet tagsWithPolicy(String newest) {
        return new TagSet(
                List.of(
                        new TagDigest(newest + "-alpine", digest(newest), digest(newest + " index"), TIME),
                        new TagDigest("1.27.1-alpine", digest("1.27.1"), digest("1.27.1 index"))),
                List.of(new TagSet.GoneTag("1.27.0-alpine", 2)));
    }

    public static CheckResult updated() {
        return new CheckResult(
                WITH_POLICY,
                null,
                CheckStatus.UPDATED,
                tagsWithPolicy("1.27.2"),
                tagsWithPolicy("1.27.3"),
                List.of("1.27.0-alpine"),
                true,
                List.of("1.28.0-rc is a pre-release."),
                "hub-login",
                null,
                null,
                new ImageChange(
                        new ImageChange.ImageFacts(TIME, "1.27.2", "abc1234", 41_000_000),
                        new ImageChange.ImageFacts(TIME.plusSeconds(86_400), "1.27.3", "def5678", 42_000_000),
                        "https://github.com/nginx/docker-nginx/compare/abc1234...def5678"),
                List.of(new Waiting("1.27.4-alpine", digest("1.27.4"), TIME.plusSeconds(259_200))));
    }

    public static List<CheckResult> all() {
        return List.of(
                updated(),
                CheckResult.recorded(PLAIN, null, tags("one")),
                CheckResult.recorded(PLAIN, tags("one"), tags("two")),
                result(CheckStatus.UNCHANGED, null),
                result(CheckStatus.WAITING, null),
                result(CheckStatus.REMOVED, FailureKind.TAG_NOT_FOUND),
                result(CheckStatus.FAILED, FailureKind.RATE_LIMITED),
                new CheckResult(
                        null,
                        new CheckResult.Unreadable("gcr.io/p/App:1", "linux"),
                        CheckStatus.FAILED,
                        null,
                        null,
                        List.of(),
                        false,
                        List.of(),
                        null,
                        FailureKind.CONFIGURATION.name(),
                        "gcr.io/p/App:1 is not an image",
                        null,
                        List.of()));
    }

    public static CheckResult result(CheckStatus status, FailureKind failure) {
        return new CheckResult(
                PLAIN,
                null,
                status,
                tags("one"),
                failure == null ? tags("one") : null,
                List.of(),
                false,
                List.of(),
                "gcr-key",
                failure == null ? null : failure.name(),
                failure == null ? null : "gcr.io/p/app:stable: " + failure,
                null,
                List.of());
    }
}
