package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ManifestFormat;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
    /**
     * With a shorter list a registry converts the manifest, and the digest is that of another document (distribution-spec issue 207);
     * a compressed one has not the bytes that the digest is of.
     */
    @Test
    void everyManifestIsAskedForInAllItsFormsAndUncompressed() {
        try (InProcessRegistry registry = InProcessRegistry.start();
                Checks checks = Checks.of(registry.host())) {
            String image = registry.pushImage("p/app", null, "one");
            registry.pushIndex("p/app", "stable", Map.of("linux/amd64", image));
            registry.faults().next(RecordedRequest::isHead, Fault.without("Docker-Content-Digest"));
            registry.clear();
            assertEquals(image, checks.digest("p/app:stable", "linux/amd64", Checks.ANONYMOUS));
            assertEquals(
                    image,
                    checks.check("p/app:stable", "linux/amd64", Checks.ANONYMOUS, null)
                            .tags()
                            .newest()
                            .digest()
                            .toString());

            Set<String> all = new TreeSet<>();
            for (ManifestFormat format : ManifestFormat.values()) {
                all.add(format.image());
                all.add(format.index());
            }
            assertEquals(
                    Set.of("HEAD", "GET"),
                    registry.requests().stream().map(RecordedRequest::method).collect(Collectors.toSet()));
            for (RecordedRequest request : registry.requests()) {
                assertEquals(
                        all,
                        new TreeSet<>(Arrays.asList(
                                request.header("Accept").orElseThrow().split(", "))));
                assertEquals("identity", request.header("Accept-Encoding").orElseThrow());
            }
        }
    }
}
