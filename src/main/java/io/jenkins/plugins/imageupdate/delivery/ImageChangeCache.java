package io.jenkins.plugins.imageupdate.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.watch.ImageChange;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What updates changed, from the check that found them until their build is queued. In memory only: an update is built also if its
 * change is not known.
 */
public final class ImageChangeCache {
    private static final int MOST_DESCRIBED = 20;

    private static final Cache<List<String>, ImageChange> KNOWN = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofDays(1))
            .build();

    private ImageChangeCache() {}

    /** Asks the registries what the updates changed, where that is not known yet. Reads credentials. Never fails. */
    public static CompletableFuture<Void> ask(Job<?, ?> job, Map<String, ImageCheck> checks, Collection<ImageUpdate> updates) {
        return CompletableFuture.allOf(updates.stream()
                .filter(update -> update.changed() && checks.containsKey(update.id()))
                .filter(update -> KNOWN.getIfPresent(name(update)) == null)
                .limit(MOST_DESCRIBED)
                .map(update -> checks.get(update.id()).describe(job, update).thenAccept(ImageChangeCache::keep))
                .toArray(CompletableFuture[]::new));
    }

    private static void keep(ImageUpdate described) {
        ImageChange change = described.change();
        if (change != null) {
            KNOWN.put(name(described), change);
        }
    }

    /** The update with what it changed, if that is known. */
    public static ImageUpdate describe(ImageUpdate update) {
        ImageChange change = KNOWN.getIfPresent(name(update));
        return change == null ? update : update.describedBy(change);
    }

    private static List<String> name(ImageUpdate update) {
        return Arrays.asList(update.id(), update.effectivePreviousDigest(), update.effectiveDigest());
    }
}
