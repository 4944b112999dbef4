package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One repository of a registry, read with one login: one HEAD for an image that has not moved, no ping, no pull. Every method returns
 * a future that fails with a {@link RegistryException}. No thread is blocked in the meantime.
 */
public final class RemoteRepository {
    /** Runs a check when it is its turn, within the registry's timeout. */
    public interface Access {
        /** @param contents what the check reads */
        <T> CompletableFuture<T> run(Contents contents, Function<Requests, CompletableFuture<T>> check);
    }

    /** What a check reads; a registry may want other rights for a token (Azure wants {@code metadata_read} for tags). */
    public enum Contents {
        IMAGES,
        TAGS
    }

    private final RegistryEndpoint endpoint;
    private final String path;
    private final Access access;

    /** @param path of the repository on its host, such as {@code project/app} */
    public RemoteRepository(RegistryEndpoint endpoint, String path, Access access) {
        this.endpoint = endpoint;
        this.path = path;
        this.access = access;
    }

    /**
     * The digest behind a reference, and that of one platform if one is given.
     *
     * @param reference of this repository; its tag counts, or its digest if it has no tag
     * @param known what the reference was last seen to point at for the same platform, or null. The index is not fetched while its
     *     digest is the same.
     */
    public CompletableFuture<ResolvedImage> resolve(
            ImageReference reference, @CheckForNull Platform platform, @CheckForNull ResolvedImage known) {
        return access.run(
                Contents.IMAGES, requests -> new ManifestReader(this, requests, reference).resolve(platform, known));
    }

    /**
     * The manifests of all platforms of an image. Takes one request, and one more for each index within the index.
     *
     * @param index digest of the image as a whole
     * @return digests; empty if the image is not an index
     */
    public CompletableFuture<Set<Digest>> platforms(Digest index) {
        return access.run(Contents.IMAGES, requests -> new DetailsReader(this, requests).platforms(index));
    }

    /** All tags of the repository. Fails if the registry does not have the repository. */
    public CompletableFuture<TagList> tags() {
        return access.run(Contents.TAGS, requests -> new TagLister(this, requests).list());
    }

    /**
     * What the image behind a digest says of itself. Takes two requests or more, so it is for images that changed.
     *
     * @param digest of an image's manifest or of an index
     * @param platform what to choose of an index; null for linux/amd64, or its first entry if it does not have that
     */
    public CompletableFuture<ImageDetails> details(Digest digest, @CheckForNull Platform platform) {
        return access.run(Contents.IMAGES, requests -> new DetailsReader(this, requests).read(digest, platform));
    }

    /** Whether an answer from this address tells when images were pushed, and is believed. */
    boolean tellsPushes(URI from) {
        return endpoint.pushTimes() && endpoint.has(from);
    }

    /** @param selector a tag or a digest */
    URI manifest(String selector) {
        return endpoint.resolve(path + "/manifests/" + selector);
    }

    URI blob(Digest digest) {
        return endpoint.resolve(path + "/blobs/" + digest);
    }

    /** @param query with its question mark, or empty */
    URI tagList(String query) {
        return endpoint.resolve(path + "/tags/list" + query);
    }
}
