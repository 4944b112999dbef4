package io.jenkins.plugins.imageupdate.registry.auth.google;

import static io.jenkins.plugins.imageupdate.fuzz.Promise.discreet;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.equal;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.kept;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.imageupdate.fuzz.FuzzTarget;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.util.Map;

/** The parsers of this package under fuzzing. */
public final class GoogleFuzz {
    /** In a seed, where a private key is: no key is kept with the sources. */
    private static final String PRIVATE = "@PRIVATE_KEY@";

    private GoogleFuzz() {}

    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "service-account-key", GoogleFuzz::serviceAccountKey, "external-account", GoogleFuzz::externalAccount);
    }

    /** A key in its normal form is read as the same; what is wrong is said without repeating any of it. */
    private static void serviceAccountKey(byte[] input) {
        String escaped = JsonNodeFactory.instance
                .textNode(ServiceAccountKeys.privateKey())
                .toString();
        String text = text(input).replace(PRIVATE, escaped.substring(1, escaped.length() - 1));
        ServiceAccountKey.looksLikeKey(text);
        try {
            ServiceAccountKey key = ServiceAccountKey.parse(text);
            equal(key, ServiceAccountKey.parse(key.json()));
            kept(ServiceAccountKey.looksLikeKey(key.json()), () -> "a key that does not look like one");
            equal("ServiceAccountKey[" + key.clientEmail() + "]", key.toString());
            JwtSigner.of(key);
        } catch (IllegalArgumentException e) {
            discreet(e.getMessage());
        }
        try {
            Authentications.ofSecret("id", text);
        } catch (IllegalArgumentException e) {
            discreet(e.getMessage());
        }
    }

    private static void externalAccount(byte[] input) {
        try {
            ExternalAccount.parse(Json.read(input));
        } catch (IllegalArgumentException e) {
            discreet(e.getMessage());
        }
    }
}
