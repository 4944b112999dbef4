package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A registry product as it behaves, with repositories below {@code p}, of which the login may not read {@code p/private}, and the row about
 * it in {@code docs/registries.md}.
 *
 * @param name of the product
 * @param logins credentials that it takes, in a user's words
 * @param oddities what it does differently from the specification, each of which the stand-in does too
 * @param user that the stand-in knows, with {@link #PASSWORD}
 * @param door how it asks for a login and takes it
 * @param perSecond how many requests it answers in a second, 0 for any number
 * @param oddity what it answers differently, empty for the regular answer; null for nothing
 */
record StandIn(
        String name,
        String logins,
        String oddities,
        String user,
        Door door,
        int perSecond,
        BiFunction<RecordedRequest, Fault.RegularAnswer, Optional<Reply>> oddity) {
    static final String PASSWORD = "a-stand-ins-password";
    static final String PRIVATE = "p/private";
    static final BiFunction<RecordedRequest, Fault.RegularAnswer, Optional<Reply>> NONE =
            (request, regular) -> Optional.empty();

    /**
     * The login of a registry.
     *
     * @param realm path of the token server, null for a login by Basic with each request
     * @param token what the token server answers, with {@code %s} for the token
     * @param scope whether the challenge names the scope
     * @param tagsApart whether the list of tags wants a right of its own
     * @param refusal what a wrong login is answered
     * @param missing what a good login is answered for a repository that it may not read, null for another challenge
     * @param oneForAll whether the token server refuses a request because of a single repository in it
     */
    record Door(
            String realm,
            String token,
            boolean scope,
            boolean tagsApart,
            Reply refusal,
            Reply missing,
            boolean oneForAll) {
        private static final Reply DENIED = Reply.error(403, "DENIED", "requested access to the resource is denied");

        static Door basic(Reply refusal) {
            return new Door(null, null, false, false, refusal, DENIED, false);
        }

        static Door bearer(String realm, String token, boolean scope, Reply refusal) {
            return new Door(realm, token, scope, false, refusal, null, false);
        }

        static Door open() {
            return new Door(null, null, false, false, null, null, false);
        }

        Door withTagsApart() {
            return new Door(realm, token, scope, true, refusal, missing, oneForAll);
        }

        Door withMissingRight(Reply answer) {
            return new Door(realm, token, scope, tagsApart, refusal, answer, oneForAll);
        }

        Door withOneForAll() {
            return new Door(realm, token, scope, tagsApart, refusal, DENIED, true);
        }

        Optional<Reply> answer(RecordedRequest request, InProcessRegistry registry, String user) {
            String login = "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            String sent = request.authorization().orElse("");
            if (refusal == null) {
                return Optional.empty();
            }
            if (realm == null) {
                return sent.equals(login)
                        ? Optional.of(missing).filter(answer -> request.path().contains(PRIVATE))
                        : Optional.of(
                                sent.isEmpty()
                                        ? Reply.error(401, "UNAUTHORIZED", "authentication required")
                                                .with("Www-Authenticate", "Basic realm=\"registry\"")
                                        : refusal);
            }
            if (request.path().equals(realm)) {
                return Optional.of(sent.equals(login) ? given(request) : refusal);
            }
            boolean tags = tagsApart && request.path().endsWith("/tags/list");
            String path = request.path().replaceFirst("^/v2/(.*)/(?:manifests|tags|blobs)/.*$", "$1");
            String right = "repository:" + path + ":" + (tags ? "metadata_read" : "pull");
            if (List.of(sent.split("[ -]")).contains(sign(right))) {
                return Optional.empty();
            }
            if (missing != null && sent.startsWith("Bearer")) {
                return Optional.of(missing);
            }
            String challenge = "Bearer realm=\"" + registry.origin() + realm + "\",service=\"registry\""
                    + (scope ? ",scope=\"" + right + "\"" : "");
            return Optional.of(
                    Reply.error(401, "UNAUTHORIZED", "authentication required").with("Www-Authenticate", challenge));
        }

        /** A token for what the login may read of what is asked for. */
        private Reply given(RecordedRequest request) {
            List<String> scopes = request.parameters("scope").toList();
            if (oneForAll && scopes.stream().anyMatch(one -> one.contains(PRIVATE))) {
                return missing;
            }
            String signs = scopes.stream()
                    .filter(one -> !one.contains(PRIVATE))
                    .map(Door::sign)
                    .collect(Collectors.joining("-", "token-", ""));
            return Reply.of(200, "application/json", token.formatted(signs));
        }

        private static String sign(String scope) {
            return Integer.toHexString(scope.hashCode());
        }
    }

    /** Makes a registry behave like this product. */
    void furnish(InProcessRegistry registry, Clock clock) {
        AtomicReference<Instant> free = new AtomicReference<>(Instant.MIN);
        registry.faults()
                .decide(request -> Optional.of((asked, regular) -> {
                    Instant now = clock.instant();
                    if (perSecond > 0 && now.isBefore(free.get())) {
                        return Reply.of(429, "text/plain", "Rate exceeded");
                    }
                    free.set(perSecond > 0 ? now.plusMillis(1000 / perSecond) : Instant.MIN);
                    Optional<Reply> refused = door.answer(asked, registry, user);
                    return refused.isPresent()
                            ? refused.get()
                            : oddity.apply(asked, regular).orElseGet(() -> get(regular));
                }));
    }

    private static Reply get(Fault.RegularAnswer regular) {
        try {
            return regular.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Reply regular(Fault.RegularAnswer regular) {
        return get(regular);
    }

    Authentication login() {
        return door.refusal() == null
                ? new Authentication.Anonymous()
                : Authentications.ofUserPassword("login", user, PASSWORD);
    }

    String markdown() {
        return "| " + name + " | " + logins + " | " + oddities + " |";
    }

    @Override
    public String toString() {
        return name;
    }
}
