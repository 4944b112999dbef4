package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.fingerprints.ItemCredentialsFingerprintFacet;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Fingerprint;
import hudson.model.Item;
import hudson.model.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/**
 * Tracks the usage of credentials, at most once a day for each credential and job, since tracking writes a file. A credential that was
 * replaced counts as another one: it is another object with the same id.
 */
final class UsageTracking {
    private static final Duration ENOUGH = Duration.ofDays(1);

    /** By credential: the users that were recorded. */
    private static final Cache<IdCredentials, Set<String>> TRACKED =
            Caffeine.newBuilder().weakKeys().expireAfterWrite(ENOUGH).build();

    private UsageTracking() {}

    /** @param user null for the controller itself */
    static void track(@CheckForNull Item user, @CheckForNull IdCredentials credentials) {
        if (credentials != null) {
            ForeignCode.tryTo(() -> record(user, credentials));
        }
    }

    private static void record(@CheckForNull Item user, IdCredentials credentials) {
        String name = user == null ? "" : user.getFullName();
        if (!TRACKED.get(credentials, unseen -> ConcurrentHashMap.newKeySet()).add(name)) {
            return;
        }
        if (user == null) {
            CredentialsProvider.track((Node) Jenkins.get(), credentials);
        } else if (!recorded(name, credentials)) {
            CredentialsProvider.track(user, credentials);
        }
    }

    /** Whether the usage was recorded before, for providers that make a new object at each lookup. */
    private static boolean recorded(String user, IdCredentials credentials) {
        try {
            Fingerprint usage = CredentialsProvider.getFingerprintOf(credentials);
            long since = System.currentTimeMillis() - ENOUGH.toMillis();
            return usage != null
                    && usage.getFacets().stream()
                            .anyMatch(facet -> facet instanceof ItemCredentialsFingerprintFacet item
                                    && item.getItemFullName().equals(user)
                                    && item.getTimestamp() > since);
        } catch (IOException e) {
            return false;
        }
    }
}
