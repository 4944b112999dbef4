package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.FailureKind.CONFIGURATION;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.NOT_A_REGISTRY;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.TIMEOUT;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.TLS;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.UNREACHABLE;
import static io.jenkins.plugins.imageupdate.registry.FaultRow.fails;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.http.TlsSettings;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.FaultySocketServer;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.SocketScript;
import io.jenkins.plugins.imageupdate.testing.TimedCertificates;
import io.jenkins.plugins.imageupdate.testing.TimedCertificates.Valid;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Connections that do not come about, break off, never end, or speak something else. */
final class ConnectionFaults {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final byte[] BODY =
            ("{\"schemaVersion\":2,\"note\":\"" + FaultScene.FOREIGN + "\"}").getBytes(StandardCharsets.UTF_8);

    static final List<FaultRow> ROWS = List.of(
            fails("A host name that cannot be resolved", UNREACHABLE, scene -> scene.checkHost("registry.invalid")),
            fails("A connection that is refused", UNREACHABLE, scene -> {
                String host;
                try (FaultySocketServer closed = FaultySocketServer.start(SocketScript.closesAtOnce())) {
                    host = closed.host();
                }
                return scene.checkHost(host);
            }),
            socket("A connection that is closed before an answer", UNREACHABLE, SocketScript.closesAtOnce()),
            socket("A connection that is reset before an answer", UNREACHABLE, SocketScript.resetAfter(0, TYPE, BODY)),
            socket(
                    "A connection that is reset within the headers",
                    UNREACHABLE,
                    SocketScript.resetAfter(30, TYPE, BODY)),
            // HEAD has no body, so its whole answer is the head.
            socket("A connection that is reset within the body", UNREACHABLE, SocketScript.resetAfter(115, TYPE, BODY)),
            socket("A body that is shorter than announced", UNREACHABLE, SocketScript.shortBody(TYPE, 5000, BODY)),
            fails(
                    "No answer within the registry's timeout",
                    TIMEOUT,
                    scene -> scene.checkSocket(SocketScript.neverAnswers(), SOON)),
            fails(
                    "An answer that comes too slowly to be whole within the timeout",
                    TIMEOUT,
                    scene -> scene.checkSocket(SocketScript.slowDrip(TYPE, BODY, Duration.ofMillis(20)), SOON)),
            fails("A certificate that the controller's Java does not trust", TLS, scene -> {
                InProcessRegistry secure = scene.open(InProcessRegistry.start(LoopbackCertificate.server()));
                return scene.checkHost(secure.host(), false, Clients.HTTP);
            }),
            certificate("A certificate that has expired", Valid.UNTIL_LAST_WEEK, "expired"),
            certificate("A certificate that is not valid yet", Valid.FROM_NEXT_WEEK, "clock"),
            fails("Plain http where https was expected", NOT_A_REGISTRY, scene -> {
                FaultySocketServer plain = scene.open(FaultySocketServer.start(peer -> {
                    peer.write("HTTP/1.1 400 Bad Request\r\n\r\n" + FaultScene.FOREIGN);
                    peer.awaitEnd();
                }));
                return scene.checkHost(plain.host(), false, Clients.HTTP);
            }),
            socket("Something that is not HTTP", NOT_A_REGISTRY, SocketScript.garbageStatusLine()),
            fails(
                    "Headers without end",
                    NOT_A_REGISTRY,
                    scene -> scene.checkSocketLeftOpen(SocketScript.endlessHeaders())),
            fails(
                    "One header without end",
                    NOT_A_REGISTRY,
                    scene -> scene.checkSocketLeftOpen(SocketScript.endlessHeaderLine())),
            socket("A body without end", NOT_A_REGISTRY, SocketScript.endlessBody(TYPE)),
            socket("A compressed body that was not asked for", NOT_A_REGISTRY, SocketScript.unaskedGzip(TYPE, BODY)),
            fails("A proxy that wants a login (HTTP 407)", UNREACHABLE, scene -> {
                scene.registry().faults().always(request -> true, Fault.reply(Reply.of(407)));
                return scene.checkHost(
                        "192.0.2.1",
                        true,
                        PublicInternet.answeredBy(scene.registry().origin()));
            }),
            fails(
                    "A link-local address or a cloud's metadata server as registry",
                    CONFIGURATION,
                    scene -> scene.checkHost("169.254.169.254")),
            fails(
                    "A loopback or private address as registry that no administrator listed",
                    CONFIGURATION,
                    scene -> scene.open(Checks.of(
                                    RegistryEndpoint.of(scene.registry().host()), Clients.HTTP))
                            .check(FaultScene.IMAGE, Checks.ANONYMOUS)));

    private ConnectionFaults() {}

    /** @param word in what is said of it */
    private static FaultRow certificate(String seen, Valid valid, String word) {
        return fails(seen, TLS, scene -> {
            TimedCertificates certificates = new TimedCertificates().show(valid);
            InProcessRegistry secure = scene.open(InProcessRegistry.start(certificates.server()));
            HttpClient trusting = HttpClient.newBuilder()
                    .sslContext(new TlsSettings(certificates.authority()).sslContext())
                    .build();
            Sighting sighting = scene.checkHost(secure.host(), false, trusting);
            assertTrue(sighting.failure().message().contains(word), sighting.failure()::message);
            return sighting;
        });
    }

    private static FaultRow socket(String seen, FailureKind kind, SocketScript script) {
        return fails(seen, kind, scene -> scene.checkSocket(script));
    }
}
