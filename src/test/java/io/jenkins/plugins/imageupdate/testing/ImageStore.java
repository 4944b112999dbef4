package io.jenkins.plugins.imageupdate.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What an {@link InProcessRegistry} holds: per repository its manifests, tags and blobs. */
final class ImageStore {
    /** @param uploaded the time of the first push */
    record Manifest(String digest, String mediaType, byte[] content, Instant uploaded) {}

    private static final class Repository {
        private final Map<String, Manifest> manifests = new HashMap<>();
        private final Map<String, byte[]> blobs = new HashMap<>();
        private final NavigableMap<String, String> tags = new TreeMap<>();
    }

    private final Map<String, Repository> repositories = new HashMap<>();
    private Duration earlier = Duration.ZERO;

    /** Pretends that what is pushed from now on was pushed earlier. */
    synchronized void pushEarlier(Duration time) {
        earlier = time;
    }

    /** Pretends that time has passed: what was pushed before was pushed earlier by this time. */
    synchronized void pass(Duration time) {
        repositories
                .values()
                .forEach(one -> one.manifests.replaceAll((digest, manifest) -> new Manifest(
                        digest,
                        manifest.mediaType(),
                        manifest.content(),
                        manifest.uploaded().minus(time))));
    }

    /** The manifests of a repository, each with its tags. */
    synchronized Map<Manifest, List<String>> tagged(String repository) {
        Map<Manifest, List<String>> tagged = new LinkedHashMap<>();
        find(repository)
                .ifPresent(stored -> stored.manifests
                        .values()
                        .forEach(manifest -> tagged.put(
                                manifest,
                                stored.tags.entrySet().stream()
                                        .filter(tag -> tag.getValue().equals(manifest.digest()))
                                        .map(Map.Entry::getKey)
                                        .toList())));
        return tagged;
    }

    /** @param tag null to store by digest only */
    synchronized String putManifest(String repository, String tag, byte[] content, String mediaType) {
        Repository stored = repositories.computeIfAbsent(repository, name -> new Repository());
        String digest = Sha256.digest(content);
        stored.manifests.putIfAbsent(
                digest,
                new Manifest(digest, mediaType, content.clone(), Instant.now().minus(earlier)));
        if (tag != null) {
            stored.tags.put(tag, digest);
        }
        return digest;
    }

    synchronized boolean exists(String repository) {
        return repositories.containsKey(repository);
    }

    /** @param reference a tag or a digest */
    synchronized Optional<Manifest> manifest(String repository, String reference) {
        return find(repository).map(stored -> stored.manifests.get(stored.tags.getOrDefault(reference, reference)));
    }

    /** Takes away a tag, its manifest staying, or a manifest with all its tags; false when there was none. */
    synchronized boolean delete(String repository, String reference) {
        return find(repository)
                .map(stored -> {
                    boolean tagged = stored.tags.remove(reference) != null;
                    boolean removed = stored.manifests.remove(reference) != null;
                    stored.tags.values().removeIf(reference::equals);
                    return tagged || removed;
                })
                .orElse(false);
    }

    synchronized void deleteRepository(String repository) {
        repositories.remove(repository);
    }

    /** In the byte order of the distribution specification; empty if the repository does not exist. */
    synchronized Optional<List<String>> tags(String repository) {
        return find(repository).map(stored -> List.copyOf(stored.tags.keySet()));
    }

    synchronized String putBlob(String repository, byte[] content) {
        String digest = Sha256.digest(content);
        repositories.computeIfAbsent(repository, name -> new Repository()).blobs.put(digest, content.clone());
        return digest;
    }

    synchronized Optional<byte[]> blob(String repository, String digest) {
        return find(repository).map(stored -> stored.blobs.get(digest));
    }

    private Optional<Repository> find(String repository) {
        return Optional.ofNullable(repositories.get(repository));
    }
}
