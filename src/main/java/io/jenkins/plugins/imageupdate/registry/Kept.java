package io.jenkins.plugins.imageupdate.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What is remembered of each image or repository: as many entries as are in use, until a share of the heap is full. Then new entries are
 * not kept, and those that are kept serve on. A cache that replaced them would have none of them when their turn comes again, since
 * images are checked in the same order in each round.
 *
 * @param <K> key
 * @param <V> value
 */
public final class Kept<K, V> {
    /** Of the heap for one of these. */
    private static final long SHARE = Runtime.getRuntime().maxMemory() / 32;

    private final Cache<K, V> entries;
    private final long max;

    private Kept(Caffeine<Object, Object> entries, long max) {
        this.entries = entries.executor(Runnable::run).build();
        this.max = max;
    }

    /**
     * Entries that go when they have not been used for this time, as those of images that are not watched any more.
     *
     * @param bytes about how much memory an entry takes
     */
    public static <K, V> Kept<K, V> sinceUse(Duration time, int bytes) {
        return new Kept<>(Caffeine.newBuilder().expireAfterAccess(time), SHARE / bytes);
    }

    /** Entries that go after this time. */
    public static <K, V> Kept<K, V> sinceWrite(Duration time, int bytes, Clock clock) {
        Instant start = clock.instant();
        return new Kept<>(
                Caffeine.newBuilder()
                        .expireAfterWrite(time)
                        .ticker(() -> Duration.between(start, clock.instant()).toNanos()),
                SHARE / bytes);
    }

    /** For at most so many entries. */
    static <K, V> Kept<K, V> atMost(long entries) {
        return new Kept<>(Caffeine.newBuilder(), entries);
    }

    @CheckForNull
    public V get(K key) {
        return entries.getIfPresent(key);
    }

    /** Keeps a value in place of the one before, or as a new one if there is room. */
    public void put(K key, V value) {
        if (entries.asMap().replace(key, value) == null && hasRoom()) {
            entries.put(key, value);
        }
    }

    public void putIfAbsent(K key, V value) {
        if (hasRoom()) {
            entries.asMap().putIfAbsent(key, value);
        }
    }

    public void remove(K key) {
        entries.invalidate(key);
    }

    public boolean isEmpty() {
        return entries.estimatedSize() == 0;
    }

    /** All entries as they are now. Looking at them is not a use. */
    public Map<K, V> copy() {
        return new HashMap<>(entries.asMap());
    }

    private boolean hasRoom() {
        if (entries.estimatedSize() < max) {
            return true;
        }
        // Without those whose time is over.
        entries.cleanUp();
        return entries.estimatedSize() < max;
    }
}
