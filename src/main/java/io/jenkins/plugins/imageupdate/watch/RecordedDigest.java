package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A {@link ResolvedImage} as it is kept on disk. Not a record: Jenkins cannot read those back from XML. */
final class RecordedDigest implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String digest;
    private final String platformDigest;

    /** The one that a policy chose; null without a policy. */
    private final String tag;

    /** The further tags that a policy lets count, the newest first; null where one counts alone. */
    private final ArrayList<RecordedDigest> older;

    private RecordedDigest(
            String digest,
            @CheckForNull String platformDigest,
            @CheckForNull String tag,
            @CheckForNull ArrayList<RecordedDigest> older) {
        this.digest = Objects.requireNonNull(digest);
        this.platformDigest = platformDigest;
        this.tag = tag;
        this.older = older;
    }

    static RecordedDigest of(@CheckForNull String tag, ResolvedImage resolved) {
        return new RecordedDigest(
                resolved.digest().toString(), Objects.toString(resolved.platformDigest(), null), tag, null);
    }

    /** @param tags one of each tag that counts, the newest first; at least one */
    static RecordedDigest of(List<RecordedDigest> tags) {
        RecordedDigest newest = tags.get(0);
        return tags.size() == 1
                ? newest
                : new RecordedDigest(
                        newest.digest,
                        newest.platformDigest,
                        newest.tag,
                        new ArrayList<>(tags.subList(1, tags.size())));
    }

    /** The digest that a tag is expected to have; null unless both are named. */
    @CheckForNull
    static RecordedDigest pin(WatchedImage image) {
        ImageReference reference = image.reference();
        String tag = image.policy() == null ? null : reference.tag();
        return reference.pinned() ? new RecordedDigest(String.valueOf(reference.digest()), null, tag, null) : null;
    }

    /** What an update came to; only for one that has a digest. */
    static RecordedDigest of(ImageUpdate update) {
        RecordedDigest several = update.allTags();
        return several != null
                ? several
                : new RecordedDigest(
                        Objects.requireNonNull(update.digest()),
                        update.platformDigest(),
                        update.policy() == null ? null : update.tag(),
                        null);
    }

    /** What an update came from; null if it had nothing to come from. */
    @CheckForNull
    static RecordedDigest before(ImageUpdate update) {
        String digest = update.previousDigest();
        RecordedDigest several = update.allTagsBefore();
        return digest == null || several != null
                ? several
                : new RecordedDigest(digest, update.previousPlatformDigest(), update.previousTag(), null);
    }

    /** After a file was read that anybody may have written: an {@link IllegalArgumentException} says what is wrong. */
    void verify() {
        Digest.parse(String.valueOf(digest));
        if (platformDigest != null) {
            Digest.parse(platformDigest);
        }
        if (older != null) {
            for (RecordedDigest one : older) {
                if (one == null || one.older != null) {
                    throw new IllegalArgumentException("the further tags of an image are no list of digests");
                }
                one.verify();
            }
        }
    }

    String digest() {
        return digest;
    }

    @CheckForNull
    String platformDigest() {
        return platformDigest;
    }

    @CheckForNull
    String tag() {
        return tag;
    }

    /** One of each tag that counts, the newest first. */
    List<RecordedDigest> all() {
        List<RecordedDigest> all = new ArrayList<>();
        all.add(older == null ? this : new RecordedDigest(digest, platformDigest, tag, null));
        if (older != null) {
            all.addAll(older);
        }
        return all;
    }

    /** Of the tags that count, the one of this name; null if it is none of them. */
    @CheckForNull
    RecordedDigest of(@CheckForNull String name) {
        return all().stream()
                .filter(one -> Objects.equals(one.tag, name))
                .findFirst()
                .orElse(null);
    }

    boolean several() {
        return older != null;
    }

    /** The digest that decides, as in {@link ResolvedImage#effective}. */
    private String effective() {
        return platformDigest == null ? digest : platformDigest;
    }

    /** Whether both record the same, what an index has for other platforms aside. */
    boolean sameImage(@CheckForNull RecordedDigest other) {
        return other != null && effectiveTags().equals(other.effectiveTags());
    }

    private List<String> effectiveTags() {
        return all().stream().map(one -> one.tag + " " + one.effective()).toList();
    }

    /** Whether everything that an update found new or moved is recorded here as it was found. */
    boolean has(ImageUpdate update) {
        return RecordedDigest.of(update).all().stream()
                .filter(one -> update.concerns(one.tag))
                .allMatch(one -> one.sameImage(of(one.tag)));
    }

    /** Whether the one tag of this is still what was recorded: the platform's manifest counts where both sides have one. */
    boolean agreesWith(ResolvedImage resolved) {
        if (digest.equals(resolved.digest().toString())) {
            return true;
        }
        Digest platform = resolved.platformDigest();
        return platform != null && effective().equals(platform.toString());
    }

    /** For the registry client, which then need not fetch an index again that it knows. */
    ResolvedImage toResolved() {
        return new ResolvedImage(Digest.parse(digest), platformDigest == null ? null : Digest.parse(platformDigest));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedDigest that
                && digest.equals(that.digest)
                && Objects.equals(platformDigest, that.platformDigest)
                && Objects.equals(tag, that.tag)
                && Objects.equals(older, that.older);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return (tag == null ? "" : tag + " ")
                + digest
                + (platformDigest == null ? "" : " (" + platformDigest + ")")
                + (older == null ? "" : ", " + older);
    }
}
