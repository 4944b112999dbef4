package io.jenkins.plugins.imageupdate.testing;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opaque tokens, each good for one repository until it expires. All begin alike, so that {@link CanaryWatch} knows them. */
final class GcrTokens {
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BEGINNING = Canaries.plant("a registry's token", random());

    private final List<GcrFront.IssuedToken> issued = new ArrayList<>();
    private final Map<String, GcrFront.IssuedToken> valid = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private Duration life = Duration.ofHours(1);

    private static String random() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return Base64.getUrlEncoder().encodeToString(secret);
    }

    synchronized void clock(Clock other) {
        clock = other;
    }

    synchronized void life(Duration duration) {
        life = duration;
    }

    synchronized GcrFront.IssuedToken issue(String repository, String user) {
        Instant now = clock.instant();
        GcrFront.IssuedToken token =
                new GcrFront.IssuedToken(BEGINNING + random(), repository, user, now, now.plus(life));
        issued.add(token);
        valid.put(token.value(), token);
        return token;
    }

    /** The token of this value, unless it was never issued, has expired or was forgotten. */
    synchronized Optional<GcrFront.IssuedToken> find(String value) {
        return Optional.ofNullable(valid.get(value))
                .filter(token -> clock.instant().isBefore(token.expiresAt()));
    }

    synchronized void forgetAll() {
        valid.clear();
    }

    synchronized List<GcrFront.IssuedToken> issued() {
        return List.copyOf(issued);
    }
}
