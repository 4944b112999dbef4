package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a check means: an observation against what was recorded before. Plain text throughout, since it is stored with builds and
 * handed to Pipelines. Digests are {@code algorithm:hex}; those of a platform stand beside those of the index.
 */
public final class ImageUpdate implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final String policy;
    private final String platform;
    private final ImageStatus status;
    private final String digest;
    private final String platformDigest;
    private final String previousTag;
    private final String previousDigest;
    private final String previousPlatformDigest;
    private final String credentialsId;
    private final String failureKind;
    private final String failure;
    private final ImageChange change;

    /** Where several tags count, all of them now and before; the update names one of them. Else null. */
    private final RecordedDigest allTags;

    private final RecordedDigest allTagsBefore;

    /** Tags that counted and are gone, while others count on; null for none. */
    private final ArrayList<String> goneTags;

    private final boolean listCut;

    /**
     * @param now of the tag that the update names
     * @param before what that is compared with
     * @param seen null for what is remembered
     */
    private ImageUpdate(
            WatchedImage image,
            ImageStatus status,
            @CheckForNull RecordedDigest now,
            @CheckForNull RecordedDigest before,
            @CheckForNull RecordedDigest allTags,
            @CheckForNull RecordedDigest allTagsBefore,
            List<RecordedDigest> gone,
            @CheckForNull Observation seen) {
        Failure because = seen == null ? null : seen.failure();
        boolean several = allTags != null && allTags.several() || allTagsBefore != null && allTagsBefore.several();
        this.policy = image.policy();
        this.image = named(image, now == null ? before : now);
        this.platform = Objects.toString(image.platform(), null);
        this.status = status;
        this.digest = now == null ? null : now.digest();
        this.platformDigest = now == null ? null : now.platformDigest();
        this.previousTag = before == null ? null : before.tag();
        this.previousDigest = before == null ? null : before.digest();
        this.previousPlatformDigest = before == null ? null : before.platformDigest();
        this.credentialsId = seen == null ? null : seen.credentialsId();
        this.listCut = seen != null && seen.listCut();
        this.failureKind = because == null ? null : because.kind().name();
        this.failure = because == null ? null : because.message();
        this.change = null;
        this.allTags = several ? allTags : null;
        this.allTagsBefore = several ? allTagsBefore : null;
        this.goneTags = gone.isEmpty() ? null : new ArrayList<>(names(gone));
    }

    private static ImageUpdate first(WatchedImage image, RecordedDigest now, @CheckForNull Observation seen) {
        RecordedDigest newest = now.all().get(0);
        return new ImageUpdate(image, ImageStatus.NEW, newest, null, now, null, List.of(), seen);
    }

    private static ImageUpdate of(
            WatchedImage image,
            ImageStatus status,
            TagChanges changes,
            RecordedDigest now,
            RecordedDigest before,
            @CheckForNull Observation seen) {
        return new ImageUpdate(image, status, changes.lead(), changes.previous(), now, before, changes.gone(), seen);
    }

    private ImageUpdate(@CheckForNull String platform, Failure failure) {
        this.policy = null;
        this.image = failure.image();
        this.platform = platform;
        this.status = ImageStatus.FAILED;
        this.digest = null;
        this.platformDigest = null;
        this.previousTag = null;
        this.previousDigest = null;
        this.previousPlatformDigest = null;
        this.credentialsId = failure.credentialsId();
        this.failureKind = failure.kind().name();
        this.failure = failure.message();
        this.change = null;
        this.allTags = null;
        this.allTagsBefore = null;
        this.goneTags = null;
        this.listCut = false;
    }

    /** With a policy, by the tag that it chose. */
    private static String named(WatchedImage image, @CheckForNull RecordedDigest known) {
        String tag = known == null ? null : known.tag();
        return image.policy() == null || tag == null
                ? image.reference().toString()
                : image.reference().name() + ":" + tag;
    }

    private ImageUpdate(ImageUpdate other, @CheckForNull ImageChange change) {
        this.image = other.image;
        this.policy = other.policy;
        this.previousTag = other.previousTag;
        this.platform = other.platform;
        this.status = other.status;
        this.digest = other.digest;
        this.platformDigest = other.platformDigest;
        this.previousDigest = other.previousDigest;
        this.previousPlatformDigest = other.previousPlatformDigest;
        this.credentialsId = other.credentialsId;
        this.failureKind = other.failureKind;
        this.failure = other.failure;
        this.change = change;
        this.allTags = other.allTags;
        this.allTagsBefore = other.allTagsBefore;
        this.goneTags = other.goneTags;
        this.listCut = other.listCut;
    }

    /**
     * Compares. An error is never a change, and a tag is only removed if it was there before.
     *
     * @param baseline null if nothing was recorded
     */
    static ImageUpdate compare(Observation seen, @CheckForNull RecordedDigest baseline) {
        WatchedImage image = seen.image();
        if (seen.failure() != null) {
            ImageStatus status = seen.tagGone() && baseline != null ? ImageStatus.REMOVED : ImageStatus.FAILED;
            RecordedDigest newest = baseline == null ? null : baseline.all().get(0);
            return new ImageUpdate(image, status, null, newest, null, baseline, List.of(), seen);
        }
        if (baseline == null) {
            return first(image, seen.recorded(), seen);
        }
        TagChanges changes = new TagChanges(baseline, seen);
        ImageStatus status = changes.any() ? ImageStatus.UPDATED : ImageStatus.UNCHANGED;
        return of(image, status, changes, changes.now(), baseline, seen);
    }

    /** A change from one recorded digest to another, as a ledger remembers it. */
    static ImageUpdate recorded(WatchedImage image, @CheckForNull RecordedDigest before, RecordedDigest now) {
        return before == null
                ? first(image, now, null)
                : of(image, ImageStatus.UPDATED, TagChanges.recorded(before, now), now, before, null);
    }

    /** What could not even be asked for, since what a user wrote is no reference, no platform or no rule for tags. */
    public static ImageUpdate unreadable(@CheckForNull String platform, Failure failure) {
        return new ImageUpdate(platform, failure);
    }

    /** {@link WatchedImage#id} of the image. */
    @NonNull
    public String id() {
        return WatchedImage.id(
                policy == null ? image : ImageReference.parse(image).name(), platform, policy);
    }

    /** What was watched. */
    public WatchedImage watched() {
        return WatchedImage.ofId(id());
    }

    /** Whether the image differs from what was recorded. */
    public boolean changed() {
        return status == ImageStatus.UPDATED;
    }

    /** Whether both come to the same digest of the same image, where several tags count of all of them; whatever it was before. */
    public boolean sameDigest(ImageUpdate other) {
        return digest != null
                && other.digest != null
                && id().equals(other.id())
                && RecordedDigest.of(this).sameImage(RecordedDigest.of(other));
    }

    /** The last one of each image. */
    public static List<ImageUpdate> newest(Collection<ImageUpdate> oldestFirst) {
        Map<String, ImageUpdate> byImage = new LinkedHashMap<>();
        oldestFirst.forEach(update -> byImage.put(update.id(), update));
        return List.copyOf(byImage.values());
    }

    /** The digest that decides: the platform's where one was asked for; null if none was seen. */
    @CheckForNull
    public String effectiveDigest() {
        return platformDigest == null ? digest : platformDigest;
    }

    /** What {@link #effectiveDigest} was before; null if nothing was recorded. */
    @CheckForNull
    public String effectivePreviousDigest() {
        return previousPlatformDigest == null ? previousDigest : previousPlatformDigest;
    }

    /** The tag, empty when the image is named by digest alone, or what was written is no image. */
    public String tag() {
        try {
            return Objects.toString(ImageReference.parse(image).tag(), "");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    public String image() {
        return image;
    }

    /** Which tag of the repository counts; null for that of the reference. */
    @CheckForNull
    public String policy() {
        return policy;
    }

    /**
     * The tag that {@link #previousDigest} is of: of a new tag the one that counted before it, else the same one. Null without a policy,
     * or if it never chose one.
     */
    @CheckForNull
    public String previousTag() {
        return previousTag;
    }

    /** Tags that count now and are newer than one that counted before; empty without a policy. */
    public List<String> newTags() {
        TagChanges changes = changes();
        return changes == null ? List.of() : names(changes.fresh());
    }

    /** Tags that counted before, and point at something else now. */
    public List<String> movedTags() {
        TagChanges changes = changes();
        return changes == null ? List.of() : names(changes.moved());
    }

    /** Tags that counted before and that the registry no longer has, whether or not that is all there is to say. */
    public List<String> goneTags() {
        if (status == ImageStatus.REMOVED) {
            RecordedDigest before = RecordedDigest.before(this);
            return before == null ? List.of() : names(before.all());
        }
        return goneTags == null ? List.of() : List.copyOf(goneTags);
    }

    /** Whether a newer tag may be missing, since the registry's list was cut short. */
    public boolean listCut() {
        return listCut;
    }

    private List<String> names(List<RecordedDigest> digests) {
        return digests.stream()
                .map(one -> one.tag() == null ? tag() : one.tag())
                .toList();
    }

    /** Null where nothing was recorded, or nothing changed. */
    @CheckForNull
    private TagChanges changes() {
        RecordedDigest before = status == ImageStatus.UPDATED ? RecordedDigest.before(this) : null;
        return before == null ? null : TagChanges.recorded(before, RecordedDigest.of(this));
    }

    /** Whether it is of a tag that it found new or moved. */
    boolean concerns(@CheckForNull String name) {
        TagChanges changes = allTags == null ? null : changes();
        return changes == null || !changes.any() || changes.concern(name);
    }

    @CheckForNull
    RecordedDigest allTags() {
        return allTags;
    }

    @CheckForNull
    RecordedDigest allTagsBefore() {
        return allTagsBefore;
    }

    /** {@code name:tag@digest}, as a Dockerfile pins what was seen, for every platform; null if nothing was. */
    @CheckForNull
    public String pinned() {
        return digest == null
                ? null
                : ImageReference.parse(image).withDigest(Digest.parse(digest)).toString();
    }

    @CheckForNull
    public String platform() {
        return platform;
    }

    public ImageStatus status() {
        return status;
    }

    @CheckForNull
    public String digest() {
        return digest;
    }

    @CheckForNull
    public String platformDigest() {
        return platformDigest;
    }

    @CheckForNull
    public String previousDigest() {
        return previousDigest;
    }

    @CheckForNull
    public String previousPlatformDigest() {
        return previousPlatformDigest;
    }

    @CheckForNull
    public String credentialsId() {
        return credentialsId;
    }

    @CheckForNull
    public String failureKind() {
        return failureKind;
    }

    /** The whole story of a failure in one line, or null. */
    @CheckForNull
    public String failure() {
        return failure;
    }

    /** What changed between the two, as far as the registry told; null if nobody asked or it did not. */
    @CheckForNull
    public ImageChange change() {
        return change;
    }

    /** The same update with what it changed. */
    public ImageUpdate describedBy(@CheckForNull ImageChange newChange) {
        return new ImageUpdate(this, newChange);
    }

    /** One line for a log of a check, with the credential that was used. */
    public String story() {
        return UpdateStory.whole(this);
    }

    /** One line for whoever does not check, but was told. */
    public String headline() {
        return UpdateStory.headline(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageUpdate that
                && status == that.status
                && id().equals(that.id())
                && image.equals(that.image)
                && Objects.equals(previousTag, that.previousTag)
                && Objects.equals(effectiveDigest(), that.effectiveDigest())
                && Objects.equals(effectivePreviousDigest(), that.effectivePreviousDigest())
                && Objects.equals(allTags, that.allTags)
                && Objects.equals(allTagsBefore, that.allTagsBefore);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, id(), effectiveDigest());
    }

    @Override
    public String toString() {
        return headline();
    }
}
