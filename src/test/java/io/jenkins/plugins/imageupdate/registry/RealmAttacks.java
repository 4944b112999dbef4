package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Where a registry may say that its token server is. The registry is listed and has the loopback's address itself. */
public final class RealmAttacks {
    private static final String INTERNAL = "has the internal address";
    private static final String SPELLING = "refused: the token server is an IP address in an unusual spelling";
    private static final String NO_ADDRESS = "refused: the token server is not a plain http or https address";
    private static final String NO_URL = "the registry names a token server that is not a URL";
    private static final String FOREIGN =
            "nothing was sent: the registry names a token server that is not Google's, and the credential is a Google identity";

    public static final List<Attack> ROWS = Stream.of(
                    realms(
                            INTERNAL,
                            "http://127.0.0.1:%d/token",
                            "http://localhost:%d/token",
                            "http://127.0.0.2/token"),
                    realms(
                            INTERNAL,
                            "http://10.0.0.1/",
                            "http://172.31.0.1/",
                            "http://192.168.1.1/",
                            "http://0.0.0.0/"),
                    realms(INTERNAL, "http://169.254.169.254/latest/api/token", "http://[::1]:%d/", "http://[::]/"),
                    realms(INTERNAL, "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/"),
                    realms(INTERNAL, "http://[::ffff:0:10.0.0.1]/", "http://[fe80::1]/", "http://[fd00::1]/"),
                    realms(INTERNAL, "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::1]/", "http://[2001::1]/"),
                    realms(SPELLING, "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://0/"),
                    realms(SPELLING, "http://0177.0.0.1/", "http://127.0.0.01/", "http://[::1%%251]/"),
                    realms(SPELLING, "http://[fe80::1%%25nosuch]/", "http://[::ffff:10.0.0.1%%251]/"),
                    realms(NO_ADDRESS, "http://127.1/", "http://127.0.0.1./", "http://0x7f.0.0.1/", "http://%%6c/"),
                    realms(
                            NO_ADDRESS,
                            "http://user@198.51.100.7/",
                            "http://198.51.100.7@10.0.0.1/",
                            "/token",
                            "http:///x"),
                    realms(NO_ADDRESS, "file:///etc/passwd", "ftp://198.51.100.7/", "jar:http://x/!/y", "mailto:a@b"),
                    realms(NO_URL, "http://127\u30020\u30020\u30021/", "http://\uff11\uff12\uff17.0.0.1/"),
                    realms(NO_URL, "ht tp://x", "http://[::1", "http://gcr.io\\\\@10.0.0.1/"),
                    foreign("http://192.0.2.1/token", "https://gcr.io.evil.example/token", "http://gcr.io/token"),
                    foreign("https://gcr.io:8443/token", "https://oauth2.googleapis.com/token"),
                    List.of(downgrade()))
            .flatMap(List::stream)
            .toList();

    private RealmAttacks() {}

    /** @param realms with {@code %d} for the port of a server inside */
    private static List<Attack> realms(String refusal, String... realms) {
        return Stream.of(realms)
                .map(realm -> new Attack(
                        "the controller's network, and a login",
                        "a token server at `" + shown(realm) + "`",
                        refusal,
                        AttackScene.unseen(scene -> {
                            int port = URI.create(scene.elsewhere.origin()).getPort();
                            return scene.realm(onTheWire(realm.formatted(port))).listed(AttackScene.LOGIN);
                        })))
                .toList();
    }

    private static String onTheWire(String realm) {
        return new String(realm.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String shown(String realm) {
        return NameAttacks.escaped(
                realm.replace("%d", "PORT").replace("%%", "%").replace("\\\\", "\\"));
    }

    /** Names that are Google's by their look only; a registry for which Google keys are allowed asks for them. */
    private static List<Attack> foreign(String... realms) {
        return Stream.of(realms)
                .map(realm -> new Attack(
                        "a Google key",
                        "a token server at `" + realm + "`, for a registry that Google keys may go to",
                        FOREIGN,
                        AttackScene.unseen(scene -> scene.realm(realm)
                                .check(
                                        new RegistryEndpoint(scene.evil.host(), true, Duration.ofSeconds(20), 8, true),
                                        scene.http,
                                        "p/app:stable",
                                        AttackScene.GOOGLE))))
                .toList();
    }

    private static Attack downgrade() {
        return new Attack(
                "a login, on the wire",
                "a token server over plain http, for an https registry",
                "is named by unencrypted http although the registry is asked by https",
                AttackScene.unseen(scene -> {
                    try (InProcessRegistry secure = InProcessRegistry.start(LoopbackCertificate.server())) {
                        secure.faults()
                                .always(
                                        request -> true,
                                        (request, regular) -> io.jenkins.plugins.imageupdate.testing.Reply.of(401)
                                                .with("Www-Authenticate", "Bearer realm=\"http://192.0.2.1/token\""));
                        HttpClient trusting = HttpClient.newBuilder()
                                .sslContext(LoopbackCertificate.client())
                                .build();
                        return scene.check(
                                new RegistryEndpoint(secure.host(), false, Duration.ofSeconds(20), 8, false),
                                trusting,
                                "p/app:stable",
                                AttackScene.LOGIN);
                    }
                }));
    }
}
