package io.jenkins.plugins.imageupdate.registry.auth;

import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.auth.google.ServiceAccountKey;
import io.jenkins.plugins.imageupdate.registry.http.TlsSettings;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Secrets in what is printed of the objects that hold them, and in what is said of broken ones. */
public final class SecretAttacks {
    public static final String CANARY = "printed-canary-88ab";
    public static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", CANARY);
    private static final String BODY =
            LoopbackCertificate.privatePem().lines().skip(3).findFirst().orElseThrow();

    public static final List<Attack> ROWS = List.of(
            printed("user and password", () -> Authentications.ofUserPassword("id", "robot", CANARY)),
            printed("a key that is sent", () -> Authentications.ofSecret("id", KEY)),
            printed("a key that signs", () -> Authentications.signedLocally(Authentications.ofSecret("id", KEY))),
            printed("an access token", () -> Authentications.ofSecret("id", CANARY)),
            printed("a key file", () -> ServiceAccountKey.parse(KEY)),
            printed("a token", () -> new Token(CANARY, Instant.EPOCH)),
            printed("a token in the cache", () -> new TokenCache.Cached(new Token(CANARY, Instant.EPOCH), true)),
            printed("what is sent", () -> new Authorizer.Authorization("Bearer " + CANARY, true, true)),
            printed(
                    "an answer",
                    () -> new Response(
                            URI.create("https://a.example/?" + CANARY),
                            200,
                            HttpHeaders.of(Map.of("X", List.of(CANARY)), (name, value) -> true),
                            CANARY.getBytes(StandardCharsets.UTF_8))),
            printed("TLS settings", () -> new TlsSettings(null, LoopbackCertificate.store(), CANARY.toCharArray())),
            printed(
                    "a login's fingerprint",
                    () -> Authentications.ofUserPassword("id", "robot", CANARY).fingerprint()),
            refused("a key that breaks off", () -> ServiceAccountKey.parse(KEY.substring(0, KEY.length() - 5))),
            refused("a key without account", () -> ServiceAccountKey.parse(KEY.replace("client_email", "x"))),
            refused("a damaged private key", () -> ServiceAccountKey.parse(KEY.replace("MII", "!!!"))),
            refused("a login without user", () -> Authentications.ofUserPassword("id", "", CANARY)),
            refused("a token of two words", () -> Authentications.ofSecret("id", CANARY + " " + CANARY)),
            refused(
                    "a client certificate with another password",
                    () -> new TlsSettings(null, LoopbackCertificate.store(), CANARY.toCharArray()).sslContext()));

    private SecretAttacks() {}

    public static Attack printed(String what, Callable<Object> holder) {
        return new Attack(
                "a secret in a log",
                "printing " + what,
                "the secret is not in it",
                () -> withoutSecret(String.valueOf(holder.call())));
    }

    private static Attack refused(String what, Callable<Object> maker) {
        return new Attack("a secret in an error", what, "the secret is not in it", () -> {
            try {
                return "taken: " + maker.call().getClass();
            } catch (IllegalArgumentException e) {
                StringBuilder all = new StringBuilder();
                for (Throwable t = e; t != null; t = t.getCause()) {
                    all.append(t).append('\n');
                }
                return withoutSecret(all.toString());
            }
        });
    }

    private static String withoutSecret(String text) {
        boolean holds = text.contains(CANARY)
                || text.contains(BODY)
                || ServiceAccountKeys.privateKey().lines().skip(1).limit(5).anyMatch(text::contains);
        return holds ? "it is: " + text : "the secret is not in it";
    }
}
