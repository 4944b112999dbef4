package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tag lists, and answers that are not tag lists. */
class TagListerTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    private final TagListing listing = new TagListing();

    @AfterEach
    void stop() {
        listing.close();
    }

    @Test
    void signaturesDigestsAndFaultyTagsAreDropped() {
        listing.answer("""
            {"name": "p/app", "tags": ["1.0", null, "", 7, {"a": 1}, "sha256-%s", "sha256-%s.sig", "sha256-%s.att",
             "sha256-%s.sbom", "sha512-%s", "sha256:%s", "-x", "a b", "%s", "1.0", "sha256-short", "latest"]}
            """.formatted(HEX, HEX, HEX, HEX, HEX, HEX, "x".repeat(129)));
        assertEquals(new TagList(List.of("1.0", "sha256-short", "latest"), false), listing.list());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"p/app\", \"tags\": null}", "{\"name\": \"p/app\", \"tags\": []}"})
    void aRepositoryWithoutTagsHasNone(String body) {
        listing.answer(body);
        assertEquals(new TagList(List.of(), false), listing.list());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"tags\": {}}", "{\"tags\": \"1.0\"}", "<html>", "{\"tags\": [\"1.0\""})
    void anAnswerThatIsNotATagListIsAFailure(String body) {
        listing.answer(body);
        assertEquals(FailureKind.NOT_A_REGISTRY, listing.failure().kind());
    }

    @Test
    void anUnknownRepositoryIsAFailureAndNotAnEmptyList() {
        assertEquals(FailureKind.REPOSITORY_NOT_FOUND, listing.failure().kind());
        listing.answer(Fault.reply(Reply.error(404, "NOT_FOUND", "no such thing")));
        assertEquals(FailureKind.REPOSITORY_NOT_FOUND, listing.failure().kind());
    }

    @Test
    void theDistributionServersPagesAreRead(@TempDir Path directory) throws IOException {
        try (DistributionServer server = DistributionServer.start(directory)) {
            ImagePusher pusher = new ImagePusher(server.origin());
            pusher.pushImage("p/app", "1.0", "x");
            pusher.pushImage("p/app", "sha256-" + HEX + ".sig", "signature");
            pusher.pushImage("p/app", "latest", "x");
            TagList list = listing.list(server.host()).join();
            assertEquals(Set.of("1.0", "latest"), Set.copyOf(list.names()), "version 2 does not sort them");
            assertFalse(list.truncated());
        }
    }
}
