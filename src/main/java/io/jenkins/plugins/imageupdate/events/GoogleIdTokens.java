package io.jenkins.plugins.imageupdate.events;

import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import java.net.URI;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Verifies id tokens that Google signed, as those of Pub/Sub's push requests (OpenID Connect Core, section 3.1.3.7; Google, "Authentication for push
 * subscriptions").
 */
public final class GoogleIdTokens {
    /** Where Google publishes its keys. */
    public static final URI KEYS = URI.create("https://www.googleapis.com/oauth2/v3/certs");

    private static final Set<String> ISSUERS = Set.of("accounts.google.com", "https://accounts.google.com");
    private static final int MAX_LENGTH = 8_192;
    private static final long SKEW_SECONDS = 60;

    private final HttpTransport transport;
    private final GoogleKeys keys;

    /** What is known of a token. */
    public enum Verdict {
        GENUINE,
        REFUSED,
        /** Google's keys are not here yet, so the caller has to come again. */
        NOT_YET
    }

    /** @param address {@link #KEYS}, another one only in tests */
    public GoogleIdTokens(HttpTransport transport, URI address) {
        this.transport = transport;
        keys = new GoogleKeys(transport, address);
    }

    /**
     * Judges a token. Does not wait.
     *
     * @param audience that it must name
     * @param account email of the service account that it must be of
     */
    public Verdict judge(String token, String audience, String account) {
        if (token.isEmpty() || token.length() > MAX_LENGTH) {
            return Verdict.REFUSED;
        }
        if (!keys.here()) {
            return Verdict.NOT_YET;
        }
        AtomicBoolean unknown = new AtomicBoolean();
        try {
            Claims claims = Jwts.parser()
                    .json(new JwtJson())
                    .sig()
                    .clear()
                    .add(Jwts.SIG.RS256)
                    .and()
                    .keyLocator(header -> {
                        var key = keys.find(String.valueOf(header.get("kid")));
                        unknown.set(key == null);
                        return key;
                    })
                    .requireAudience(audience)
                    .clock(() -> Date.from(transport.clock().instant()))
                    .clockSkewSeconds(SKEW_SECONDS)
                    .build()
                    .parseSignedClaims(token)
                    .getPayload();
            return genuine(claims, account) ? Verdict.GENUINE : Verdict.REFUSED;
        } catch (JwtException | IllegalArgumentException e) {
            // A key that Google has made since.
            return unknown.get() && keys.fetch() ? Verdict.NOT_YET : Verdict.REFUSED;
        }
    }

    /** The signature, the audience and a time that has not passed are checked already. */
    private static boolean genuine(Claims claims, String account) {
        return ISSUERS.contains(String.valueOf(claims.getIssuer()))
                && account.equals(claims.get("email"))
                && Boolean.TRUE.equals(claims.get("email_verified"))
                && claims.getExpiration() != null;
    }
}
