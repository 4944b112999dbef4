package io.jenkins.plugins.imageupdate.registry.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The last {@link Quota} of each registry. */
final class Quotas {
    private static final int MAX_HOSTS = 1_000;

    private final Cache<String, Quota> byHost =
            Caffeine.newBuilder().maximumSize(MAX_HOSTS).build();

    private final Clock clock;

    Quotas(Clock clock) {
        this.clock = clock;
    }

    /** Takes the quota of a response that comes from the registry itself: token servers and storage hosts have their own. */
    void note(RegistryEndpoint endpoint, Response response) {
        Quota said = endpoint.has(response.uri()) ? Quota.of(response.headers(), clock.instant()) : null;
        if (said != null) {
            byHost.put(endpoint.host(), said);
        }
    }

    /** Null if none was heard, or if it has been renewed since: what is left then is not known. */
    @CheckForNull
    Quota of(String host) {
        Quota quota = byHost.getIfPresent(host);
        if (quota == null) {
            return null;
        }
        Instant ends = quota.renews();
        if (ends == null && quota.windowSeconds() >= 0) {
            ends = quota.heard().plus(Duration.ofSeconds(quota.windowSeconds()));
        }
        return ends != null && clock.instant().isAfter(ends) ? null : quota;
    }
}
