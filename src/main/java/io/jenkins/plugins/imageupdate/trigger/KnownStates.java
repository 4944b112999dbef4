package io.jenkins.plugins.imageupdate.trigger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.watch.WatchedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The ledgers as pages read them, each again only if its file is another one: a table of all jobs would else parse thousands of them.
 * Ledgers are written as new files in the old one's place, so that each has its own key, time and size.
 */
final class KnownStates {
    private record Stamped(String stamp, Map<String, WatchedState> states) {}

    private static final Cache<Job<?, ?>, Stamped> CACHE =
            Caffeine.newBuilder().weakKeys().build();

    private KnownStates() {}

    /** By id of the image; empty for a job without a ledger. */
    static Map<String, WatchedState> of(Job<?, ?> job) throws IOException {
        Path file = UpdateLedgers.file(job).toPath();
        String stamp;
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamp = file + " " + attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        Stamped known = CACHE.getIfPresent(job);
        if (known != null && known.stamp().equals(stamp)) {
            return known.states();
        }
        Map<String, WatchedState> states = UpdateLedgers.update(job, ledger -> ledger.states()).stream()
                .collect(Collectors.toUnmodifiableMap(WatchedState::id, Function.identity()));
        CACHE.put(job, new Stamped(stamp, states));
        return states;
    }
}
