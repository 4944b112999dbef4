package io.jenkins.plugins.imageupdate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was pushed, under the names that jobs may have for it. */
class PushedImageTest {
    private static Set<String> names(String host, String repository) throws EventException {
        return ImageAliases.names(PushedImage.of(host, repository, "stable"));
    }

    @Test
    void hostsAreNormalisedAsInReferences() throws EventException {
        assertEquals(new PushedImage("gcr.io", "p/app", null), PushedImage.of("GCR.io:443", "p/app", ""));
        assertEquals(new PushedImage("localhost:5000", "app", "a"), PushedImage.of("localhost:5000", "app", "a"));
        assertEquals(
                new PushedImage("docker.io", "library/nginx", "1"), PushedImage.of("index.docker.io", "nginx", "1"));
        assertEquals(new PushedImage("[::1]:5000", "app", "a"), PushedImage.of("[::1]:5000", "app", "a"));
    }

    @Test
    void whatIsNotAnImageOfARegistryIsRefused() {
        for (String host : List.of("registry", "-", "a b", "x/y", "http://x", "docker.io.")) {
            assertThrows(EventException.class, () -> PushedImage.of(host, "app", "a"), host);
        }
        for (String tag : List.of("a b", "-x", "a/b", "a@sha256:1", "x".repeat(129))) {
            assertThrows(EventException.class, () -> PushedImage.of("gcr.io", "p/app", tag), tag);
        }
        assertThrows(EventException.class, () -> PushedImage.of("", "p/app", "a"));
        assertThrows(EventException.class, () -> PushedImage.of("gcr.io", "p/app@sha256:" + "1".repeat(64), ""));
    }

    @Test
    void containerRegistrysNamesAndArtifactRegistrysAreOneImage() throws EventException {
        assertEquals(Set.of("gcr.io/p/team/app", "us-docker.pkg.dev/p/gcr.io/team/app"), names("gcr.io", "p/team/app"));
        assertEquals(
                Set.of("us-docker.pkg.dev/p/gcr.io/team/app", "gcr.io/p/team/app"),
                names("us-docker.pkg.dev", "p/gcr.io/team/app"));
        assertEquals(
                Set.of("europe-docker.pkg.dev/p/eu.gcr.io/app", "eu.gcr.io/p/app"),
                names("europe-docker.pkg.dev", "p/eu.gcr.io/app"));
        assertEquals(Set.of("us-docker.pkg.dev/p/eu.gcr.io/app"), names("us-docker.pkg.dev", "p/eu.gcr.io/app"));
        assertEquals(Set.of("us-docker.pkg.dev/p/repository/app"), names("us-docker.pkg.dev", "p/repository/app"));
        assertEquals(Set.of("example.com/p/gcr.io/app"), names("example.com", "p/gcr.io/app"));
    }
}
