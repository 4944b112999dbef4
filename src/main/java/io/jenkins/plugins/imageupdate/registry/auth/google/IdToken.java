package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An id token of OpenID Connect, a JSON Web Token (RFC 7519), that Google's Security Token Service exchanges: its audience is the provider
 * of a workload identity pool. Its signature is not checked here: Google checks it.
 *
 * @param value a secret
 * @param audience the provider's full name, {@code //iam.googleapis.com/projects/…}, as the exchange wants it
 * @param pool the pool's id
 * @param provider the provider's id
 * @param issuer who signed it, as it says
 * @param end null if it does not say
 */
public record IdToken(
        String value,
        String audience,
        String pool,
        String provider,
        String issuer,
        @CheckForNull Instant end) {
    static final String TYPE = "urn:ietf:params:oauth:token-type:jwt";

    private static final int MAX_LENGTH = 64 * 1024;

    /** With or without the scheme (Google, "REST Resource: projects.locations.workloadIdentityPools.providers", allowedAudiences). */
    private static final Pattern PROVIDER =
            Pattern.compile("(?:https:)?(//iam\\.googleapis\\.com/projects/[0-9a-z-]{1,40}"
                    + "/locations/global/workloadIdentityPools/([a-z0-9-]{1,40})/providers/([a-z0-9-]{1,40}))");

    private static final String WANTED = "https://iam.googleapis.com/projects/NUMBER/locations/global"
            + "/workloadIdentityPools/POOL/providers/PROVIDER";

    /** Whether a text is a JSON Web Token, signed (three parts) or encrypted (five). Google's access tokens are not. */
    public static boolean looksLikeOne(String text) {
        String[] parts = parts(text);
        return (parts.length == 3 || parts.length == 5)
                && !Json.text(part(parts[0]), "alg").isEmpty();
    }

    /** An {@link IllegalArgumentException} says what the token is and what is wanted; it repeats audience and issuer only. */
    public static IdToken parse(String text, Instant now) {
        String[] parts = parts(text);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "it is an encrypted JSON Web Token; Google's registries take a signed one for the audience "
                            + WANTED);
        }
        JsonNode claims = part(parts[1]);
        String issuer = Printable.of(Json.text(claims, "iss"));
        String from = issuer.isEmpty() ? "" : " (issuer \"" + issuer + "\")";
        List<String> audiences = audiences(claims.path("aud"));
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException(
                    "it is a JSON Web Token without an audience; enter as the credential's audience " + WANTED + from);
        }
        Matcher provider = audiences.stream()
                .map(PROVIDER::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is a JSON Web Token for the audience \""
                        + Printable.of(String.join("\", \"", audiences)) + "\"; Google's registries take one for "
                        + WANTED
                        + from));
        JsonNode end = claims.path("exp");
        Instant ends = end.isNumber() && end.canConvertToInt() ? Instant.ofEpochSecond(end.asLong()) : null;
        if (ends != null && !ends.isAfter(now)) {
            throw new IllegalArgumentException("the id token expired at " + ends
                    + "; use a credential that makes a new one each time, such as the OpenID Connect id token of the"
                    + " OpenID Connect Provider plugin" + from);
        }
        return new IdToken(text.strip(), provider.group(1), provider.group(2), provider.group(3), issuer, ends);
    }

    private static List<String> audiences(JsonNode claim) {
        List<String> audiences = new ArrayList<>();
        (claim.isArray() ? claim : List.of(claim)).forEach(one -> {
            if (one.isTextual() && !one.textValue().isBlank()) {
                audiences.add(one.textValue());
            }
        });
        return audiences;
    }

    private static String[] parts(String text) {
        return text.length() > MAX_LENGTH ? new String[0] : text.strip().split("\\.", -1);
    }

    private static JsonNode part(String encoded) {
        try {
            return Json.read(Base64.getUrlDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            return Json.read(new byte[0]);
        }
    }

    @Override
    public String toString() {
        return "IdToken[" + audience + "]";
    }
}
