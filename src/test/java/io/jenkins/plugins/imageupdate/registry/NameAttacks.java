package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.Checks;
import java.util.List;
import java.util.stream.Stream;

/** What a job author may write where an image is named. */
public final class NameAttacks {
    private static final String KEPT = "nothing was sent: the credential is a Google identity and";
    private static final String INTERNAL = "has the internal address";
    private static final String METADATA = "link-local or that of a cloud's metadata server";
    private static final String SPELLING = "is an IP address in an unusual spelling";
    private static final String NO_NAME = "is not an image reference";

    public static final List<Attack> ROWS = Stream.of(
                    lookAlikes(
                            "gcr.io.evil.example",
                            "notgcr.io",
                            "evil-gcr.io",
                            "a.b.gcr.io",
                            "gcr.io:8443",
                            "xn--gr-nmc.io",
                            "pkg.dev",
                            "pkg.dev.evil.example",
                            "evilpkg.dev",
                            "docker.pkg.dev.evil.example:443"),
                    names(
                            "gcr.io@evil.example",
                            "https://gcr.io",
                            "gcr\u3002io",
                            "g\u0441r.io",
                            "gc\uff52.io",
                            "\u212acr.io",
                            "gcr.io/..",
                            "gcr.io/%2e%2e",
                            "gcr.io\r\nHost: evil.example"),
                    inside(INTERNAL, "127.0.0.1:5000", "localhost:5000", "10.0.0.1", "192.168.0.1:443", "172.16.9.9"),
                    inside(INTERNAL, "[::1]:5000", "[::ffff:a00:1]", "[::7f00:1]", "[fd12:3456::1]", "100.64.0.1"),
                    inside(INTERNAL, "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001::1]", "0.0.0.0", "255.255.255.255"),
                    inside(METADATA, "169.254.169.254", "169.254.169.254:80", "[fe80::1]", "100.100.100.200"),
                    inside(METADATA, "[fd00:ec2::254]", "[64:ff9b::a9fe:a9fe]", "168.63.129.16"),
                    inside(SPELLING, "0177.0.0.1", "127.0.0.01", "2130706433:443", "010.0.0.1"),
                    names("0x7f.0.0.1", "127.1", "1.2.3.400", "[fe80::1%eth0]", "[::ffff:10.0.0.1]"))
            .flatMap(List::stream)
            .toList();

    private NameAttacks() {}

    private static List<Attack> lookAlikes(String... hosts) {
        return Stream.of(hosts)
                .map(host -> new Attack(
                        "a Google key",
                        "an image of the look-alike host `" + host + "`, checked with the key",
                        KEPT,
                        AttackScene.unseen(scene -> scene.unlisted(host))))
                .toList();
    }

    private static List<Attack> inside(String refusal, String... hosts) {
        return Stream.of(hosts)
                .map(host -> new Attack(
                        "the controller's network",
                        "an image of the host `" + host + "`, which is not listed",
                        refusal,
                        AttackScene.unseen(scene ->
                                scene.check(RegistryEndpoint.of(host), scene.http, "p/app:stable", Checks.ANONYMOUS))))
                .toList();
    }

    private static List<Attack> names(String... hosts) {
        return Stream.of(hosts)
                .map(host -> new Attack(
                        "another host than the one that is shown",
                        "an image named `" + escaped(host) + "/app:stable`",
                        NO_NAME,
                        AttackScene.unseen(scene -> AttackScene.parse(host + "/app:stable"))))
                .toList();
    }

    /** What looks like something else, or is not to be seen, as its code. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(c >= ' ' && c < 127 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
        return out.toString();
    }
}
