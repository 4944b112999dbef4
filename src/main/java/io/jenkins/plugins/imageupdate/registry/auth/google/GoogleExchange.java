package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.auth.Token;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** The three exchanges that end in an access token of Google. Each is sent once, to Google's own address only. */
final class GoogleExchange {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpTransport transport;
    private final GoogleEndpoints endpoints;

    GoogleExchange(HttpTransport transport, GoogleEndpoints endpoints) {
        this.transport = transport;
        this.endpoints = endpoints;
    }

    /** A service account's own signature for its access token (RFC 7523, section 2.1). */
    CompletableFuture<Token> assertion(JwtSigner signer, Instant deadline) {
        String assertion = signer.assertion(endpoints.scope(), transport.clock().instant());
        Map<String, String> form =
                Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion);
        return post(GoogleService.TOKEN_SERVER, endpoints.oauth(), Map.of("Content-Type", FORM), form(form), deadline)
                .thenApply(this::oauthToken);
    }

    /**
     * A token of another identity provider.
     *
     * @param audience the provider in the pool
     * @param type of the token, an URN of RFC 8693
     * @param value the token, a secret
     */
    record Subject(String audience, String type, String value) {
        @Override
        public String toString() {
            return "Subject[" + audience + "]";
        }
    }

    /**
     * The access token of a federated identity, or of the service account that it borrows.
     *
     * @param account email of that service account, null for none
     * @param life how long its token is to be good
     */
    CompletableFuture<Token> federated(Subject subject, @CheckForNull String account, Duration life, Instant deadline) {
        return account == null
                ? own(subject, endpoints.scope(), deadline)
                : own(subject, GoogleEndpoints.BORROWING_SCOPE, deadline)
                        .thenCompose(token -> borrowed(account, life, token, deadline));
    }

    /** Another provider's token for one of Google (RFC 8693; Google, "Security Token Service API", method token). */
    private CompletableFuture<Token> own(Subject subject, String scope, Instant deadline) {
        Map<String, String> form = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "requested_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "audience",
                subject.audience(),
                "scope",
                scope,
                "subject_token_type",
                subject.type(),
                "subject_token",
                subject.value());
        return post(
                        GoogleService.SECURITY_TOKEN_SERVICE,
                        endpoints.sts(),
                        Map.of("Content-Type", FORM),
                        form(form),
                        deadline)
                .thenApply(this::oauthToken);
    }

    /** A service account's access token for a caller that may borrow the account (method generateAccessToken). */
    private CompletableFuture<Token> borrowed(String account, Duration life, Token caller, Instant deadline) {
        URI uri = endpoints.iam().resolve("/v1/projects/-/serviceAccounts/" + account + ":generateAccessToken");
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("lifetime", life.toSeconds() + "s");
        request.putArray("scope").add(endpoints.scope());
        Map<String, String> headers =
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + caller.value());
        return post(GoogleService.IAM_CREDENTIALS, uri, headers, Json.write(request), deadline)
                .thenApply(answer -> read(() -> GoogleTokenReader.borrowed(answer, now())));
    }

    private CompletableFuture<Response> post(
            GoogleService service, URI uri, Map<String, String> headers, String body, Instant deadline) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Accept", "application/json");
        return transport
                .once(new Request(GoogleEndpoints.registry(uri), "POST", uri, all, deadline), body)
                .handle((answer, thrown) -> {
                    if (thrown != null) {
                        throw new CompletionException(GoogleRefusal.noAnswer(service, thrown));
                    }
                    if (answer.status() != 200) {
                        throw new CompletionException(GoogleRefusal.of(service, answer, transport.clock()));
                    }
                    return answer;
                });
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Token oauthToken(Response answer) {
        return read(() -> GoogleTokenReader.oauth(answer, now()));
    }

    private Instant now() {
        return transport.clock().instant();
    }

    @FunctionalInterface
    private interface Reader {
        Token read() throws RegistryException;
    }

    private static Token read(Reader reader) {
        try {
            return reader.read();
        } catch (RegistryException e) {
            throw new CompletionException(e);
        }
    }
}
