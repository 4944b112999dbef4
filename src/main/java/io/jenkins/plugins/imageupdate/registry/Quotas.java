package io.jenkins.plugins.imageupdate.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;

/** The rate limit that each registry was last heard to speak of. */
final class Quotas {
    private static final int MAX_HOSTS = 1_000;

    private final Cache<String, Quota> byHost =
            Caffeine.newBuilder().maximumSize(MAX_HOSTS).build();

    /** Takes what an answer says, if it is the registry's own: token servers and storage hosts count for themselves. */
    void note(RegistryEndpoint endpoint, Answer answer) {
        Quota said = endpoint.has(answer.uri()) ? Quota.of(answer.headers()) : null;
        if (said != null) {
            byHost.put(endpoint.host(), said);
        }
    }

    @CheckForNull
    Quota of(String host) {
        return byHost.getIfPresent(host);
    }
}
