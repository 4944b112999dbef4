package io.jenkins.plugins.imageupdate.trigger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.watch.UpdateLedger;
import io.jenkins.plugins.imageupdate.watch.WatchedState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The ledgers as pages read them, each again only if its file is another one: a table of all jobs would else parse thousands of them.
 * Whoever reads a ledger for another reason, as every start of Jenkins does, leaves here what it says. Ledgers are written as new files
 * in the old one's place, so that each has its own key, time and size.
 */
final class KnownStates {
    private record Stamped(String stamp, Map<String, WatchedState> states) {}

    private static final Cache<Job<?, ?>, Stamped> CACHE =
            Caffeine.newBuilder().weakKeys().build();

    private KnownStates() {}

    /** By id of the image; empty for a job without a ledger. */
    static Map<String, WatchedState> of(Job<?, ?> job) throws IOException {
        String stamp = stamp(LedgerStore.file(job));
        if (stamp == null) {
            return Map.of();
        }
        Stamped known = CACHE.getIfPresent(job);
        return known != null && known.stamp().equals(stamp)
                ? known.states()
                : byId(LedgerStore.update(job, UpdateLedger::states));
    }

    /** Tells one content of a file from every other; null where there is no file. */
    @CheckForNull
    static String stamp(File file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file.toPath(), BasicFileAttributes.class);
            return file + " " + attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** @param stamp of the file whose content the ledger is; null for none */
    static void learn(Job<?, ?> job, @CheckForNull String stamp, UpdateLedger ledger) {
        Stamped known = CACHE.getIfPresent(job);
        if (stamp != null && (known == null || !known.stamp().equals(stamp))) {
            CACHE.put(job, new Stamped(stamp, byId(ledger.states())));
        }
    }

    private static Map<String, WatchedState> byId(List<WatchedState> states) {
        return states.stream().collect(Collectors.toUnmodifiableMap(WatchedState::id, Function.identity()));
    }
}
