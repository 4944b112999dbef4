package io.jenkins.plugins.imageupdate.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Logger;

/**
 * The public keys by which Google signs id tokens, as a JWK set (RFC 7517). They are fetched in the background, at most once a minute. Google changes
 * them every few days, and publishes a new key before it signs with it.
 */
final class GoogleKeys {
    private static final Logger LOGGER = Logger.getLogger(GoogleKeys.class.getName());
    private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);
    private static final Duration FRESH = Duration.ofHours(6);

    /** A key that Google has withdrawn is not trusted for longer than this. */
    private static final Duration GOOD = Duration.ofHours(24);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpTransport transport;
    private final URI address;
    private Map<String, Key> byId = Map.of();
    private Instant fetched = Instant.EPOCH;
    private Instant asked = Instant.EPOCH;
    private boolean fetching;

    GoogleKeys(HttpTransport transport, URI address) {
        this.transport = transport;
        this.address = address;
    }

    /** Whether there are keys. If not, or if they are old, they are fetched. */
    synchronized boolean here() {
        Instant now = transport.clock().instant();
        if (fetched.plus(FRESH).isBefore(now)) {
            fetch();
        }
        return fetched.plus(GOOD).isAfter(now);
    }

    /** Null if no key has this id. */
    @CheckForNull
    synchronized Key find(String id) {
        return byId.get(id);
    }

    /** Fetches the keys. Returns whether they are under way: not if they were fetched a moment ago. */
    synchronized boolean fetch() {
        Instant now = transport.clock().instant();
        if (fetching || asked.plus(BETWEEN_FETCHES).isAfter(now)) {
            return fetching;
        }
        fetching = true;
        asked = now;
        RegistryEndpoint usual = RegistryEndpoint.of(address.getAuthority());
        RegistryEndpoint endpoint = new RegistryEndpoint(
                usual.host(), "http".equals(address.getScheme()), usual.timeout(), usual.parallel(), false);
        transport
                .once(Request.get(endpoint, address, Map.of("Accept", "application/json"), now.plus(TIMEOUT)), null)
                .whenComplete((answer, thrown) -> {
                    if (!keep(thrown == null ? answer : null)) {
                        LOGGER.warning("Google's keys for push events cannot be read from " + address.getHost());
                    }
                });
        return true;
    }

    /** Returns false without keys: the old ones stay. */
    private synchronized boolean keep(@CheckForNull Response answer) {
        fetching = false;
        Map<String, Key> keys = answer != null && answer.status() == 200 ? read(answer.body()) : Map.of();
        if (keys.isEmpty()) {
            return false;
        }
        byId = keys;
        fetched = transport.clock().instant();
        return true;
    }

    private static Map<String, Key> read(byte[] body) {
        Map<String, Key> keys = new HashMap<>();
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            for (Jwk<?> jwk : Jwks.setParser().json(new JwtJson()).build().parse(text)) {
                if (jwk.toKey() instanceof RSAPublicKey key && jwk.getId() != null) {
                    keys.put(jwk.getId(), key);
                }
            }
        } catch (JwtException | IllegalArgumentException e) {
            return Map.of();
        }
        return keys;
    }
}
