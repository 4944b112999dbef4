package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The result of a check: a sighting, compared with the recorded digests. Builds store it, and Pipelines get it.
 *
 * @param image null if what the user wrote cannot be read
 * @param unreadable what the user wrote, if that cannot be read; null otherwise
 * @param before the recorded digests; null if nothing was recorded
 * @param now the digests that were seen; null if none were seen
 * @param gone tags that counted before and that the registry no longer has, while other tags still count
 * @param listCut whether the registry's list was cut short, so that a newer tag may be missing
 * @param notes what a policy says about tags that cannot be chosen, one sentence each
 * @param credentialsId the credential that was used, null for none
 * @param failureKind name of a {@link io.jenkins.plugins.imageupdate.registry.FailureKind}, null if the check did not fail. Text,
 *     since a newer version of this plugin may have more kinds
 * @param failure the failure in one line, null if the check did not fail
 * @param change what the update changed; null if the registry was not asked or did not tell
 * @param waiting digests that are too young to count, the one that counts next first
 */
public record CheckResult(
        @CheckForNull WatchedImage image,
        @CheckForNull Unreadable unreadable,
        CheckStatus status,
        @CheckForNull TagSet before,
        @CheckForNull TagSet now,
        List<String> gone,
        boolean listCut,
        List<String> notes,
        @CheckForNull String credentialsId,
        @CheckForNull String failureKind,
        @CheckForNull String failure,
        @CheckForNull ImageChange change,
        List<Waiting> waiting) {
    /**
     * What a user wrote, of which a part is not a reference, a platform or a tag policy.
     *
     * @param platform null for none
     */
    public record Unreadable(String image, @CheckForNull String platform) {
        public Unreadable {
            Objects.requireNonNull(image, "the text of an unreadable image is missing");
        }

        /** Returns the tag if the image at least is readable; empty otherwise. */
        private String tag() {
            try {
                return Objects.toString(ImageReference.parse(image).tag(), "");
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
    }

    public CheckResult {
        Objects.requireNonNull(status, "the status of a result is missing");
        gone = gone == null ? List.of() : List.copyOf(gone);
        notes = notes == null ? List.of() : List.copyOf(notes);
        waiting = waiting == null ? List.of() : List.copyOf(waiting);
        if ((image == null) == (unreadable == null)) {
            throw new IllegalArgumentException("a result is of an image or of a text that is not readable");
        }
        boolean seen = status != CheckStatus.FAILED && status != CheckStatus.REMOVED;
        if (status != CheckStatus.WAITING && seen != (now != null)) {
            throw new IllegalArgumentException("a result is " + status + (seen ? " without" : " with") + " a digest");
        }
    }

    /**
     * Compares a sighting with the baseline. An error is never a change, and only a recorded tag can be removed.
     *
     * @param baseline null if nothing was recorded
     */
    public static CheckResult compare(Sighting seen, @CheckForNull TagSet baseline) {
        return compare(Counted.all(seen), baseline);
    }

    /** As {@link #compare(Sighting, TagSet)}. What is too young to count is not a change. */
    public static CheckResult compare(Counted counted, @CheckForNull TagSet baseline) {
        Sighting seen = counted.seen();
        TagSet tags = counted.tags();
        if (seen.failure() != null) {
            CheckStatus status = seen.tagGone() && baseline != null ? CheckStatus.REMOVED : CheckStatus.FAILED;
            return of(counted, status, baseline, null, List.of());
        }
        if (tags == null) {
            return of(counted, CheckStatus.WAITING, baseline, baseline, List.of());
        }
        if (baseline == null) {
            return of(counted, CheckStatus.NEW, null, TagSet.of(tags.tags()), List.of());
        }
        TagDiff diff = baseline.diff(tags);
        CheckStatus same = counted.waiting().isEmpty() ? CheckStatus.UNCHANGED : CheckStatus.WAITING;
        CheckStatus status = diff.any() ? CheckStatus.UPDATED : same;
        return of(counted, status, baseline, diff.toRecord(seen.listCut()), names(seen.image(), diff.gone()));
    }

    private static CheckResult of(
            Counted counted,
            CheckStatus status,
            @CheckForNull TagSet before,
            @CheckForNull TagSet now,
            List<String> gone) {
        Sighting seen = counted.seen();
        Failure failure = seen.failure();
        return new CheckResult(
                seen.image(),
                null,
                status,
                before,
                now,
                gone,
                seen.listCut(),
                seen.notes(),
                seen.credentialsId(),
                failure == null ? null : failure.kind().name(),
                failure == null ? null : failure.message(),
                null,
                counted.waiting());
    }

    /** The change from one recorded set to another, as a ledger remembers it. */
    public static CheckResult recorded(WatchedImage image, @CheckForNull TagSet before, TagSet now) {
        CheckStatus status = before == null ? CheckStatus.NEW : CheckStatus.UPDATED;
        return new CheckResult(
                image, null, status, before, now, List.of(), false, List.of(), null, null, null, null, List.of());
    }

    /**
     * The result for a text that is not a reference, a platform or a tag policy, so that no registry can be asked.
     *
     * @param platform what the user wrote; null for none
     */
    public static CheckResult unreadable(@CheckForNull String platform, Failure failure) {
        return new CheckResult(
                null,
                new Unreadable(failure.image(), platform),
                CheckStatus.FAILED,
                null,
                null,
                List.of(),
                false,
                List.of(),
                failure.credentialsId(),
                failure.kind().name(),
                failure.message(),
                null,
                List.of());
    }

    /** The same result with what the update changed. */
    public CheckResult withChange(@CheckForNull ImageChange newChange) {
        return new CheckResult(
                image,
                unreadable,
                status,
                before,
                now,
                gone,
                listCut,
                notes,
                credentialsId,
                failureKind,
                failure,
                newChange,
                waiting);
    }

    /** Returns whether the image differs from what was recorded. */
    public boolean changed() {
        return status == CheckStatus.UPDATED;
    }

    /** Returns whether both are of the same image with the same digests, whatever was recorded before. */
    public boolean sameDigest(CheckResult other) {
        return now != null && sameImage(other) && now.sameAs(other.now);
    }

    /** Returns whether both are the same update: of the same image, from the same digests to the same digests. */
    public boolean sameUpdate(CheckResult other) {
        return status == other.status
                && sameDigest(other)
                && (before == null ? other.before == null : before.sameAs(other.before));
    }

    private boolean sameImage(CheckResult other) {
        return image != null && other.image != null && image.identity().equals(other.image.identity());
    }

    /** Returns the last result of each image. */
    public static List<CheckResult> newest(Collection<CheckResult> oldestFirst) {
        Map<Object, CheckResult> byImage = new LinkedHashMap<>();
        oldestFirst.forEach(
                result -> byImage.put(result.image == null ? result.unreadable : result.image.identity(), result));
        return List.copyOf(byImage.values());
    }

    /** Returns the differences of an update; null for any other result. */
    @CheckForNull
    private TagDiff diff() {
        return changed() && before != null && now != null ? before.diff(now) : null;
    }

    /** Returns the tag that the result names: the highest that is new or moved, or the newest. Null if nothing was seen. */
    @CheckForNull
    private TagDigest lead() {
        TagDiff diff = diff();
        return diff != null ? diff.lead() : now == null ? null : now.newest();
    }

    /** Returns what the lead was before; null if nothing was recorded. */
    @CheckForNull
    private TagDigest previous() {
        if (before == null) {
            return null;
        }
        TagDigest lead = lead();
        return lead == null || now == null ? before.newest() : before.diff(now).previous(lead);
    }

    /** Returns whether every tag that this update found new or moved is recorded there as it was found. */
    public boolean isRecordedIn(TagSet recorded) {
        TagDiff diff = diff();
        boolean all = diff == null || !diff.any();
        return now != null
                && now.tags().stream()
                        .filter(one -> all || diff.concerns(one.tag()))
                        .allMatch(one -> one.sameAs(recorded.find(one.tag())));
    }

    /** The image in full, with the tag that a policy chose: {@code docker.io/library/nginx:1.27.3}. */
    @NonNull
    public String name() {
        if (image == null) {
            return unreadable == null ? "" : unreadable.image();
        }
        String chosen = chosenTag();
        return chosen == null ? image.reference().toString() : image.reference().name() + ":" + chosen;
    }

    /** The tag. Empty if the image is named by digest alone, or is not readable. */
    public String tag() {
        if (image == null) {
            return unreadable == null ? "" : unreadable.tag();
        }
        return Objects.requireNonNullElse(
                chosenTag(), Objects.toString(image.reference().tag(), ""));
    }

    /** Returns the tag that a policy chose, or had chosen before; null without a policy, or if it never chose one. */
    @CheckForNull
    private String chosenTag() {
        TagDigest known = now == null ? previous() : lead();
        return image == null || image.policy() == null || known == null ? null : known.tag();
    }

    /** The platform that is watched, or what the user wrote if that is not readable; null for none. */
    @CheckForNull
    public String platform() {
        if (image == null) {
            return unreadable == null ? null : unreadable.platform();
        }
        return Objects.toString(image.platform(), null);
    }

    /** The tag that {@link #previousDigest} is of; null without a policy, or if nothing was recorded. */
    @CheckForNull
    public String previousTag() {
        TagDigest previous = previous();
        return previous == null ? null : previous.tag();
    }

    /** The digest that decides: the platform's if one is watched. Null if nothing was seen. */
    @CheckForNull
    public Digest digest() {
        TagDigest lead = lead();
        return lead == null ? null : lead.digest();
    }

    /** The digest of the whole image if a platform is watched; null otherwise. */
    @CheckForNull
    public Digest indexDigest() {
        TagDigest lead = lead();
        return lead == null ? null : lead.indexDigest();
    }

    /** What {@link #digest} was before; null if nothing was recorded. */
    @CheckForNull
    public Digest previousDigest() {
        TagDigest previous = previous();
        return previous == null ? null : previous.digest();
    }

    /** What {@link #indexDigest} was before; null if nothing was recorded, or no platform is watched. */
    @CheckForNull
    public Digest previousIndexDigest() {
        TagDigest previous = previous();
        return previous == null ? null : previous.indexDigest();
    }

    /** When the digest was pushed, by the registry's clock; null if it is not known. */
    @CheckForNull
    public Instant pushed() {
        TagDigest lead = lead();
        return lead == null ? null : lead.pushed();
    }

    /** {@code name:tag@digest} as a Dockerfile pins what was seen, for every platform; null if nothing was seen. */
    @CheckForNull
    public String pinned() {
        TagDigest lead = lead();
        if (lead == null || image == null) {
            return null;
        }
        String tag = tag();
        return image.reference().name() + (tag.isEmpty() ? "" : ":" + tag) + "@" + lead.whole();
    }

    /** Of an update, the tags that are new; empty without a policy. */
    public List<String> newTags() {
        TagDiff diff = diff();
        return diff == null || image == null ? List.of() : names(image, diff.added());
    }

    /** Of an update, the tags that counted before and now have another digest. */
    public List<String> movedTags() {
        TagDiff diff = diff();
        return diff == null || image == null ? List.of() : names(image, diff.moved());
    }

    /** The tags that counted before and that the registry no longer has. */
    public List<String> goneTags() {
        return status == CheckStatus.REMOVED && before != null && image != null ? names(image, before.tags()) : gone;
    }

    private static List<String> names(WatchedImage image, List<TagDigest> tags) {
        return tags.stream()
                .map(one ->
                        one.tag() == null ? Objects.toString(image.reference().tag(), "") : one.tag())
                .toList();
    }

    /** One line for the log of a check, with the credential that was used and the notes of the policy. */
    public String sentence() {
        return ResultSentence.whole(this);
    }

    /** One line without the credential, for the log of a build that was started for the update. */
    public String headline() {
        return ResultSentence.headline(this);
    }

    @Override
    public String toString() {
        return headline();
    }
}
