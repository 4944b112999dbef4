package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIndexTest {
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @Test
    void choosesByPlatformInNormalForm() throws RegistryException {
        ImageIndex index = parse(
                entry('a', OCI_MANIFEST, "'os':'linux','architecture':'amd64'"),
                entry('b', OCI_MANIFEST, "'os':'linux','architecture':'arm64','variant':'v8'"),
                entry('c', OCI_MANIFEST, "'os':'linux','architecture':'arm','variant':'v6'"));
        assertEquals(Optional.of(digest('a')), index.choose(Platform.parse("linux/x86_64")));
        assertEquals(Optional.of(digest('b')), index.choose(Platform.parse("linux/arm64")));
        assertEquals(Optional.of(digest('c')), index.choose(Platform.parse("linux/armel")));
        assertEquals(Optional.empty(), index.choose(Platform.parse("linux/arm")), "another variant is another image");
        assertEquals(Optional.empty(), index.choose(Platform.parse("windows/amd64")));
        assertEquals("linux/amd64, linux/arm64, linux/arm/v6", index.platforms());
    }

    @Test
    void aVersionOfTheOperatingSystemMayBeChosenAndWithoutItThereAreSeveral() throws RegistryException {
        ImageIndex windows = parse(
                entry('a', OCI_MANIFEST, "'os':'windows','architecture':'amd64','os.version':'10.0.20348.1'"),
                entry('b', OCI_MANIFEST, "'os':'windows','architecture':'amd64','os.version':'10.0.17763.1'"));
        assertEquals(Optional.of(digest('a')), windows.choose(Platform.parse("windows/amd64")));
        assertTrue(windows.ambiguous(Platform.parse("windows/amd64")));
        for (String version : List.of("10.0.17763", "10.0.17763.1")) {
            Platform chosen = Platform.parse("windows(" + version + ")/amd64");
            assertEquals(Optional.of(digest('b')), windows.choose(chosen));
            assertFalse(windows.ambiguous(chosen));
        }
        assertEquals(Optional.empty(), windows.choose(Platform.parse("windows(10.0.17763.2)/amd64")));
        assertEquals(Optional.empty(), windows.choose(Platform.parse("windows(10.0.1776)/amd64")));
        assertEquals("windows(10.0.20348.1)/amd64, windows(10.0.17763.1)/amd64", windows.platforms());
    }

    @Test
    void attestationsArePassedOverWhateverTheirDigest() throws RegistryException {
        ImageIndex index = parse(
                entry('a', OCI_MANIFEST, "'os':'unknown','architecture':'unknown'"),
                "{'digest':'blake3:00','platform':{'os':'unknown','architecture':'unknown'}}",
                entry('b', OCI_MANIFEST, "'os':'linux','architecture':'amd64'"));
        assertEquals(1, index.entries().size());
        assertEquals("linux/amd64", index.platforms());
    }

    @Test
    void indexesWithinAreNoImages() throws RegistryException {
        ImageIndex index = parse(
                entry('a', OCI_INDEX, "'os':'linux','architecture':'amd64'"),
                "{'mediaType':'" + OCI_INDEX + "','digest':'" + digest('b') + "'}",
                "{'mediaType':'" + OCI_MANIFEST + "','digest':'" + digest('c') + "'}");
        assertEquals(List.of(digest('a'), digest('b')), index.nested());
        assertEquals(Optional.empty(), index.choose(Platform.parse("linux/amd64")));
    }

    @Test
    void saysSoWhereNoPlatformIsNamed() throws RegistryException {
        assertEquals("no platform that its index names", parse().platforms());
    }

    @Test
    void namesOfPlatformsArePrintable() throws RegistryException {
        ImageIndex index = parse(entry('a', OCI_MANIFEST, "'os':'linux\\nINFO forged','architecture':'amd64'"));
        assertEquals("linux info forged/amd64", index.platforms());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "[]", "{}", "{'manifests':{}}", "{'manifests':null}", "{'config':{},'layers':[]}"})
    void refusesOtherDocuments(String content) {
        RegistryException thrown = assertThrows(RegistryException.class, () -> ImageIndex.parse(bytes(content)));
        assertEquals(FailureKind.NOT_A_REGISTRY, thrown.kind());
        assertEquals("the image index has no list of manifests", thrown.detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "7", "{'digest':7}", "{'digest':'sha256:00'}"})
    void refusesEntriesWithoutADigest(String entry) {
        RegistryException thrown = assertThrows(RegistryException.class, () -> parse(entry));
        assertEquals(FailureKind.NOT_A_REGISTRY, thrown.kind());
        assertTrue(thrown.detail().startsWith("the image index is faulty: "), thrown.detail());
    }

    private static ImageIndex parse(String... entries) throws RegistryException {
        return ImageIndex.parse(bytes("{'schemaVersion':2,'manifests':[" + String.join(",", entries) + "]}"));
    }

    private static String entry(char digest, String mediaType, String platform) {
        return "{'mediaType':'" + mediaType + "','digest':'" + digest(digest) + "','size':1,'platform':{" + platform
                + "}}";
    }

    private static Digest digest(char digit) {
        return new Digest("sha256", String.valueOf(digit).repeat(64));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
