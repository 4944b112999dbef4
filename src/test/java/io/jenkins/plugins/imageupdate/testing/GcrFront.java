package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Authenticates as gcr.io does, on one origin with the registry it stands in front of: a challenge without scope (containerd issue
 * 4379), a token endpoint for Google's user names, tokens that are good for exactly one repository (Keel issue 190).
 */
public final class GcrFront extends LoopbackServer {
    /** @param user the user that signed in, empty for an anonymous request */
    public record IssuedToken(String value, String repository, String user, Instant issuedAt, Instant expiresAt) {}

    private static final String BEARER = "Bearer ";

    private final Upstream upstream;
    private volatile boolean accessTokensTaken;
    private final GcrAccounts accounts = new GcrAccounts();
    private final GcrTokens tokens = new GcrTokens();
    private final GcrTokenEndpoint endpoint = new GcrTokenEndpoint(accounts, tokens);

    private GcrFront(String upstreamOrigin, SSLContext tls) {
        super(tls);
        upstream = new Upstream(upstreamOrigin);
    }

    /** @param upstreamOrigin plain HTTP and open to everybody, such as {@link InProcessRegistry#origin} */
    public static GcrFront inFrontOf(String upstreamOrigin) {
        return inFrontOf(upstreamOrigin, null);
    }

    /** @param tls with the front's certificate, see {@link LoopbackCertificate}; null for plain HTTP */
    public static GcrFront inFrontOf(String upstreamOrigin, SSLContext tls) {
        GcrFront front = new GcrFront(upstreamOrigin, tls);
        front.open();
        return front;
    }

    /**
     * Makes a service account's key known, and lets it pull these repositories; {@code project/*} stands for all below. Without any,
     * its role is missing.
     */
    public void grantKey(String json, String... repositories) {
        accounts.grant(GcrAccounts.Account.key(json), List.of(repositories));
    }

    /** As {@link #grantKey} for an access token, sent with user {@code oauth2accesstoken} or {@code _token}. */
    public void grantAccessToken(String token, String... repositories) {
        grantUser(GcrAccounts.Account.ACCESS_TOKEN, token, repositories);
    }

    /** As {@link #grantKey} for a user name and password. */
    public void grantUser(String user, String password, String... repositories) {
        accounts.grant(GcrAccounts.Account.of(user, password), List.of(repositories));
    }

    /** Takes the role from a key; tokens it already has stay good. */
    public void revokeKey(String json, String... repositories) {
        accounts.revoke(GcrAccounts.Account.key(json), List.of(repositories));
    }

    /** As if the key had been deleted; tokens it already has stay good. */
    public void forgetKey(String json) {
        accounts.forget(GcrAccounts.Account.key(json));
    }

    /** Gives anonymous tokens for these repositories. A request without a token is still refused. */
    public void makePublic(String... repositories) {
        accounts.makePublic(List.of(repositories));
    }

    /** Takes access tokens of Google themselves too, as public scripts send them to gcr.io. */
    public void takeAccessTokens() {
        accessTokensTaken = true;
    }

    /** How long tokens issued from now on are good. */
    public void tokenLife(Duration life) {
        tokens.life(life);
    }

    /** The clock by which tokens are issued and expire. */
    public void clock(Clock clock) {
        tokens.clock(clock);
    }

    /** Ends all tokens before their time. */
    public void expireTokens() {
        tokens.forgetAll();
    }

    /** All tokens ever issued, oldest first. */
    public List<IssuedToken> tokensIssued() {
        return tokens.issued();
    }

    @Override
    Reply handle(RecordedRequest request, InputStream body) throws IOException, InterruptedException {
        if (request.isToken()) {
            return endpoint.handle(request);
        }
        Optional<Reply> refusal = refusal(request);
        return refusal.isPresent() ? refusal.get() : upstream.forward(request, body);
    }

    private Optional<Reply> refusal(RecordedRequest request) {
        String authorization = request.authorization().orElse("");
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(GcrReplies.challenge(origin(), host()));
        }
        String sent = authorization.substring(BEARER.length()).strip();
        if (accessTokensTaken && accounts.knows(GcrAccounts.Account.of(GcrAccounts.Account.ACCESS_TOKEN, sent))) {
            return RegistryPath.parse(request.path())
                    .filter(path -> !accounts.mayPull(
                            GcrAccounts.Account.of(GcrAccounts.Account.ACCESS_TOKEN, sent), path.repository()))
                    .map(path -> GcrReplies.roleMissing(path.repository()));
        }
        Optional<IssuedToken> token =
                tokens.find(authorization.substring(BEARER.length()).strip());
        if (token.isEmpty()) {
            return Optional.of(GcrReplies.tokenRefused());
        }
        String bound = token.get().repository();
        return RegistryPath.parse(request.path())
                .filter(path -> !path.repository().equals(bound))
                .map(path -> GcrReplies.tokenOfAnother(bound));
    }
}
