package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.auth.google.ServiceAccountKey;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.FaultySocketServer;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.SocketScript;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Answers, names and keys that are there to keep the controller busy. */
public final class FloodAttacks {
    private static final String TYPE = "application/vnd.oci.image.index.v1+json";
    private static final int MANY = 1_000_000;

    public static final List<Attack> ROWS = Stream.of(
                    List.of(
                            manifest("of 5 MiB", "longer than 4194304 bytes", " ".repeat(5 * 1024 * 1024)),
                            manifest(
                                    "nested 100,000 times",
                                    "not a manifest",
                                    "[".repeat(100_000) + "]".repeat(100_000)),
                            manifest("of a million empty objects", "not a manifest", objects(MANY)),
                            manifest(
                                    "with a number of a million digits",
                                    "not a manifest",
                                    "{\"a\":" + "9".repeat(MANY) + "}"),
                            socket("an answer without end", "longer than", SocketScript.endlessBody(TYPE), 20_000),
                            socket("nothing, for good", "no complete answer", SocketScript.neverAnswers(), 300),
                            socket(
                                    "a byte now and then",
                                    "no complete answer",
                                    SocketScript.slowDrip(TYPE, new byte[100], Duration.ofMillis(20)),
                                    300),
                            name("a name of a million letters", "a".repeat(MANY)),
                            name("a host of 1,000 labels", "a.".repeat(500) + "!/x"),
                            name("a repository of 1,000 separators", "gcr.io/" + "a-".repeat(500) + "!"),
                            name("a tag of a million dots", "gcr.io/a:" + ".".repeat(MANY)),
                            key("60,000 backslashes", "{" + "\\".repeat(60_000) + "}"),
                            key("60,000 quotes", "\"".repeat(60_000) + "}"),
                            key("2,000 beginnings", begins()),
                            key("a million characters", "{" + "a".repeat(MANY) + "}")),
                    challenges("a=\"" + "\\\\".repeat(4000), "a ".repeat(8000), "a=".repeat(8000), "\"".repeat(16000)))
            .flatMap(List::stream)
            .toList();

    private FloodAttacks() {}

    private static String objects(int number) {
        return "{\"schemaVersion\":2,\"x\":[" + "{},".repeat(number) + "{}]}";
    }

    private static Attack manifest(String tried, String refusal, String content) {
        return new Attack(
                "memory or time",
                "a manifest " + tried,
                refusal,
                AttackScene.unseen(
                        scene -> scene.answering(Reply.of(200, TYPE, content)).listed(Checks.ANONYMOUS)));
    }

    private static Attack socket(String tried, String refusal, SocketScript script, long millis) {
        return new Attack("memory or time", "a registry that answers " + tried, refusal, AttackScene.unseen(scene -> {
            try (FaultySocketServer server = FaultySocketServer.start(script)) {
                RegistryEndpoint endpoint =
                        new RegistryEndpoint(server.host(), true, Duration.ofMillis(millis), 8, false);
                return scene.check(endpoint, scene.http, "p/app:stable", Checks.ANONYMOUS);
            }
        }));
    }

    private static Attack name(String tried, String name) {
        return new Attack(
                "time, by an expression that backtracks",
                tried,
                "is not an image reference",
                () -> Attack.inTime(() -> AttackScene.parse(name)));
    }

    private static String begins() {
        return "{\"type\":\"service_account\",\"client_email\":\"a@b\",\"private_key\":\""
                + "-----BEGIN PRIVATE KEY-----".repeat(2000) + "\"}";
    }

    private static Attack key(String tried, String key) {
        return new Attack(
                "time, by a key",
                "a Secret text of " + tried,
                "refused",
                () -> Attack.inTime(() -> {
                    try {
                        ServiceAccountKey.looksLikeKey(key);
                        ServiceAccountKey.parse(key);
                        return "taken";
                    } catch (IllegalArgumentException e) {
                        return e.getMessage().length() < 400 ? "refused" : "too many words";
                    }
                }));
    }

    private static List<Attack> challenges(String... challenges) {
        return Stream.of(challenges)
                .map(text -> new Attack(
                        "time, by an expression that backtracks",
                        "a challenge of " + text.length() + " characters, `" + text.substring(0, 6) + "`…",
                        "HTTP 401",
                        () -> Attack.inTime(AttackScene.unseen(
                                scene -> scene.challenge("Bearer " + text).listed(Checks.ANONYMOUS))::tried)))
                .toList();
    }
}
