package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.FaultySocketServer;
import io.jenkins.plugins.imageupdate.testing.SocketScript;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that are reset at every byte of the answers: to HEAD, which lacks the digest, and from where its head ends, to GET. */
class ResetTest {
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final byte[] BODY = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);

    private static int wholeAnswer() {
        try (FaultySocketServer server = FaultySocketServer.start(SocketScript.answers(TYPE, BODY));
                Checks checks = Checks.of(server.host())) {
            checks.digest("p/app:stable", Checks.ANONYMOUS);
            return (int) server.bytesWritten() / server.connections();
        }
    }

    @Test
    void atEveryByteIsNoConnectionAndNeverADigest() throws InterruptedException {
        int whole = wholeAnswer();
        assertTrue(whole > BODY.length, () -> whole + " bytes");
        for (int bytes = 0; bytes < whole; bytes++) {
            reset(bytes);
        }
    }

    private static void reset(int bytes) throws InterruptedException {
        CountDownLatch played = new CountDownLatch(1);
        SocketScript script = SocketScript.resetAfter(bytes, TYPE, BODY);
        try (FaultySocketServer server = FaultySocketServer.start(peer -> {
                    try {
                        script.play(peer);
                    } finally {
                        played.countDown();
                    }
                });
                Checks checks = Checks.of(server.host())) {
            Failure failure = checks.failure("p/app:stable", Checks.ANONYMOUS);
            assertEquals(FailureKind.UNREACHABLE, failure.kind(), () -> bytes + ": " + failure.message());
            assertTrue(played.await(20, TimeUnit.SECONDS));
        }
    }
}
