package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.io.Serializable;
import java.util.Objects;

/** A {@link ResolvedImage} as it is kept on disk. Not a record: Jenkins cannot read those back from XML. */
final class RecordedDigest implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String digest;
    private final String platformDigest;

    /** The one that a policy chose; null without a policy. */
    private final String tag;

    private RecordedDigest(String digest, @CheckForNull String platformDigest, @CheckForNull String tag) {
        this.digest = Objects.requireNonNull(digest);
        this.platformDigest = platformDigest;
        this.tag = tag;
    }

    static RecordedDigest of(ResolvedImage resolved, @CheckForNull String tag) {
        return new RecordedDigest(resolved.digest().toString(), Objects.toString(resolved.platformDigest(), null), tag);
    }

    /** The digest that a tag is expected to have; null unless both are named. */
    @CheckForNull
    static RecordedDigest pin(ImageReference reference) {
        return reference.pinned() ? new RecordedDigest(String.valueOf(reference.digest()), null, null) : null;
    }

    /** What an update came to; only for one that has a digest. */
    static RecordedDigest of(ImageUpdate update) {
        return new RecordedDigest(
                Objects.requireNonNull(update.digest()),
                update.platformDigest(),
                update.policy() == null ? null : update.tag());
    }

    /** What an update came from; null if it had nothing to come from. */
    @CheckForNull
    static RecordedDigest before(ImageUpdate update) {
        String digest = update.previousDigest();
        return digest == null
                ? null
                : new RecordedDigest(digest, update.previousPlatformDigest(), update.previousTag());
    }

    /** After a file was read that anybody may have written: an {@link IllegalArgumentException} says what is wrong. */
    void verify() {
        Digest.parse(String.valueOf(digest));
        if (platformDigest != null) {
            Digest.parse(platformDigest);
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

    /** The digest that decides, as in {@link ResolvedImage#effective}. */
    private String effective() {
        return platformDigest == null ? digest : platformDigest;
    }

    /** Whether both record the same, what an index has for other platforms aside. */
    boolean sameImage(@CheckForNull RecordedDigest other) {
        return other != null && effective().equals(other.effective()) && Objects.equals(tag, other.tag);
    }

    /** Whether the image is still what was recorded: the platform's manifest counts where both sides have one. */
    boolean agreesWith(ResolvedImage resolved, @CheckForNull String seenTag) {
        if (!Objects.equals(tag, seenTag)) {
            return false;
        }
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
                && Objects.equals(tag, that.tag);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return (tag == null ? "" : tag + " ") + digest + (platformDigest == null ? "" : " (" + platformDigest + ")");
    }
}
