package io.jenkins.plugins.imageupdate.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.ImageChange;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What updates changed, from the check that found them until their build is queued. In memory only: an update is built also if its
 * change is not known.
 */
public final class ImageChangeCache {
    private static final int MOST_DESCRIBED = 20;

    private static final Cache<Key, ImageChange> KNOWN = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofDays(1))
            .build();

    private ImageChangeCache() {}

    /** Asks the registries what the updates changed, where that is not known yet. Reads credentials. Never fails. */
    public static CompletableFuture<Void> ask(
            Job<?, ?> job, Map<WatchedImage, ImageCheck> checks, Collection<CheckResult> updates) {
        return CompletableFuture.allOf(updates.stream()
                .filter(update ->
                        update.changed() && checks.containsKey(key(update).image()))
                .filter(update -> KNOWN.getIfPresent(key(update)) == null)
                .limit(MOST_DESCRIBED)
                .map(update -> checks.get(key(update).image())
                        .describe(job, update)
                        .thenAccept(ImageChangeCache::keep)
                        .exceptionally(thrown -> null))
                .toArray(CompletableFuture[]::new));
    }

    private static void keep(CheckResult described) {
        ImageChange change = described.change();
        if (change != null) {
            KNOWN.put(key(described), change);
        }
    }

    /** The update with what it changed, if that is known. */
    public static CheckResult describe(CheckResult update) {
        ImageChange change = KNOWN.getIfPresent(key(update));
        return change == null ? update : update.withChange(change);
    }

    private record Key(
            WatchedImage image,
            @CheckForNull Digest before,
            @CheckForNull Digest now) {}

    private static Key key(CheckResult update) {
        return new Key(Objects.requireNonNull(update.image()).identity(), update.previousDigest(), update.digest());
    }
}
