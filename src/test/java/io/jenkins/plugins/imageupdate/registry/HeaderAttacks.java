package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Texts that become headers, addresses or requests for tokens. */
public final class HeaderAttacks {
    private static final String MANIFEST = "{\"schemaVersion\":2}";

    public static final List<Attack> ROWS = Stream.of(
                    credentials(),
                    tokens("one\r\nX-Injected: 1", "one two", "t\u00f6ken", "\u0000"),
                    scopes(
                            "repository:secret:pull",
                            "repository:p/app:pull repository:secret:pull",
                            "registry:catalog:*"),
                    List.of(service(), quotedScope()))
            .flatMap(List::stream)
            .toList();

    private HeaderAttacks() {}

    private static List<Attack> credentials() {
        return List.of(
                credential("a password with a line break", "one header, as it is", scene -> {
                    Authentication login = Authentications.ofUserPassword("id", "robot", "a\r\nX-Injected: 1");
                    scene.challenge("Basic").listed(login);
                    return injected(scene.evil.requests()) ? "injected" : "one header, as it is";
                }),
                credential(
                        "a user name with a colon",
                        "a user name must not be empty or contain",
                        scene -> refused(() -> Authentications.ofUserPassword("id", "robot:x", "secret"))),
                credential(
                        "an access token with a line break",
                        "an access token is one word of printable ASCII characters",
                        scene -> refused(() -> Authentications.ofSecret("id", "ya29.a\r\nX-Injected: 1"))),
                credential(
                        "an access token with characters that are not letters",
                        "an access token is one word of printable ASCII characters",
                        scene -> refused(() -> Authentications.ofUserPassword("id", "_token", "ya29.\u0430"))));
    }

    private static Attack credential(String tried, String refusal, Function<AttackScene, String> play) {
        return new Attack("injected headers", tried, refusal, AttackScene.unseen(play));
    }

    private static String refused(Runnable made) {
        try {
            made.run();
            return "taken";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static boolean injected(List<RecordedRequest> requests) {
        return requests.stream()
                .anyMatch(request -> request.header("X-Injected").isPresent());
    }

    /** The token server is the registry itself, so that nobody else need be asked. */
    private static AttackScene tokenServer(AttackScene scene, String challenge, String token) {
        scene.evil
                .faults()
                .always(
                        request -> request.path().equals("/token"),
                        (request, regular) -> Reply.json(
                                200,
                                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                                        .objectNode()
                                        .put("token", token)));
        scene.evil
                .faults()
                .always(
                        request -> request.authorization().isPresent(),
                        Fault.reply(Reply.of(200, "application/vnd.oci.image.manifest.v1+json", MANIFEST)));
        return scene.challenge("Bearer realm=\"" + scene.evil.origin() + "/token\"," + challenge);
    }

    private static List<Attack> tokens(String... tokens) {
        return Stream.of(tokens)
                .map(token -> new Attack(
                        "injected headers",
                        "a token server's token `" + NameAttacks.escaped(token) + "`",
                        "the token server's answer holds no token",
                        AttackScene.unseen(scene ->
                                tokenServer(scene, "service=\"s\"", token).listed(Checks.ANONYMOUS))))
                .toList();
    }

    /** What the token server was asked for. */
    private static String asked(AttackScene scene, String challenge) {
        tokenServer(scene, challenge, "t").listed(AttackScene.LOGIN);
        RecordedRequest request = scene.evil.requests().stream()
                .filter(each -> each.path().equals("/token"))
                .findFirst()
                .orElseThrow();
        return "asked for " + request.parameters("scope").toList() + " of "
                + request.parameters("service").toList();
    }

    private static List<Attack> scopes(String... scopes) {
        return Stream.of(scopes)
                .map(scope -> new Attack(
                        "a token for another repository",
                        "a challenge with the scope `" + scope + "`",
                        "asked for [repository:p/app:pull] of [s]",
                        AttackScene.unseen(scene -> asked(scene, "service=\"s\",scope=\"" + scope + "\""))))
                .toList();
    }

    private static Attack service() {
        return new Attack(
                "a token for another repository",
                "a challenge with the service `s&scope=repository:secret:pull`",
                "asked for [repository:p/app:pull] of [s&scope=repository:secret:pull]",
                AttackScene.unseen(scene -> asked(scene, "service=\"s&scope=repository:secret:pull\"")));
    }

    private static Attack quotedScope() {
        return new Attack(
                "a token for another repository",
                "a scope within a quoted service",
                "asked for [repository:p/app:pull] of [s\",scope=\"repository:secret:pull]",
                AttackScene.unseen(scene -> asked(scene, "service=\"s\\\",scope=\\\"repository:secret:pull\"")));
    }
}
