package io.jenkins.plugins.imageupdate.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the runtimes of nodes write as imageID. */
class ContainerImageIdTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    private static ContainerImageId of(String image, String id) {
        return ContainerImageId.of(ImageReference.parse(image), id);
    }

    @ParameterizedTest
    @CsvSource({
        "maven:3.9, docker.io/library/maven@sha256:",
        "maven:3.9, docker-pullable://maven@sha256:",
        "maven, index.docker.io/library/maven@sha256:",
        "gcr.io/p/tools:stable, gcr.io/p/tools@sha256:",
        "gcr.io/p/tools:stable, docker-pullable://gcr.io/p/tools@sha256:",
        "gcr.io/p/tools:stable, gcr.io/p/tools:stable@sha256:",
        "localhost:5000/tools, cri-o://localhost:5000/tools@sha256:",
    })
    void aDigestWithTheRepositoryIsThatOfTheRegistry(String image, String id) {
        assertEquals(new ContainerImageId(Digest.parse("sha256:" + HEX), null), of(image, id + HEX));
    }

    @Test
    void otherAlgorithmsAreReadToo() {
        assertEquals(
                Digest.parse("sha512:" + HEX + HEX),
                of("maven:3.9", "docker.io/library/maven@sha512:" + HEX + HEX).digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:", "", "docker://sha256:", "docker-pullable://sha256:", "containerd://"})
    void anIdWithoutARepositoryIsThatOfTheNode(String prefix) {
        assertUnknown("its own id", of("maven:3.9", prefix + HEX));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "docker-pullable://"})
    void aContainerThatHasNotStartedHasNone(String id) {
        assertUnknown("no imageID", of("maven:3.9", id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maven", "docker.io/library/maven:3.9", "docker-pullable://maven:3.9"})
    void aNameWithoutADigestTellsNothing(String id) {
        assertUnknown("docker.io/library/maven:", of("maven:3.9", id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mirror.example/library/maven@sha256:", "docker.io/team/maven@sha256:", "ghcr.io/maven@sha256:"})
    void theDigestOfAnotherRepositoryMayBeOfAnotherManifest(String id) {
        assertUnknown("another repository", of("maven:3.9", id + HEX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maven@sha256:0123",
                "maven@md5:0123456789abcdef0123456789abcdef",
                "maven@",
                "a b",
                "<script>alert(1)</script>",
                "docker-pullable://docker-pullable://maven",
                "sha256:0123"
            })
    void anythingElseIsSaid(String id) {
        ContainerImageId read = of("maven:3.9", id);
        assertNull(read.digest());
        assertNotNull(read.problem());
    }

    @Test
    void aLongTextIsCut() {
        String problem = of("maven:3.9", "A".repeat(100_000)).problem();
        assertTrue(problem.length() < 2_000, () -> problem.length() + " characters");
    }

    private static void assertUnknown(String words, ContainerImageId read) {
        assertNull(read.digest());
        assertTrue(read.problem().contains(words), read::problem);
    }
}
