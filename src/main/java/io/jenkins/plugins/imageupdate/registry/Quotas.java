package io.jenkins.plugins.imageupdate.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The rate limit that each registry was last heard to speak of. */
final class Quotas {
    private static final int MAX_HOSTS = 1_000;

    private final Cache<String, HeardQuota> byHost =
            Caffeine.newBuilder().maximumSize(MAX_HOSTS).build();

    private final Clock clock;

    Quotas(Clock clock) {
        this.clock = clock;
    }

    /** Takes what an answer says, if it is the registry's own: token servers and storage hosts count for themselves. */
    void note(RegistryEndpoint endpoint, Answer answer) {
        Instant now = clock.instant();
        Quota said = endpoint.has(answer.uri()) ? Quota.of(answer.headers(), now) : null;
        if (said != null) {
            byHost.put(endpoint.host(), new HeardQuota(said, now));
        }
    }

    /** Null once the limit is renewed: nobody knows what is left then. */
    @CheckForNull
    HeardQuota of(String host) {
        HeardQuota heard = byHost.getIfPresent(host);
        if (heard == null) {
            return null;
        }
        Quota quota = heard.quota();
        Instant ends = quota.renews();
        if (ends == null && quota.windowSeconds() >= 0) {
            ends = heard.at().plus(Duration.ofSeconds(quota.windowSeconds()));
        }
        return ends != null && clock.instant().isAfter(ends) ? null : heard;
    }
}
