package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.DetailsScene.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.ManifestFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The details that an image has about itself, and the choice of an image in an index. */
class DetailsReaderTest {
    private static final String INDEX = ManifestFormat.OCI.index();

    private final DetailsScene scene = new DetailsScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private String pushIndex(String... entries) {
        String index = "{\"schemaVersion\": 2, \"manifests\": [" + String.join(",", entries) + "]}";
        return scene.registry.push("p/app", null, index.getBytes(StandardCharsets.UTF_8), INDEX);
    }

    private static String entry(String mediaType, String digest) {
        return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": 1}".formatted(mediaType, digest);
    }

    @ParameterizedTest
    @EnumSource(ManifestFormat.class)
    void manifestAndConfigurationAreRead(ManifestFormat format) {
        String digest = DetailsScene.push(scene.registry, "amd64", format);
        assertEquals(wanted("amd64"), scene.details(digest));
        assertEquals(4, scene.front.requests().size(), "refusal, token, manifest, configuration");
    }

    @Test
    void anIndexIsReadForThePlatformAskedForOrTheUsualOneOrTheFirst() {
        Map<String, String> images = new LinkedHashMap<>();
        images.put("linux/arm64", scene.push("arm64"));
        String arm = scene.registry.pushIndexWithAttestations("p/app", "arm", images, "x");
        assertEquals(wanted("arm64"), scene.details(arm));

        images.put("linux/amd64", scene.push("amd64"));
        String both = scene.registry.pushIndexWithAttestations("p/app", "both", images, "x");
        assertEquals(wanted("amd64"), scene.details(both));
        assertEquals(wanted("arm64"), scene.details(both, "linux/arm64/v8"));

        RegistryException missing = scene.failure(both, "linux/s390x");
        assertEquals(FailureKind.CONFIGURATION, missing.kind());
        assertTrue(missing.detail().contains("linux/s390x"), missing.detail());
        assertTrue(missing.detail().contains("linux/arm64, linux/amd64"), missing.detail());
    }

    /** As the digest is, in each of them: the one that has the platform need not be the first. */
    @Test
    void indexesWithinAnIndexAreSearched() {
        Map<String, String> outer = new LinkedHashMap<>();
        for (String architecture : new String[] {"arm64", "amd64"}) {
            String platform = "linux/" + architecture;
            outer.put(platform, scene.registry.pushIndex("p/app", null, Map.of(platform, scene.push(architecture))));
        }
        String digest = scene.registry.pushIndex("p/app", "nested", outer);
        assertEquals(wanted("amd64"), scene.details(digest));
        assertEquals(wanted("amd64"), scene.details(digest, "linux/amd64"));
        assertEquals(wanted("arm64"), scene.details(digest, "linux/arm64"));
        assertEquals(
                FailureKind.CONFIGURATION, scene.failure(digest, "linux/s390x").kind());
    }

    @Test
    void anImageWithoutPlatformIsTakenWhereNoneIsAskedForHoweverDeepItIs() {
        String digest = scene.push("arm64");
        String inner = pushIndex(entry(ManifestFormat.OCI.image(), digest));
        String outer = pushIndex(entry(INDEX, pushIndex()), entry(INDEX, inner));
        assertEquals(wanted("arm64"), scene.details(outer));
        assertEquals(
                FailureKind.CONFIGURATION, scene.failure(outer, "linux/arm64").kind());
        assertEquals(FailureKind.CONFIGURATION, scene.failure(pushIndex()).kind());
    }

    @Test
    void aManifestWithoutConfigurationSaysWhatItCan() {
        String manifest = """
            {"schemaVersion": 2, "annotations": {"org.opencontainers.image.version": "2"}, "layers": [{"size": 3}]}
            """;
        String digest = scene.registry.push(
                "p/app", null, manifest.getBytes(StandardCharsets.UTF_8), ManifestFormat.OCI.image());
        assertEquals(new ImageDetails(null, null, 3, Map.of("version", "2")), scene.details(digest));
    }

    @Test
    void theDistributionServersImagesAreRead(@TempDir Path directory) throws IOException {
        try (DistributionServer server = DistributionServer.start(directory)) {
            String digest = DetailsScene.push(new ImagePusher(server.origin()), "amd64", ManifestFormat.OCI);
            assertEquals(
                    wanted("amd64"), scene.details(server.host(), digest, null).join());
        }
    }
}
