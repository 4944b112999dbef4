package io.jenkins.plugins.imageupdate.registry.auth;

import static io.jenkins.plugins.imageupdate.fuzz.Promise.discreet;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.equal;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.headers;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.kept;
import static io.jenkins.plugins.imageupdate.fuzz.Promise.text;

import io.jenkins.plugins.imageupdate.fuzz.FuzzTarget;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The parsers of this package under fuzzing. */
public final class AuthFuzz {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Authorizer.Scope SCOPE = new Authorizer.Scope(
            RegistryEndpoint.of("registry.example"), "project/app", RemoteRepository.Contents.IMAGES);

    private AuthFuzz() {}

    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "challenge", AuthFuzz::challenge,
                "token", AuthFuzz::token);
    }

    /** What was understood is understood again when it is written properly. */
    private static void challenge(byte[] input) {
        List<Challenge> challenges = Challenge.parse(headers(input));
        for (Challenge challenge : challenges) {
            equal(challenge.scheme().toLowerCase(Locale.ROOT), challenge.scheme());
            equal(List.of(challenge), Challenge.parse(List.of(written(challenge))));
            try {
                TokenRequest request = TokenRequest.of(challenge, SCOPE);
                equal(
                        "repository:project/app",
                        request.scope().substring(0, request.scope().lastIndexOf(':')));
                request.uri(List.of(request));
            } catch (RegistryException e) {
                discreet(e.detail());
            }
        }
    }

    private static String written(Challenge challenge) {
        return challenge.scheme()
                + challenge.parameters().entrySet().stream()
                        .map(each -> " " + each.getKey() + "=\""
                                + each.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(","));
    }

    /** The Date header in a line, then the body. */
    private static void token(byte[] input) {
        String[] parts = text(input).split("\n", 2);
        HttpHeaders headers = HttpHeaders.of(Map.of("Date", List.of(parts[0])), (name, value) -> true);
        Response answer = new Response(
                URI.create("https://registry.example/token"),
                200,
                headers,
                parts[parts.length - 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try {
            Token token = Token.parse(answer, NOW);
            kept(
                    !token.usableUntil().isBefore(NOW.plus(Token.LEAST_LIFE))
                            && !token.usableUntil().isAfter(NOW.plusSeconds(86_400)),
                    () -> "usable until " + token.usableUntil());
            kept(token.value().chars().allMatch(c -> c > ' ' && c < 127), () -> "no header can hold this token");
            equal("Token[usableUntil=" + token.usableUntil() + "]", token.toString());
        } catch (RegistryException e) {
            discreet(e.detail());
        }
    }
}
