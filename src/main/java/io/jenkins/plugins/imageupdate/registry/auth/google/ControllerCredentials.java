package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Token;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The controller's own Google identity, found as in Google's "How Application Default Credentials works": in the file that
 * {@code GOOGLE_APPLICATION_CREDENTIALS} names, otherwise at the metadata server. A developer's login in the home folder is not used: it
 * is not an identity for a server.
 */
final class ControllerCredentials {
    private static final String VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

    private final HttpTransport transport;
    private final GoogleExchange exchange;
    private final SubjectReader subjects;
    private final MetadataServer metadata;
    private final Supplier<String> file;

    /** @param file gives the value of the environment variable, or null */
    ControllerCredentials(
            HttpTransport transport, GoogleEndpoints endpoints, GoogleExchange exchange, Supplier<String> file) {
        this.transport = transport;
        this.exchange = exchange;
        this.file = file;
        HttpTransport direct = DirectTransport.like(transport);
        subjects = new SubjectReader(transport, direct);
        metadata = new MetadataServer(direct, endpoints);
    }

    /** Read anew for every token, since files are replaced: federation's subject tokens are short-lived. */
    CompletableFuture<Token> fetch(Instant deadline) {
        String path = file.get();
        if (path == null || path.isBlank()) {
            return metadata.fetch(deadline);
        }
        return CompletableFuture.supplyAsync(() -> SmallFile.read(path), transport.executor())
                .thenCompose(text -> fetch(text, deadline))
                .handle((token, thrown) -> {
                    if (thrown != null) {
                        throw new CompletionException(failure(thrown));
                    }
                    return token;
                });
    }

    private CompletableFuture<Token> fetch(String text, Instant deadline) {
        JsonNode document = Json.read(text.getBytes(StandardCharsets.UTF_8));
        String type = Json.text(document, "type");
        return switch (type) {
            case "service_account" -> exchange.assertion(JwtSigner.of(ServiceAccountKey.parse(text)), deadline);
            case "external_account" -> federated(ExternalAccount.parse(document), deadline);
            case "authorized_user" ->
                throw new IllegalArgumentException(
                        "refused: a person's login by gcloud; use a service account's key or workload identity"
                                + " federation");
            default ->
                throw new IllegalArgumentException("its \"type\" is "
                        + (type.isEmpty() ? "missing" : "\"" + Printable.of(type) + "\"")
                        + " where \"service_account\" or \"external_account\" is expected");
        };
    }

    private CompletableFuture<Token> federated(ExternalAccount account, Instant deadline) {
        boolean borrows = account.borrowedAccount() != null;
        String scope = borrows ? GoogleEndpoints.BORROWING_SCOPE : exchange.scope();
        CompletableFuture<Token> own = subjects.read(account.source(), deadline)
                .thenCompose(subject -> exchange.federated(account, subject, scope, deadline));
        return borrows
                ? own.thenCompose(
                        token -> exchange.borrowed(account.borrowedAccount(), account.borrowedLife(), token, deadline))
                : own;
    }

    /** Paths and content of the files are not repeated, since jobs see the message. */
    private static RegistryException failure(Throwable thrown) {
        return RegistryException.unwrap(thrown) instanceof IllegalArgumentException wrong
                ? new RegistryException(
                        FailureKind.CONFIGURATION, "the file of " + VARIABLE + ": " + wrong.getMessage())
                : Diagnosis.of(thrown);
    }
}
