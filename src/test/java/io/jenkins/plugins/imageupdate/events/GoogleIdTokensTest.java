package io.jenkins.plugins.imageupdate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.events.GoogleIdTokens.Verdict;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.FakeGoogleKeys;
import io.jenkins.plugins.imageupdate.testing.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only tokens that Google signed for this source and this account are taken. */
class GoogleIdTokensTest {
    private static final String AUDIENCE = "https://jenkins.example.com/image-update-events/google";
    private static final String ACCOUNT = "push@p.iam.gserviceaccount.com";

    private final FakeGoogleKeys google = FakeGoogleKeys.start();
    private final TestClock clock = new TestClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final GoogleIdTokens tokens = new GoogleIdTokens(
            new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), clock), URI.create(google.address()));

    @AfterEach
    void stop() {
        google.close();
    }

    private static ObjectNode claims() {
        return FakeGoogleKeys.claims(AUDIENCE, ACCOUNT);
    }

    private static ObjectNode claims(Consumer<ObjectNode> change) {
        ObjectNode claims = claims();
        change.accept(claims);
        return claims;
    }

    /** Asks again while Google's keys are fetched. */
    private Verdict judge(String token) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Verdict verdict = tokens.judge(token, AUDIENCE, ACCOUNT);
        while (verdict == Verdict.NOT_YET) {
            assertTrue(System.nanoTime() < deadline, "the keys did not come");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            verdict = tokens.judge(token, AUDIENCE, ACCOUNT);
        }
        return verdict;
    }

    @Test
    void aTokenOfTheAccountForThisSourceIsGenuine() {
        assertEquals(
                Verdict.NOT_YET, tokens.judge(google.sign(claims()), AUDIENCE, ACCOUNT), "no thread waits for keys");
        assertEquals(Verdict.GENUINE, judge(google.sign(claims())));
        assertEquals(Verdict.GENUINE, judge(google.sign(claims(c -> c.put("iss", "accounts.google.com")))));
        assertEquals(1, google.requests().size(), "the keys are fetched once");
    }

    @Test
    void anyOtherAudienceIssuerAccountOrTimeIsRefused() {
        long now = Instant.now().getEpochSecond();
        for (Consumer<ObjectNode> change : List.<Consumer<ObjectNode>>of(
                c -> c.put("aud", "https://jenkins.example.com/image-update-events/other"),
                c -> c.remove("aud"),
                c -> c.put("iss", "https://accounts.google.com.evil.example"),
                c -> c.remove("iss"),
                c -> c.put("email", "other@p.iam.gserviceaccount.com"),
                c -> c.put("email", ACCOUNT.toUpperCase(Locale.ROOT)),
                c -> c.remove("email"),
                c -> c.put("email_verified", false),
                c -> c.put("email_verified", "true"),
                c -> c.remove("email_verified"),
                c -> c.put("exp", now - 120),
                c -> c.remove("exp"),
                c -> c.put("nbf", now + 600))) {
            ObjectNode claims = claims(change);
            assertEquals(Verdict.REFUSED, judge(google.sign(claims)), claims::toString);
        }
    }

    @Test
    void forgedSignaturesAreRefused() throws GeneralSecurityException {
        String good = google.sign(claims());
        String unsigned = FakeGoogleKeys.unsigned(google.header("none"), claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(google.publicKey(), "HmacSHA256"));
        String confused = FakeGoogleKeys.unsigned(google.header("HS256"), claims());
        String signature = FakeGoogleKeys.encode(mac.doFinal(confused.getBytes(StandardCharsets.US_ASCII)));
        ObjectNode criticalHeader = google.header("RS256");
        criticalHeader.putArray("crit").add("x");
        for (String token : List.of(
                unsigned + ".",
                unsigned,
                unsigned + "." + good.substring(good.lastIndexOf('.') + 1),
                confused + "." + signature,
                FakeGoogleKeys.sign(google.header("RS256"), claims(), FakeGoogleKeys.pair()),
                good.substring(0, good.length() - 8) + "AAAAAAAA",
                good.substring(0, good.lastIndexOf('.') + 1),
                FakeGoogleKeys.unsigned(google.header("RS256"), claims(c -> c.put("sub", "x")))
                        + good.substring(good.lastIndexOf('.')),
                "",
                "..",
                "a.b.c",
                "x".repeat(10_000))) {
            assertEquals(Verdict.REFUSED, judge(token), token);
        }
    }

    @Test
    void aNewKeyOfGoogleIsFetchedButNotMoreOftenThanOnceAMinute() {
        assertEquals(Verdict.GENUINE, judge(google.sign(claims())));
        google.rotate();
        assertEquals(Verdict.REFUSED, judge(google.sign(claims())), "the keys were fetched a moment ago");
        assertEquals(1, google.requests().size());
        clock.advance(Duration.ofSeconds(61));
        assertEquals(Verdict.GENUINE, judge(google.sign(claims())));
        assertEquals(2, google.requests().size());
        ObjectNode unknown = google.header("RS256").put("kid", "key-of-an-attacker");
        String forged = FakeGoogleKeys.sign(unknown, claims(), FakeGoogleKeys.pair());
        for (int i = 0; i < 100; i++) {
            assertEquals(Verdict.REFUSED, judge(forged));
        }
        assertEquals(2, google.requests().size());
    }
}
