package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks registries what references point at: one HEAD for an image that has not moved, no ping, no pull. Every method answers by a
 * future that fails with a {@link RegistryException}; no thread is held meanwhile.
 */
public final class RegistryClient {
    /** Each may have a connection of its own, and a process has some thousands. */
    private static final int MAX_CHECKS = 512;
    /** Anybody's registries have a line of their own, so that a job with names of tarpits keeps no listed one waiting. */
    static final int MAX_UNLISTED_CHECKS = 128;

    private final HttpTransport transport;
    private final HostGate listed;
    private final HostGate unlisted;

    public RegistryClient(HttpTransport transport) {
        this.transport = transport;
        listed = new HostGate(transport.clock(), transport.executor());
        unlisted = new HostGate(transport.clock(), transport.executor());
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
        return inTurn(
                reference,
                endpoint,
                authorizer,
                requests -> new ManifestReader(requests, reference).resolve(platform, known));
    }

    /** The tags of the reference's repository, whatever tag or digest the reference itself has. */
    public CompletableFuture<TagList> tags(ImageReference reference, RegistryEndpoint endpoint, Authorizer authorizer) {
        return inTurn(reference, endpoint, authorizer, requests -> new TagLister(requests).list());
    }

    /**
     * What the image behind a digest says of itself: two requests more, so for images that changed.
     *
     * @param digest of an image's manifest or of an index, in the reference's repository
     * @param platform what to choose of an index; null for linux/amd64, or its first where it does not have that
     */
    public CompletableFuture<ImageDetails> details(
            ImageReference reference,
            Digest digest,
            @CheckForNull Platform platform,
            RegistryEndpoint endpoint,
            Authorizer authorizer) {
        return inTurn(
                reference,
                endpoint,
                authorizer,
                requests -> new DetailsReader(requests, reference).read(digest, platform));
    }

    private <T> CompletableFuture<T> inTurn(
            ImageReference reference,
            RegistryEndpoint endpoint,
            Authorizer authorizer,
            Function<AuthorizedRequests, CompletableFuture<T>> check) {
        Authorizer.Scope scope = new Authorizer.Scope(endpoint, reference.repository());
        Supplier<CompletableFuture<T>> turn = () -> {
            AuthorizedRequests requests = new AuthorizedRequests(transport, authorizer, scope);
            return requests.inTime(check.apply(requests));
        };
        return transport
                .gate(endpoint.resolve(""))
                .run(
                        endpoint.parallel(),
                        () -> endpoint.listed()
                                ? listed.run(MAX_CHECKS, turn)
                                : unlisted.run(MAX_UNLISTED_CHECKS, turn));
    }
}
