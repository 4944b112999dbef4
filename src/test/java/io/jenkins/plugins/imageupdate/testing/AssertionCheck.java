package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/** Judges assertions as Google's token server does: known account, RS256 signature, audience, an hour at most, the present time. */
final class AssertionCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AUDIENCE = "https://oauth2.googleapis.com/token";
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Set<String> accounts = new HashSet<>();

    void know(String account) {
        accounts.add(account);
    }

    /** Google's words, empty for an assertion that is accepted. */
    String refusal(String grantType, String assertion, Instant now) throws IOException {
        String[] parts = assertion.split("\\.");
        if (!grantType.equals("urn:ietf:params:oauth:grant-type:jwt-bearer") || parts.length != 3) {
            return "Bad Request";
        }
        JsonNode header = JSON.readTree(decode(parts[0]));
        JsonNode claims = JSON.readTree(decode(parts[1]));
        if (!accounts.contains(claims.path("iss").asText())) {
            return "Invalid grant: account not found";
        }
        if (!header.path("alg").asText().equals("RS256") || !signed(parts)) {
            return "Invalid JWT Signature.";
        }
        if (!claims.path("aud").asText().equals(AUDIENCE)) {
            return "Invalid JWT: Failed audience check.";
        }
        Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
        Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
        boolean present = issued.isBefore(now.plus(SKEW)) && expires.isAfter(now);
        if (!present || Duration.between(issued, expires).compareTo(Duration.ofHours(1)) > 0) {
            return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
                    + " Check your iat and exp values in the JWT claim.";
        }
        return claims.path("scope").asText().isEmpty() ? "Empty or missing scope not allowed." : "";
    }

    private static boolean signed(String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(ServiceAccountKeys.publicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
