package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /v2/token?service=…&scope=repository:<path>:pull} as gcr.io answers it (Argo CD issue 26260 has such a request). Not
 * documented, and so only assumed here: the status for a scope that is missing, empty or repeated.
 */
final class GcrTokenEndpoint {
    private static final Pattern SCOPE = Pattern.compile("repository:([^:]+):(?:pull|pull,push|push,pull)");
    private static final String ANONYMOUS = "";

    private final GcrAccounts accounts;
    private final GcrTokens tokens;

    GcrTokenEndpoint(GcrAccounts accounts, GcrTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    Reply handle(RecordedRequest request) {
        if (!request.isGet()) {
            return Reply.error(405, "UNSUPPORTED", "The operation is unsupported.");
        }
        List<String> scopes = request.parameters("scope").toList();
        Matcher scope = SCOPE.matcher(scopes.size() == 1 ? scopes.get(0) : "");
        if (!scope.matches()) {
            return GcrReplies.badScope();
        }
        String repository = scope.group(1);
        if (request.authorization().isEmpty()) {
            return accounts.isPublic(repository)
                    ? token(repository, ANONYMOUS)
                    : GcrReplies.unauthenticated(repository);
        }
        Optional<String[]> credentials = basic(request.authorization().get());
        if (credentials.isEmpty()) {
            return GcrReplies.invalidCredentials();
        }
        GcrAccounts.Account account;
        try {
            account = GcrAccounts.Account.of(credentials.get()[0], credentials.get()[1]);
        } catch (IllegalArgumentException e) {
            return GcrReplies.unparsableKey();
        }
        if (!accounts.knows(account)) {
            return GcrReplies.invalidCredentials();
        }
        return accounts.mayPull(account, repository)
                ? token(repository, credentials.get()[0])
                : GcrReplies.roleMissing(repository);
    }

    private Reply token(String repository, String user) {
        GcrFront.IssuedToken token = tokens.issue(repository, user);
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("token", token.value())
                        .put(
                                "expires_in",
                                token.expiresAt().getEpochSecond()
                                        - token.issuedAt().getEpochSecond())
                        .put("issued_at", token.issuedAt().toString()));
    }

    private static Optional<String[]> basic(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(authorization.substring(6).strip());
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? Optional.of(parts) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
