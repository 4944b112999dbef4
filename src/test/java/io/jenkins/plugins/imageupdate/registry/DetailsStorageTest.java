package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.DetailsScene.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.ManifestFormat;
import io.jenkins.plugins.imageupdate.testing.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blobs on another host, missing blobs, and blobs with wrong content. */
class DetailsStorageTest {
    private final DetailsScene scene = new DetailsScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    /** As gcr.io keeps its blobs at storage.googleapis.com. */
    @Test
    void theConfigurationMayLieElsewhereWhereTheLoginDoesNotGo() {
        String digest = scene.push("amd64");
        DetailsScene.push(scene.storage, "amd64", ManifestFormat.OCI);
        scene.front.faults().always(DetailsScene::isBlob, (request, regular) -> {
            Reply allowed = regular.get();
            return allowed.status() == 200
                    ? Reply.of(302).with("Location", "http://" + DetailsScene.STORAGE + request.path() + "?signature=x")
                    : allowed;
        });
        assertEquals(wanted("amd64"), scene.details(digest));
        assertEquals(1, scene.storage.requests().size());
        assertNull(scene.storage.requests().get(0).authorization().orElse(null));
        assertNotNull(scene.front
                .requests()
                .get(scene.front.requests().size() - 1)
                .authorization()
                .orElse(null));
    }

    @ParameterizedTest
    @CsvSource({"/v2/p/app/blobs/x, Basic", "/bucket/x, Bearer realm=\"http://203.0.113.5/token\""})
    void aRefusalByTheStorageHostIsNotAChallenge(String path, String challenge) {
        String digest = scene.push("amd64");
        scene.front.faults().always(DetailsScene::isBlob, Fault.redirect("http://" + DetailsScene.STORAGE + path));
        scene.storage
                .faults()
                .always(
                        request -> true,
                        Fault.reply(
                                Reply.error(401, "UNAUTHORIZED", "sign in here").with("WWW-Authenticate", challenge)));
        RegistryException failure = scene.failure(digest);
        assertEquals(FailureKind.UNAVAILABLE, failure.kind());
        assertTrue(failure.detail().contains("redirects to: HTTP 401"), failure.detail());
        assertEquals(1, scene.storage.requests().size());
        assertTrue(scene.storage.requests().stream()
                .allMatch(request -> request.authorization().isEmpty()));
    }

    @Test
    void aMissingConfigurationIsNotAMissingTag() {
        String digest = scene.push("amd64");
        scene.front
                .faults()
                .always(DetailsScene::isBlob, Fault.reply(Reply.error(404, "BLOB_UNKNOWN", "blob unknown")));
        assertEquals(FailureKind.UNAVAILABLE, scene.failure(digest).kind());
    }

    @Test
    void otherBytesThanThoseOfTheDigestAreRefused() {
        String digest = scene.push("amd64");
        String other = scene.push("arm64");
        scene.front
                .faults()
                .next(
                        request -> request.path().endsWith(digest),
                        Fault.reply(Reply.of(200, ManifestFormat.OCI.image(), "{\"schemaVersion\": 2}")));
        assertEquals(FailureKind.NO_DIGEST, scene.failure(digest).kind());
        scene.front.faults().next(DetailsScene::isBlob, Fault.reply(Reply.of(200, "application/octet-stream", "{}")));
        assertEquals(FailureKind.NO_DIGEST, scene.failure(other).kind());
    }
}
