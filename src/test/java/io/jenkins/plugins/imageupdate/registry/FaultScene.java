package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.FaultySocketServer;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import io.jenkins.plugins.imageupdate.testing.SocketScript;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Where one row of the fault matrix is played: a registry that has one image, behind Google's kind of authentication. */
final class FaultScene implements AutoCloseable {
    /** What no message may repeat of a body that is no registry's own. */
    static final String FOREIGN = "foreign-canary-5d1c";

    static final String KEY_CANARY = "key-canary-9b7e";
    static final String CREDENTIAL = "gcr-key";
    static final String IMAGE = "p/app:stable";

    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", KEY_CANARY);
    static final Authentication LOGIN = Authentications.ofSecret(CREDENTIAL, KEY);

    /** Far beyond what any fault takes that does not mean to outlast it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final String digest = registry.pushImage("p/app", "stable", "one");
    private final List<CountDownLatch> ended = new ArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    FaultScene() {
        front.grantKey(KEY, "p/*");
    }

    InProcessRegistry registry() {
        return registry;
    }

    GcrFront front() {
        return front;
    }

    String key() {
        return KEY;
    }

    /** Of the image that the registry has. */
    String digest() {
        return digest;
    }

    /** Latches that open when a socket script has ended, and with it its connection. */
    List<CountDownLatch> ended() {
        return ended;
    }

    /** From now on every such request meets the fault. */
    FaultScene front(Predicate<RecordedRequest> which, Fault fault) {
        front.faults().always(which, fault);
        return this;
    }

    FaultScene front(Predicate<RecordedRequest> which, Reply reply) {
        return front(which, Fault.reply(reply));
    }

    /** The registry itself, which asks for no credential, answers every request like this. */
    FaultScene registry(Reply reply) {
        registry.faults().always(request -> true, Fault.reply(reply));
        return this;
    }

    /** A check of the image with the key. */
    Sighting check() {
        return check(IMAGE, LOGIN);
    }

    Sighting check(String image, Authentication login) {
        return checks(front.host(), true, Clients.HTTP, TIMEOUT).check(image, login);
    }

    /** A check of the registry itself without a login. */
    Sighting checkOpen() {
        return checkOpen(IMAGE, null);
    }

    Sighting checkOpen(String image, String platform) {
        return checks(registry.host(), true, Clients.HTTP, TIMEOUT).check(image, platform, Checks.ANONYMOUS, null);
    }

    Sighting checkHost(String host) {
        return checkHost(host, true, Clients.HTTP);
    }

    Sighting checkHost(String host, boolean plainHttp, HttpClient http) {
        return checks(host, plainHttp, http, TIMEOUT).check(IMAGE, Checks.ANONYMOUS);
    }

    /** A check of a host that plays the script at every connection. */
    Sighting checkSocket(SocketScript script) {
        return checkSocket(script, TIMEOUT);
    }

    Sighting checkSocket(SocketScript script, Duration timeout) {
        CountDownLatch end = new CountDownLatch(1);
        ended.add(end);
        FaultySocketServer server = open(FaultySocketServer.start(peer -> {
            try {
                script.play(peer);
            } finally {
                end.countDown();
            }
        }));
        return checks(server.host(), true, Clients.HTTP, timeout).check(IMAGE, Checks.ANONYMOUS);
    }

    /** For headers past the limit: Java's HTTP client (17.0.15) gives the answer up and leaves the connection to the server to close. */
    Sighting checkSocketLeftOpen(SocketScript script) {
        FaultySocketServer server = open(FaultySocketServer.start(script));
        return checkHost(server.host());
    }

    Checks checks(String host, boolean plainHttp, HttpClient http, Duration timeout) {
        return open(Checks.of(new RegistryEndpoint(host, plainHttp, timeout, 8, true), http));
    }

    <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        opened.forEach(FaultScene::close);
        front.close();
        registry.close();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
