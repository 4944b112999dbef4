package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Reads what an image says of itself: index if there is one, manifest, configuration, each verified against its digest. */
final class DetailsReader {
    private static final Platform USUAL = Platform.parse("linux/amd64");

    private final RemoteRepository repository;
    private final Requests requests;

    DetailsReader(RemoteRepository repository, Requests requests) {
        this.repository = repository;
        this.requests = requests;
    }

    /**
     * @param digest of an image's manifest or of an index
     * @param platform what to choose of an index; null for linux/amd64, or its first where it does not have that
     */
    CompletableFuture<ImageDetails> read(Digest digest, @CheckForNull Platform platform) {
        return manifest(digest)
                .thenCompose(content -> Manifests.isIndex(Json.read(content))
                        ? choose(IndexSearch.parse(content), platform).thenCompose(this::manifest)
                        : CompletableFuture.completedFuture(content))
                .thenCompose(content -> {
                    JsonNode manifest = Json.read(content);
                    return config(manifest).thenApply(config -> ImageDetails.of(manifest, config));
                });
    }

    /** @return the manifests in an index and in those that it lists; empty if the image is not an index */
    CompletableFuture<Set<Digest>> platforms(Digest digest) {
        return manifest(digest).thenCompose(content -> {
            if (!Manifests.isIndex(Json.read(content))) {
                return CompletableFuture.completedFuture(Set.of());
            }
            Set<Digest> all = new HashSet<>();
            return search(IndexSearch.parse(content), each -> {
                        all.addAll(each.manifests());
                        return Optional.empty();
                    })
                    .thenApply(none -> all);
        });
    }

    private CompletableFuture<byte[]> manifest(Digest digest) {
        URI uri = repository.manifest(digest.toString());
        return content(uri, Manifests.ACCEPT, digest, "manifest");
    }

    private CompletableFuture<Digest> choose(ImageIndex index, @CheckForNull Platform platform) {
        return search(index, each -> each.choose(platform == null ? USUAL : platform))
                .thenCompose(chosen -> chosen.isPresent() || platform != null
                        ? CompletableFuture.completedFuture(chosen)
                        : search(index, ImageIndex::first))
                .thenApply(chosen -> chosen.orElseThrow(() -> failed(
                        FailureKind.CONFIGURATION,
                        "the image is not there for " + (platform == null ? "any platform" : platform) + ", it is for: "
                                + index.platforms())));
    }

    private CompletableFuture<Optional<Digest>> search(
            ImageIndex index, Function<ImageIndex, Optional<Digest>> choice) {
        return new IndexSearch(this::manifest, choice).in(index);
    }

    /** A missing node if the manifest names no configuration, as those of build attachments may not. */
    private CompletableFuture<JsonNode> config(JsonNode manifest) {
        Digest digest;
        try {
            digest = Digest.parse(Json.text(manifest.path("config"), "digest"));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Json.read(new byte[0]));
        }
        return content(repository.blob(digest), "*/*", digest, "configuration").thenApply(Json::read);
    }

    private CompletableFuture<byte[]> content(URI uri, String accept, Digest digest, String what) {
        return requests.send("GET", uri, accept).thenApply(answer -> {
            if (!answer.succeeded()) {
                throw new CompletionException(diagnose(uri, answer, what));
            }
            if (!digest.matches(answer.body())) {
                throw failed(FailureKind.NO_DIGEST, "the " + what + "'s bytes are not those of its digest");
            }
            return answer.body();
        });
    }

    /**
     * Contents often come from another host, for gcr.io from storage.googleapis.com: that host's refusal has nothing to do with the
     * login. A missing part does not mean that the tag is missing.
     */
    private RegistryException diagnose(URI asked, Response answer, String what) {
        RegistryException said = requests.diagnose(answer);
        boolean elsewhere = !Origin.same(asked, answer.uri());
        return said.kind() == FailureKind.TAG_NOT_FOUND || elsewhere && said.kind() != FailureKind.RATE_LIMITED
                ? new RegistryException(
                        FailureKind.UNAVAILABLE,
                        "the image's " + what + " cannot be read"
                                + (elsewhere ? " from the host that the registry redirects to" : "") + ": HTTP "
                                + answer.status(),
                        said.retryAt())
                : said;
    }

    private static CompletionException failed(FailureKind kind, String detail) {
        return new CompletionException(new RegistryException(kind, detail));
    }
}
