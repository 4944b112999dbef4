package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ModelObject;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;

/** Tracks credentials that are used again and again: once a day each, since every tracking writes a file. */
final class UsageTracking {
    private static final Cache<List<String>, Boolean> TRACKED = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofDays(1))
            .maximumSize(100_000)
            .build();

    private UsageTracking() {}

    /** @param user an item or the controller */
    static void track(ModelObject user, @CheckForNull IdCredentials credentials) {
        if (credentials == null) {
            return;
        }
        String name = user instanceof Item item ? item.getFullName() : "";
        if (TRACKED.asMap().putIfAbsent(List.of(name, credentials.getId()), true) != null) {
            return;
        }
        if (user instanceof Item item) {
            CredentialsProvider.track(item, credentials);
        } else {
            CredentialsProvider.track((hudson.model.Node) Jenkins.get(), credentials);
        }
    }
}
