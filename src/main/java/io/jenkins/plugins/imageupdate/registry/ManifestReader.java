package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads what one reference points at: by HEAD if that is enough, otherwise by GET. */
final class ManifestReader {
    private final RemoteRepository repository;
    private final Requests requests;
    private final ImageReference reference;

    ManifestReader(RemoteRepository repository, Requests requests, ImageReference reference) {
        this.repository = repository;
        this.requests = requests;
        this.reference = reference;
    }

    /** @param known see {@link RemoteRepository#resolve} */
    CompletableFuture<ResolvedImage> resolve(@CheckForNull Platform platform, @CheckForNull ResolvedImage known) {
        return digest().thenCompose(found -> {
            if (platform == null) {
                return CompletableFuture.completedFuture(new ResolvedImage(found.digest(), null));
            }
            if (known != null
                    && known.platformDigest() != null
                    && known.digest().equals(found.digest())) {
                return CompletableFuture.completedFuture(known);
            }
            return platformDigest(found, platform).thenApply(digest -> new ResolvedImage(found.digest(), digest));
        });
    }

    /** A manifest's digest and media type, and its bytes if they were read. */
    private record Found(
            Digest digest, String mediaType, @CheckForNull byte[] content) {}

    /**
     * By HEAD; by one GET if the registry leaves the digest out, answers HEAD with 404, 405 or 501 although it has the manifest
     * (Nexus), or refuses without saying why.
     */
    private CompletableFuture<Found> digest() {
        Digest named = reference.tag() == null ? reference.digest() : null;
        return requests.send("HEAD", repository.manifest(reference.selector()), Manifests.ACCEPT)
                .thenCompose(head -> {
                    if (head.succeeded()) {
                        Digest declared = digestHeader(head);
                        return declared == null
                                ? content(reference.selector(), named, true)
                                : CompletableFuture.completedFuture(
                                        new Found(asNamed(declared, named), head.header("Content-Type"), null));
                    }
                    boolean reasonMissing = head.status() >= 400 && head.status() < 500 && head.status() != 429;
                    return reasonMissing || head.status() == 501
                            ? content(reference.selector(), named, false)
                            : CompletableFuture.failedFuture(requests.diagnose(head));
                });
    }

    /** An image asked for by its digest cannot have another one, only the same by another algorithm. */
    private static Digest asNamed(Digest declared, @CheckForNull Digest named) {
        if (named == null) {
            return declared;
        }
        if (declared.algorithm().equals(named.algorithm()) && !declared.equals(named)) {
            throw failed(FailureKind.NO_DIGEST, "the registry answered with another digest than it was asked for");
        }
        return named;
    }

    /**
     * By GET: the digest of the bytes, which a digest in the header must agree with.
     *
     * @param named the digest that the bytes must have, null if it is not known yet
     * @param there whether the registry has just said that the tag exists
     */
    private CompletableFuture<Found> content(String selector, @CheckForNull Digest named, boolean there) {
        return requests.send("GET", repository.manifest(selector), Manifests.ACCEPT)
                .thenApply(answer -> {
                    if (!answer.succeeded()) {
                        RegistryException failure = requests.diagnose(answer);
                        throw new CompletionException(
                                there && answer.status() == 404 ? partMissing(selector, failure) : failure);
                    }
                    return found(answer, named);
                });
    }

    /**
     * The registry has the tag, but not a manifest that the tag leads to: a proxy cache was cleaned up (Harbor issue 18829), or the tag
     * moved in between. That does not mean that the tag is gone, nor that this is not a registry.
     */
    private RegistryException partMissing(String selector, RegistryException failure) {
        boolean missing = Set.of(
                        FailureKind.TAG_NOT_FOUND, FailureKind.REPOSITORY_NOT_FOUND, FailureKind.NOT_A_REGISTRY)
                .contains(failure.kind());
        String manifest = selector.equals(reference.selector()) ? "" : " " + selector;
        return missing
                ? new RegistryException(
                        FailureKind.NO_DIGEST,
                        "the tag is there, but its manifest" + manifest + " is not: " + failure.detail(),
                        failure.retryAt())
                : failure;
    }

    private Found found(Response answer, @CheckForNull Digest named) {
        String encoding = answer.header("Content-Encoding");
        if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            throw unexpected(answer, "the manifest came compressed, which was not asked for");
        }
        if (!Manifests.isManifest(Json.read(answer.body()))) {
            throw unexpected(answer, "the answer is not a manifest");
        }
        Digest declared = digestHeader(answer);
        if (declared != null && !declared.matches(answer.body())) {
            throw failed(FailureKind.NO_DIGEST, "the manifest's bytes are not those of its Docker-Content-Digest");
        }
        if (named != null && !named.matches(answer.body())) {
            throw failed(FailureKind.NO_DIGEST, "the manifest's bytes are not those of the digest asked for");
        }
        Digest digest = declared == null ? Digest.of(answer.body()) : declared;
        return new Found(named == null ? digest : named, answer.header("Content-Type"), answer.body());
    }

    /** Null when the header is missing; a malformed one is a failure, not a change. */
    @CheckForNull
    private static Digest digestHeader(Response answer) {
        String value = answer.header("Docker-Content-Digest");
        try {
            return value.isEmpty() ? null : Digest.parse(value);
        } catch (IllegalArgumentException e) {
            throw failed(FailureKind.NO_DIGEST, e.getMessage());
        }
    }

    /** An image that is not an index is used as it is. If the media type does not say which, the content does. */
    private CompletableFuture<Digest> platformDigest(Found found, Platform platform) {
        if (Manifests.isImage(found.mediaType())) {
            return CompletableFuture.completedFuture(found.digest());
        }
        CompletableFuture<Found> read = found.content() != null
                ? CompletableFuture.completedFuture(found)
                : content(found.digest().toString(), found.digest(), true);
        return read.thenCompose(manifest -> {
            JsonNode document = Json.read(manifest.content());
            if (!Manifests.isIndex(manifest.mediaType()) && !Manifests.isIndex(document)) {
                return CompletableFuture.completedFuture(found.digest());
            }
            ImageIndex index = IndexSearch.parse(manifest.content());
            return new IndexSearch(
                            inner -> content(inner.toString(), inner, true).thenApply(Found::content),
                            // A move of any of several manifests counts, so the index decides.
                            each -> each.ambiguous(platform) ? Optional.of(found.digest()) : each.choose(platform))
                    .in(index)
                    .thenApply(digest -> digest.orElseThrow(() -> failed(
                            FailureKind.CONFIGURATION,
                            "the image is not there for " + platform + ", it is for: " + index.platforms())));
        });
    }

    private CompletionException unexpected(Response answer, String what) {
        return new CompletionException(requests.unexpected(answer, FailureKind.NOT_A_REGISTRY, what));
    }

    private static CompletionException failed(FailureKind kind, String detail) {
        return new CompletionException(new RegistryException(kind, detail));
    }
}
