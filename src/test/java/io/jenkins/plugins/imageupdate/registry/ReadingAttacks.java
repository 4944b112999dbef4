package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.FaultySocketServer;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import io.jenkins.plugins.imageupdate.testing.SocketScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Reading through error messages what answers, and writing through them into logs. */
public final class ReadingAttacks {
    private static final String INSIDE = AttackScene.INSIDE;
    private static final String JSON = "application/json";

    public static final List<Attack> ROWS = Stream.of(
                    List.of(
                            answer("a text", "HTTP 403]", Reply.of(403, "text/plain", INSIDE)),
                            answer("a page of HTML", "a page of HTML", Reply.of(403, "text/html", INSIDE)),
                            answer("a page of HTML, with 200", "the answer is not a manifest", ok("text/html", INSIDE)),
                            answer("JSON, with 200", "the answer is not a manifest", ok(JSON, quoted("token", INSIDE))),
                            answer("JSON without errors", "HTTP 500]", Reply.of(500, JSON, quoted("message", INSIDE))),
                            answer("JSON with `details` among others", "HTTP 400]", Reply.of(400, JSON, details())),
                            answer("GraphQL's `errors`", "HTTP 400]", Reply.of(400, JSON, errors("locations"))),
                            answer("JSON:API's `errors`", "HTTP 422]", Reply.of(422, JSON, errors("status"))),
                            answer(
                                    "`errors` with a code of another kind",
                                    "HTTP 404]",
                                    Reply.of(404, JSON, errors("code"))),
                            answer(
                                    "a digest that is none",
                                    "a digest has the form",
                                    ok("text/plain", "").with("Docker-Content-Digest", "passwd")),
                            socket("an SSH server's greeting", "the answer is not HTTP", INSIDE + "\r\n\r\n"),
                            socket(
                                    "a length that is none",
                                    "no request can be sent to this address",
                                    "HTTP/1.1 200 OK\r\nContent-Length: " + INSIDE + "\r\n\r\n"),
                            repeated("the password it got", scene -> AttackScene.SECRET),
                            repeated(
                                    "the header it got",
                                    scene -> Base64.getEncoder()
                                            .encodeToString(
                                                    ("robot:" + AttackScene.SECRET).getBytes(StandardCharsets.UTF_8))),
                            repeated("a piece of a private key", scene -> ServiceAccountKeys.privateKey()),
                            proxy("407", "the proxy wants a login (HTTP 407)", Reply.of(407)),
                            proxy("its login page", "the answer is not a manifest", ok("text/html", INSIDE)),
                            proxy("that it forbids it", "a page of HTML", Reply.of(403, "text/html", INSIDE)),
                            proxy(
                                    "a redirect to its login page",
                                    "has the internal address",
                                    Reply.of(302).with("Location", "http://10.0.0.1/login"))),
                    forged("\nFinished: SUCCESS", "\u001b[8mha:AAAA", "\u202Egnp.exe", "\u2028next line", "\r100%"))
            .flatMap(List::stream)
            .toList();

    private ReadingAttacks() {}

    private static Reply ok(String type, String body) {
        return Reply.of(200, type, body);
    }

    private static String quoted(String name, String value) {
        return "{\"" + name + "\":\"" + value + "\"}";
    }

    private static String details() {
        return "{\"user\":\"admin\",\"details\":\"" + INSIDE + "\"}";
    }

    private static String errors(String field) {
        return "{\"errors\":[{\"" + field + "\":\"42\",\"message\":\"" + INSIDE + "\"}]}";
    }

    private static Attack answer(String tried, String refusal, Reply reply) {
        return new Attack(
                "reading another server's words in an error",
                "a registry that answers " + tried,
                refusal,
                AttackScene.unseen(scene -> scene.answering(reply).listed(Checks.ANONYMOUS)));
    }

    private static Attack socket(String tried, String refusal, String raw) {
        return new Attack(
                "reading another server's words in an error",
                "a port that answers " + tried,
                refusal,
                AttackScene.unseen(scene -> {
                    SocketScript script = SocketScript.answers(raw.getBytes(StandardCharsets.US_ASCII));
                    try (FaultySocketServer server = FaultySocketServer.start(script)) {
                        return scene.check(Clients.plain(server.host()), scene.http, "p/app:stable", Checks.ANONYMOUS);
                    }
                }));
    }

    private static Attack repeated(String tried, java.util.function.Function<AttackScene, String> words) {
        return new Attack(
                "a credential in a message",
                "a registry that repeats " + tried,
                "words withheld, they repeat the credential",
                AttackScene.unseen(scene -> {
                    scene.challenge("Basic");
                    scene.evil
                            .faults()
                            .always(
                                    request -> true,
                                    Fault.reply(Reply.error(403, "DENIED", "not for " + words.apply(scene))));
                    return scene.listed(AttackScene.LOGIN);
                }));
    }

    /** In place of a registry that is not on this machine. */
    private static Attack proxy(String tried, String refusal, Reply reply) {
        return new Attack(
                "an answer in a registry's name",
                "a proxy that answers itself: " + tried,
                refusal,
                AttackScene.unsigned(scene -> {
                    scene.elsewhere.faults().always(request -> true, Fault.reply(reply));
                    RegistryEndpoint endpoint =
                            new RegistryEndpoint("192.0.2.1", true, Duration.ofSeconds(20), 8, false);
                    return scene.check(endpoint, scene.http, "p/app:stable", AttackScene.LOGIN);
                }));
    }

    private static List<Attack> forged(String... words) {
        return Stream.of(words)
                .map(text -> new Attack(
                        "a forged line in a log",
                        "a registry's error with `" + NameAttacks.escaped(text) + "`",
                        "[HTTP 403: DENIED no " + Printable.of(" " + text).strip(),
                        AttackScene.unseen(scene -> {
                            String said = scene.answering(Reply.error(403, "DENIED", "no " + text))
                                    .listed(Checks.ANONYMOUS);
                            return said.codePoints().allMatch(ReadingAttacks::visible) ? said : "forged: " + said;
                        })))
                .toList();
    }

    private static boolean visible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.LINE_SEPARATOR;
    }
}
