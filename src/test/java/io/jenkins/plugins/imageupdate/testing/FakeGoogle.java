package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The services that give out Google's access tokens, on one origin: {@code POST /token} for a service account's assertion (RFC 7523),
 * {@code POST /v1/token} of the Security Token Service, {@code generateAccessToken} of the IAM Credentials API. Refusals are in the
 * words that Google's clients report of the real ones.
 */
public final class FakeGoogle extends LoopbackServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = Canaries.plant("an access token", "ya29.issued-by-google-");
    private static final String BORROW = "/v1/projects/-/serviceAccounts/";

    private final AssertionCheck assertions = new AssertionCheck();
    private final Set<String> subjects = new HashSet<>();
    private final Map<String, PublicKey> providers = new HashMap<>();
    private final Set<String> lent = new HashSet<>();
    private final List<String> issued = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private Duration life = Duration.ofSeconds(3599);
    private Clock clock = Clock.systemUTC();

    /** @param tls null for plain HTTP */
    private FakeGoogle(SSLContext tls) {
        super(tls);
    }

    public static FakeGoogle start() {
        return start(null);
    }

    /** @param tls null for plain HTTP */
    public static FakeGoogle start(SSLContext tls) {
        FakeGoogle google = new FakeGoogle(tls);
        google.open();
        return google;
    }

    /** Makes a service account known, with the key of {@link ServiceAccountKeys}. */
    public synchronized void know(String account) {
        assertions.know(account);
    }

    /** Makes another provider's token one that is exchanged. */
    public synchronized void trust(String subject) {
        subjects.add(subject);
    }

    /**
     * Makes a provider of a workload identity pool known.
     *
     * @param provider its full name, {@code //iam.googleapis.com/projects/…}
     * @param issuersKey verifies the issuer's signatures
     */
    public synchronized void knowProvider(String provider, PublicKey issuersKey) {
        providers.put(provider, issuersKey);
    }

    /** Lets federated identities borrow this service account. Until one is lent, all are. */
    public synchronized void lend(String account) {
        lent.add(account);
    }

    public synchronized void tokenLife(Duration newLife) {
        life = newLife;
    }

    /** By which assertions are judged. */
    public synchronized void clock(Clock newClock) {
        clock = newClock;
    }

    /** The tokens given out, oldest first; they are {@code ya29.issued-by-google-1}, {@code ya29.issued-by-google-2} and so on. */
    public synchronized List<String> issued() {
        return List.copyOf(issued);
    }

    /** What was posted, oldest first. */
    public synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** A field of a form that was posted, decoded; empty when it is missing. */
    public static String field(String form, String name) {
        return new RecordedRequest("POST", URI.create("/?" + form), Map.of())
                .parameter(name)
                .orElse("");
    }

    @Override
    synchronized Reply handle(RecordedRequest request, InputStream body) throws IOException {
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        bodies.add(text);
        if (!request.method().equals("POST")) {
            return Reply.of(405);
        }
        if (request.path().equals("/token")) {
            String refusal = assertions.refusal(field(text, "grant_type"), field(text, "assertion"), clock.instant());
            return refusal.isEmpty() ? granted() : refused("invalid_grant", refusal);
        }
        if (request.path().equals("/v1/token")) {
            return exchanged(text);
        }
        return request.path().startsWith(BORROW) ? borrowed(request, JSON.readTree(text)) : Reply.of(404);
    }

    private Reply exchanged(String form) throws IOException {
        String subject = field(form, "subject_token");
        String audience = field(form, "audience");
        if (subjects.contains(subject)) {
            return granted();
        }
        PublicKey key = providers.get(audience);
        if (key == null && !providers.isEmpty()) {
            return refused("invalid_target", "The target service indicated by the \"audience\" parameters is invalid.");
        }
        JsonNode claims = key == null ? JSON.missingNode() : IdTokens.verified(subject, key);
        JsonNode named = claims.path("aud").isArray() ? claims.path("aud").path(0) : claims.path("aud");
        boolean valid = named.asText().endsWith(audience)
                && claims.path("exp").asLong() > clock.instant().getEpochSecond();
        return valid ? granted() : refused("invalid_grant", "The given credential is rejected by the issuer.");
    }

    private Reply granted() {
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", issue())
                        .put("expires_in", life.toSeconds())
                        .put("token_type", "Bearer"));
    }

    private Reply borrowed(RecordedRequest request, JsonNode body) {
        String bearer = request.authorization().orElse("").replace("Bearer ", "");
        if (!issued.contains(bearer) || !body.path("scope").isArray()) {
            return apiRefused(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }
        String account = request.path().substring(BORROW.length()).replace(":generateAccessToken", "");
        if (!lent.isEmpty() && !lent.contains(account)) {
            return apiRefused(
                    403,
                    "PERMISSION_DENIED",
                    "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).");
        }
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("accessToken", issue())
                        .put("expireTime", clock.instant().plus(life).toString()));
    }

    private String issue() {
        issued.add(TOKEN + (issued.size() + 1));
        return issued.get(issued.size() - 1);
    }

    /** A refusal as Google's token servers word it (RFC 6749, section 5.2). */
    public static Reply refused(String error, String description) {
        return Reply.json(
                400, JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description));
    }

    /** A refusal as Google's APIs word it. */
    public static Reply apiRefused(int code, String status, String message) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("error").put("code", code).put("message", message).put("status", status);
        return Reply.json(code, document);
    }
}
