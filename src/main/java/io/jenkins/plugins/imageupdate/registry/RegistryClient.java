package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Asks registries what references point at: one HEAD for an image that has not moved, no ping, no pull. Every method answers by a
 * future that fails with a {@link RegistryException}; no thread is held meanwhile.
 */
public final class RegistryClient {
    private static final int MAX_INDEX_DEPTH = 2;

    private final HttpTransport transport;

    public RegistryClient(HttpTransport transport) {
        this.transport = transport;
    }

    /**
     * The digest behind a reference, and that of one platform where it is asked for.
     *
     * @param known what the reference was last seen to point at for the same platform, or null: while the index is the same, it is
     *     not fetched
     */
    public CompletableFuture<ResolvedImage> resolve(
            ImageReference reference,
            @CheckForNull Platform platform,
            RegistryEndpoint endpoint,
            Authorizer authorizer,
            @CheckForNull ResolvedImage known) {
        return inTurn(reference, endpoint, authorizer, requests -> resolve(requests, reference, platform, known));
    }

    /** The tags of the reference's repository, whatever tag or digest the reference itself has. */
    public CompletableFuture<TagList> tags(ImageReference reference, RegistryEndpoint endpoint, Authorizer authorizer) {
        return inTurn(reference, endpoint, authorizer, requests -> new TagLister(requests).list());
    }

    private <T> CompletableFuture<T> inTurn(
            ImageReference reference,
            RegistryEndpoint endpoint,
            Authorizer authorizer,
            Function<AuthorizedRequests, CompletableFuture<T>> check) {
        Authorizer.Scope scope = new Authorizer.Scope(endpoint, reference.repository());
        return transport
                .gate(endpoint.resolve(""))
                .run(endpoint.parallel(), () -> check.apply(new AuthorizedRequests(transport, authorizer, scope)));
    }

    private CompletableFuture<ResolvedImage> resolve(
            AuthorizedRequests requests,
            ImageReference reference,
            @CheckForNull Platform platform,
            @CheckForNull ResolvedImage known) {
        return digest(requests, reference).thenCompose(found -> {
            if (platform == null) {
                return CompletableFuture.completedFuture(new ResolvedImage(found.digest(), null));
            }
            if (known != null
                    && known.platformDigest() != null
                    && known.digest().equals(found.digest())) {
                return CompletableFuture.completedFuture(known);
            }
            return platformDigest(requests, reference, found, platform, MAX_INDEX_DEPTH)
                    .thenApply(digest -> new ResolvedImage(found.digest(), digest));
        });
    }

    /** A manifest's digest and media type, and its bytes if they were read. */
    private record Found(
            Digest digest, String mediaType, @CheckForNull byte[] content) {}

    /**
     * By HEAD; by one GET where a registry leaves the digest out, answers HEAD with 404 or 405 although it has the manifest (Nexus),
     * or refuses without saying why.
     */
    private CompletableFuture<Found> digest(AuthorizedRequests requests, ImageReference reference) {
        return requests.send("HEAD", requests.scope().endpoint().manifest(reference, reference.selector()))
                .thenCompose(head -> {
                    if (head.succeeded()) {
                        Digest digest = digestHeader(head);
                        return digest == null
                                ? content(requests, reference, reference.selector())
                                : CompletableFuture.completedFuture(
                                        new Found(digest, head.header("Content-Type"), null));
                    }
                    boolean reasonMissing = head.status() >= 400 && head.status() < 500 && head.status() != 429;
                    return reasonMissing
                            ? content(requests, reference, reference.selector())
                            : CompletableFuture.failedFuture(requests.diagnose(head));
                });
    }

    /** By GET: the digest of the bytes, which a digest in the header must agree with. */
    private CompletableFuture<Found> content(AuthorizedRequests requests, ImageReference reference, String selector) {
        return requests.send("GET", requests.scope().endpoint().manifest(reference, selector))
                .thenApply(answer -> {
                    if (!answer.succeeded()) {
                        throw new CompletionException(requests.diagnose(answer));
                    }
                    return found(answer);
                });
    }

    private static Found found(Answer answer) {
        if (!Json.read(answer.body()).isObject()) {
            throw failed(FailureKind.NOT_A_REGISTRY, "the manifest is no JSON object");
        }
        Digest declared = digestHeader(answer);
        if (declared != null && !declared.matches(answer.body())) {
            throw failed(FailureKind.NO_DIGEST, "the manifest's bytes are not those of its Docker-Content-Digest");
        }
        Digest digest = declared == null ? Digest.of(answer.body()) : declared;
        return new Found(digest, answer.header("Content-Type"), answer.body());
    }

    /** Null when the header is missing; a malformed one is a failure, never a change. */
    @CheckForNull
    private static Digest digestHeader(Answer answer) {
        String value = answer.header("Docker-Content-Digest");
        try {
            return value.isEmpty() ? null : Digest.parse(value);
        } catch (IllegalArgumentException e) {
            throw failed(FailureKind.NO_DIGEST, e.getMessage());
        }
    }

    private CompletableFuture<Digest> platformDigest(
            AuthorizedRequests requests, ImageReference reference, Found found, Platform platform, int depth) {
        if (!found.mediaType().isEmpty() && !Manifests.isIndex(found.mediaType())) {
            return CompletableFuture.completedFuture(found.digest());
        }
        CompletableFuture<Found> read = found.content() != null
                ? CompletableFuture.completedFuture(found)
                : content(requests, reference, found.digest().toString());
        return read.thenCompose(index -> {
            if (!found.digest().matches(index.content())) {
                throw failed(FailureKind.NO_DIGEST, "the index's bytes are not those of its digest");
            }
            ImageIndex parsed;
            try {
                parsed = ImageIndex.parse(index.content());
            } catch (RegistryException e) {
                throw new CompletionException(e);
            }
            return parsed.choose(platform)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> nested(requests, reference, parsed, platform, depth));
        });
    }

    private CompletableFuture<Digest> nested(
            AuthorizedRequests requests, ImageReference reference, ImageIndex index, Platform platform, int depth) {
        if (depth == 0 || index.nested().isEmpty()) {
            return CompletableFuture.failedFuture(new RegistryException(
                    FailureKind.CONFIGURATION,
                    "the image is not there for " + platform + ", it is for: " + index.platforms()));
        }
        Found inner = new Found(index.nested().get(0), "", null);
        return platformDigest(requests, reference, inner, platform, depth - 1);
    }

    private static CompletionException failed(FailureKind kind, String detail) {
        return new CompletionException(new RegistryException(kind, detail));
    }
}
