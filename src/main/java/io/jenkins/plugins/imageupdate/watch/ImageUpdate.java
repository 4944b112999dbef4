package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.io.Serializable;
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

    private ImageUpdate(
            WatchedImage image,
            ImageStatus status,
            @CheckForNull RecordedDigest now,
            @CheckForNull RecordedDigest before,
            @CheckForNull String credentialsId,
            @CheckForNull Failure failure) {
        this.policy = image.policy();
        this.image = named(image, now == null ? before : now);
        this.platform = Objects.toString(image.platform(), null);
        this.status = status;
        this.digest = now == null ? null : now.digest();
        this.platformDigest = now == null ? null : now.platformDigest();
        this.previousTag = before == null ? null : before.tag();
        this.previousDigest = before == null ? null : before.digest();
        this.previousPlatformDigest = before == null ? null : before.platformDigest();
        this.credentialsId = credentialsId;
        this.failureKind = failure == null ? null : failure.kind().name();
        this.failure = failure == null ? null : failure.message();
        this.change = null;
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
    }

    /**
     * Compares. An error is never a change, and a tag is only removed if it was there before.
     *
     * @param baseline null if nothing was recorded
     */
    static ImageUpdate compare(Observation seen, @CheckForNull RecordedDigest baseline) {
        WatchedImage image = seen.image();
        ResolvedImage resolved = seen.resolved();
        if (resolved == null) {
            ImageStatus status = seen.tagGone() && baseline != null ? ImageStatus.REMOVED : ImageStatus.FAILED;
            return new ImageUpdate(image, status, null, baseline, seen.credentialsId(), seen.failure());
        }
        ImageStatus status = ImageStatus.NEW;
        if (baseline != null) {
            status = baseline.agreesWith(resolved, seen.tag()) ? ImageStatus.UNCHANGED : ImageStatus.UPDATED;
        }
        return new ImageUpdate(image, status, seen.recorded(), baseline, seen.credentialsId(), null);
    }

    /** A change from one recorded digest to another, as a ledger remembers it. */
    static ImageUpdate recorded(WatchedImage image, @CheckForNull RecordedDigest before, RecordedDigest now) {
        ImageStatus status = before == null ? ImageStatus.NEW : ImageStatus.UPDATED;
        return new ImageUpdate(image, status, now, before, null, null);
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

    /** Whether both come to the same digest of the same image, whatever it was before. */
    public boolean sameDigest(ImageUpdate other) {
        return digest != null
                && id().equals(other.id())
                && Objects.equals(image, other.image)
                && Objects.equals(effectiveDigest(), other.effectiveDigest());
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

    /** The tag, empty when the image is named by digest alone. */
    public String tag() {
        return Objects.toString(ImageReference.parse(image).tag(), "");
    }

    public String image() {
        return image;
    }

    /** Which tag of the repository counts; null for that of the reference. */
    @CheckForNull
    public String policy() {
        return policy;
    }

    /** The tag that a policy chose before; null without a policy, or if it never did. */
    @CheckForNull
    public String previousTag() {
        return previousTag;
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
                && Objects.equals(effectivePreviousDigest(), that.effectivePreviousDigest());
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
