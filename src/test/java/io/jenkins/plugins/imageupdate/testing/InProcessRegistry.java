package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A registry in memory that follows the OCI distribution specification (pull, push, tags, deletion) and asks for no credentials;
 * those are {@link GcrFront}'s.
 */
public final class InProcessRegistry extends LoopbackServer implements PushTarget {
    private final ImageStore store = new ImageStore();
    private final ManifestRoutes manifests = new ManifestRoutes(store);
    private final BlobRoutes blobs = new BlobRoutes(store);
    private final TagRoutes tags = new TagRoutes(store);

    private InProcessRegistry(SSLContext tls) {
        super(tls);
    }

    public static InProcessRegistry start() {
        return start(null);
    }

    /** @param tls with the server's certificate, see {@link LoopbackCertificate}; null for plain HTTP */
    public static InProcessRegistry start(SSLContext tls) {
        InProcessRegistry registry = new InProcessRegistry(tls);
        registry.open();
        return registry;
    }

    @Override
    public String push(String repository, String tag, byte[] manifest, String mediaType) {
        return store.putManifest(repository, tag, manifest, mediaType);
    }

    @Override
    public String pushBlob(String repository, byte[] content) {
        return store.putBlob(repository, content);
    }

    @Override
    public Descriptor describe(String repository, String digest) {
        ImageStore.Manifest manifest = store.manifest(repository, digest)
                .orElseThrow(() -> new IllegalArgumentException(repository + " has no manifest " + digest));
        return new Descriptor(digest, manifest.mediaType(), manifest.content().length);
    }

    /** Takes the tag away; its manifest stays, as the specification allows. */
    @Override
    public void delete(String repository, String tag) {
        if (!store.delete(repository, tag)) {
            throw new IllegalArgumentException(repository + " has no tag " + tag);
        }
    }

    /** From now on the repository's name is unknown. */
    public void deleteRepository(String repository) {
        store.deleteRepository(repository);
    }

    /** Lists tags as Google's registries do from now on: with the time at which each manifest was pushed. */
    public void listAsGoogle() {
        tags.google();
    }

    /** Pretends that what is pushed from now on was pushed earlier. */
    public void pushEarlier(Duration time) {
        store.pushEarlier(time);
    }

    /** Pretends that time has passed since the pushes so far. */
    public void pass(Duration time) {
        store.pass(time);
    }

    /** Deletes a manifest and its tags. */
    public void deleteManifest(String repository, String digest) {
        delete(repository, digest);
    }

    /** Sets the maximum number of tags per page, as ghcr.io and others have it. */
    public void pageLimit(int tagsInPage) {
        tags.pageLimit(tagsInPage);
    }

    @Override
    Reply handle(RecordedRequest request, InputStream body) throws IOException {
        return route(request, body).with("Docker-Distribution-Api-Version", "registry/2.0");
    }

    private Reply route(RecordedRequest request, InputStream body) throws IOException {
        if (request.path().equals("/v2/")) {
            return Reply.json(200, JsonNodeFactory.instance.objectNode());
        }
        Optional<RegistryPath> path = RegistryPath.parse(request.path());
        if (path.isEmpty()) {
            return Reply.of(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
        return switch (path.get().kind()) {
            case "manifests" -> manifests.handle(request, path.get(), body);
            case "uploads" -> blobs.upload(request, path.get(), body);
            case "blobs" -> blobs.blob(request, path.get());
            default -> tags.handle(request, path.get());
        };
    }
}
