package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Function;

/**
 * Where an attack is played: a registry that is the attacker's, a server that stands for every other one, be it inside the network or on
 * the internet, and a secret that neither may get. Nothing leaves 127.0.0.1: what is asked at any other address comes to that server.
 */
final class AttackScene implements AutoCloseable {
    static final String SECRET = "secret-canary-71f0";
    static final String INSIDE = "inside-canary-3c42";
    static final Authentication LOGIN = Authentications.ofUserPassword("robot", "robot", SECRET);
    static final Authentication GOOGLE = Authentications.ofSecret(
            "gcr-key", ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", SECRET));

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    final InProcessRegistry evil = InProcessRegistry.start();
    final InProcessRegistry elsewhere = InProcessRegistry.start();
    final HttpClient http = PublicInternet.answeredBy(elsewhere.origin());

    /** Plays it with servers of its own; nobody else may have been asked anything. */
    static io.jenkins.plugins.imageupdate.testing.Attack.Play unseen(Function<AttackScene, String> play) {
        return () -> {
            try (AttackScene scene = new AttackScene()) {
                String said = scene.harmless(play.apply(scene));
                if (!scene.elsewhere.requests().isEmpty()) {
                    throw new AssertionError("another server was asked: " + scene.elsewhere.requests());
                }
                return said;
            }
        };
    }

    /** Plays it with servers of its own; others may be asked, but get to see no secret. */
    static io.jenkins.plugins.imageupdate.testing.Attack.Play unsigned(Function<AttackScene, String> play) {
        return () -> {
            try (AttackScene scene = new AttackScene()) {
                String said = scene.harmless(play.apply(scene));
                for (RecordedRequest request : scene.elsewhere.requests()) {
                    if (request.authorization().isPresent()) {
                        throw new AssertionError("another server got a credential: " + request.path());
                    }
                }
                return said;
            }
        };
    }

    private String harmless(String said) {
        if (said.contains(SECRET) || said.contains(INSIDE) || said.chars().anyMatch(c -> c < ' ')) {
            throw new AssertionError("it was told: " + said);
        }
        return said;
    }

    /** Every answer of the attacker's registry. */
    AttackScene answering(Reply reply) {
        evil.faults().always(request -> true, Fault.reply(reply));
        return this;
    }

    /** It asks for a token of this realm. */
    AttackScene realm(String realm) {
        return challenge("Bearer realm=\"" + realm + "\",service=\"s\"");
    }

    AttackScene challenge(String challenge) {
        evil.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.error(401, "UNAUTHORIZED", "authentication required")
                                .with("Www-Authenticate", challenge)));
        return this;
    }

    /** A check of the attacker's registry, which an administrator listed for plain http. */
    String listed(String image, Authentication login) {
        return check(new RegistryEndpoint(evil.host(), true, TIMEOUT, 8, false), http, image, login);
    }

    String listed(Authentication login) {
        return listed("p/app:stable", login);
    }

    /** A check of a host that nobody listed. */
    String unlisted(String host) {
        return check(RegistryEndpoint.of(host), http, "p/app:stable", GOOGLE);
    }

    /** What came back: a failure in words, else the digest. */
    String check(RegistryEndpoint endpoint, HttpClient client, String image, Authentication login) {
        try (Checks checks = Checks.of(endpoint, client)) {
            var seen = checks.check(image, login);
            return seen.failure() == null
                    ? "digest " + seen.tags().newest().toResolved().digest()
                    : seen.failure().message();
        }
    }

    /** What an image's name comes to that is no name. */
    static String parse(String name) {
        try {
            return "taken for " + WatchedImage.parse(name, null).reference();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        evil.close();
        elsewhere.close();
    }
}
