package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String SHA256 = "sha256:" + "f".repeat(64);

    @ParameterizedTest
    @CsvFileSource(resources = "valid-references.csv", delimiter = '|')
    void readsAndNormalisesAsDockerDoes(String written, String host, String repository, String tag, String digest) {
        ImageReference expected =
                new ImageReference(host, repository, tag, digest == null ? null : Digest.parse(digest));
        ImageReference read = ImageReference.parse(written);
        assertEquals(expected, read);
        assertEquals(read, ImageReference.parse(read.toString()), "its own text names the same image");
        assertNotNull(RegistryEndpoint.of(host).resolve(read.repository()).getHost(), "a request can be sent there");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "invalid-references.csv", delimiter = '|')
    void refusesWhatDockerRefusesAndSaysWhy(String written, String reason) {
        String message = refusal(written);
        assertTrue(message.startsWith("\"" + written + "\" is not an image reference: "), message);
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains("gcr.io/project/app:stable"), "an example helps: " + message);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n"})
    void asksForAnImageWhereNoneIsNamed(String written) {
        assertTrue(refusal(written).startsWith("no image is named"));
    }

    @Test
    void ignoresWhiteSpaceAround() {
        assertEquals(
                "gcr.io/p/app:1", ImageReference.parse(" gcr.io/p/app:1\r\n").toString());
    }

    @Test
    void boundsTheRepositoryAt255Characters() {
        String longest = "a/".repeat(127) + "a";
        assertEquals(
                longest,
                ImageReference.parse("example.com/" + longest + ":tag-puts-this-over")
                        .repository());
        assertEquals(longest, ImageReference.parse(longest).repository());
        String name = "a".repeat(255);
        assertEquals(name, ImageReference.parse("example.com/" + name + ":tag").repository());
        assertTrue(refusal("example.com/" + name + "a:tag").contains("longer than 255"));
        assertTrue(refusal("domain/" + name + "a:tag").contains("longer than 255"));
        assertTrue(refusal("a".repeat(248)).contains("longer than 255"), "library/ counts");
        assertEquals(
                "library/" + "a".repeat(247),
                ImageReference.parse("a".repeat(247)).repository());
    }

    @Test
    void boundsTheTagAt128Characters() {
        assertEquals(
                "t".repeat(128), ImageReference.parse("a:" + "t".repeat(128)).tag());
        assertTrue(refusal("a:" + "t".repeat(129)).contains("1 to 128"));
    }

    @Test
    void readsHostileTextInTime() {
        for (String part : new String[] {"a-", "a.", "a_", "a/", "a:", ":", "@", "a__", "[:", "A"}) {
            refusal(part.repeat(512 / part.length()) + "!");
        }
        assertTrue(refusal("a".repeat(1025)).contains("longer than 1024"));
    }

    @Test
    void messagesAreOnePrintableLine() {
        String message = refusal("evil\nINFO forged\u202E/app");
        assertTrue(message.chars().noneMatch(c -> c == '\n' || c == 0x202E), message);
    }

    @Test
    void knowsEveryDigestAlgorithmOfRegistries() {
        String sha512 = "sha512:" + "f".repeat(128);
        assertEquals(sha512, ImageReference.parse("app@" + sha512).selector());
        assertEquals(SHA256, ImageReference.parse("app@" + SHA256).selector());
    }

    @Test
    void aTagIsAskedForBeforeItsPin() {
        ImageReference pinned = ImageReference.parse("app:1.2@" + SHA256);
        assertTrue(pinned.pinned());
        assertEquals("1.2", pinned.selector());
        assertEquals("docker.io/library/app:1.2@" + SHA256, pinned.toString());
        assertEquals("docker.io/library/app", pinned.name());
        assertFalse(ImageReference.parse("app@" + SHA256).pinned());
        assertFalse(ImageReference.parse("app:1.2").pinned());
    }

    @Test
    void needsATagOrADigest() {
        assertThrows(IllegalArgumentException.class, () -> new ImageReference("gcr.io", "p/app", null, null));
    }

    private static String refusal(String written) {
        return assertThrows(IllegalArgumentException.class, () -> ImageReference.parse(written), written)
                .getMessage();
    }
}
