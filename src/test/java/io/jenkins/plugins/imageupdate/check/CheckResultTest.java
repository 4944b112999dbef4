package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckResultTest {
    private static final WatchedImage NEWEST_THREE =
            new WatchedImage(ImageReference.parse("gcr.io/p/app:1"), null, "semver:*|max=3");

    private static TagSet set(List<TagSet.GoneTag> gone, String... tags) {
        List<TagDigest> digests = new ArrayList<>();
        for (String tag : tags) {
            digests.add(new TagDigest(tag, Sightings.digest(tag), null));
        }
        return new TagSet(digests, gone);
    }

    private static Sighting sees(TagSet tags) {
        return Sighting.of(NEWEST_THREE, tags, false, null, Instant.EPOCH);
    }

    /** The set that is recorded does not say which tag is gone, so its raised tag would look new. */
    @Test
    void anUnchangedResultComparesTheNewestTagWithItselfAlthoughAnotherTagMovedUp() {
        TagSet before = set(List.of(), "5", "4", "3");
        CheckResult result = CheckResult.compare(sees(set(List.of(new TagSet.GoneTag("3", 2)), "5", "4", "2")), before);
        assertEquals(CheckStatus.UNCHANGED, result.status());
        assertEquals("5", result.tag());
        assertEquals("5", result.previousTag());
        assertEquals(result.digest(), result.previousDigest());
        assertEquals(List.of(), result.newTags());
        assertEquals(List.of("3"), result.goneTags());
    }

    @Test
    void aPolicyThatNeverChoseATagIsNamedByWhatTheUserWrote() {
        Failure failure = new Failure(FailureKind.UNAVAILABLE, "gcr.io/p/app:1", null, "", null);
        CheckResult result = CheckResult.compare(Sighting.failed(NEWEST_THREE, failure, null, Instant.EPOCH), null);
        assertEquals("gcr.io/p/app:1", result.name());
        assertEquals("1", result.tag());
        assertNull(result.previousTag());
    }

    @Test
    void aFailureOfAPolicyIsNamedByTheTagThatItChoseBefore() {
        Failure failure = new Failure(FailureKind.UNAVAILABLE, "gcr.io/p/app:1", null, "", null);
        CheckResult result = CheckResult.compare(
                Sighting.failed(NEWEST_THREE, failure, null, Instant.EPOCH), set(List.of(), "5", "4"));
        assertEquals("gcr.io/p/app:5", result.name());
        assertEquals("5", result.tag());
        assertEquals(CheckStatus.FAILED, result.status());
        assertNull(result.digest());
    }

    @Test
    void anUnreadableResultKeepsWhatTheUserWrote() {
        Failure failure = new Failure(FailureKind.CONFIGURATION, "nginx:1.27", "key", "not a platform", null);
        CheckResult result = CheckResult.unreadable("amd64", failure);
        assertEquals("nginx:1.27", result.name());
        assertEquals("1.27", result.tag());
        assertEquals("amd64", result.platform());
        assertEquals("key", result.credentialsId());
        assertEquals(CheckStatus.FAILED, result.status());
        assertEquals(
                "",
                CheckResult.unreadable(null, new Failure(FailureKind.CONFIGURATION, "no image", null, "", null))
                        .tag());
    }

    @Test
    void newestKeepsTheLastResultOfEachImageAndPlatform() {
        Sightings arm = new Sightings("nginx", "linux/arm64");
        Sightings amd = new Sightings("nginx", "linux/amd64");
        CheckResult first = CheckResult.compare(arm.sees("index", "a"), null);
        CheckResult other = CheckResult.compare(amd.sees("index", "b"), null);
        CheckResult last = CheckResult.compare(arm.sees("index", "c"), null);
        Failure failure = new Failure(FailureKind.CONFIGURATION, "?", null, "", null);
        CheckResult one = CheckResult.unreadable("x", failure);
        CheckResult two = CheckResult.unreadable("y", failure);
        assertEquals(List.of(last, other, one, two), CheckResult.newest(List.of(first, other, last, one, two, one)));
    }

    @Test
    void aPlatformsOwnManifestDecidesAndAPinOfItsIndexIsTheSame() {
        Sightings arm = new Sightings("nginx:1", "linux/arm64");
        TagSet now = arm.sees("index 1", "arm 1").tags();
        assertTrue(now.sameAs(arm.sees("index 2", "arm 1").tags()));
        assertFalse(now.sameAs(arm.sees("index 2", "arm 2").tags()));
        assertTrue(now.sameAs(Sightings.set("index 1")), "a pin of the index");
        assertTrue(now.sameAs(Sightings.set("arm 1")), "a pin of the platform's manifest");
        assertFalse(now.sameAs(Sightings.set("index 2")));
    }

    @Test
    void aResultWithADigestThatItsStatusRulesOutIsRefused() {
        WatchedImage image = WatchedImage.parse("nginx", null);
        for (CheckStatus status : EnumSet.complementOf(EnumSet.of(CheckStatus.WAITING))) {
            boolean seen = status != CheckStatus.FAILED && status != CheckStatus.REMOVED;
            TagSet wrong = seen ? null : Sightings.set("a");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new CheckResult(
                            image, null, status, null, wrong, List.of(), false, List.of(), null, null, null, null,
                            List.of()),
                    status::name);
        }
    }
}
