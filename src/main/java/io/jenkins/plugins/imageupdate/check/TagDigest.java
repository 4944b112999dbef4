package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Push;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Instant;
import java.util.Objects;

/**
 * A tag and the digest that it points at.
 *
 * @param tag the tag that a policy chose; null without a policy
 * @param digest the digest that decides: that of the platform's own manifest if a platform is watched, otherwise that of the manifest or
 *     index
 * @param indexDigest the digest of the whole image if a platform is watched; null otherwise
 * @param pushed when the digest was pushed, by the registry's clock; null if the registry does not tell, or was not asked
 */
public record TagDigest(
        @CheckForNull String tag,
        Digest digest,
        @CheckForNull Digest indexDigest,
        @CheckForNull Instant pushed) {
    public TagDigest {
        Objects.requireNonNull(digest, "the digest of a tag is missing");
    }

    public TagDigest(@CheckForNull String tag, Digest digest, @CheckForNull Digest indexDigest) {
        this(tag, digest, indexDigest, null);
    }

    public static TagDigest of(@CheckForNull String tag, ResolvedImage resolved) {
        Digest platform = resolved.platformDigest();
        return platform == null
                ? new TagDigest(tag, resolved.digest(), null)
                : new TagDigest(tag, platform, resolved.digest());
    }

    /** Adds when the digest was pushed, if the registry tells that of this digest. */
    TagDigest pushed(@CheckForNull Push push) {
        return push != null && push.digest().equals(whole())
                ? new TagDigest(tag, digest, indexDigest, push.at())
                : this;
    }

    /** For the registry client, which does not fetch an index again if its digest is known. */
    public ResolvedImage toResolved() {
        return indexDigest == null ? new ResolvedImage(digest, null) : new ResolvedImage(indexDigest, digest);
    }

    /** The digest of the whole image: of the index if a platform is watched. */
    public Digest whole() {
        return indexDigest == null ? digest : indexDigest;
    }

    /**
     * Returns whether both are the same image under the same tag. An index that moved for other platforms does not differ. A pin names an
     * index or a platform's manifest, so it is the same as both.
     */
    public boolean sameAs(@CheckForNull TagDigest other) {
        return other != null
                && Objects.equals(tag, other.tag)
                && (digest.equals(other.digest) || whole().equals(other.whole()));
    }

    /** Returns whether both are the same tag with the same digests. Stricter than {@link #sameAs}: the index counts too. */
    boolean identical(TagDigest other) {
        return Objects.equals(tag, other.tag)
                && digest.equals(other.digest)
                && Objects.equals(indexDigest, other.indexDigest);
    }

    @Override
    public String toString() {
        return (tag == null ? "" : tag + " ") + digest + (indexDigest == null ? "" : " of index " + indexDigest);
    }
}
