package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first hosts of both lists are those of TestKeychainGCRandAR in github.com/google/go-containerregistry. */
class KnownRegistriesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcr.io",
                "us.gcr.io",
                "eu.gcr.io",
                "asia.gcr.io",
                "staging-k8s.gcr.io",
                "global.gcr.io",
                "us-docker.pkg.dev",
                "asia-docker.pkg.dev",
                "europe-docker.pkg.dev",
                "us-central1-docker.pkg.dev",
                "marketplace.gcr.io",
                "docker.us-central1.rep.pkg.dev",
                "GCR.IO",
                "Us-Docker.PKG.dev",
                "gcr.io:443",
                "us-docker.pkg.dev:443"
            })
    void areGoogles(String host) {
        assertTrue(KnownRegistries.google(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notgcr.io", "fake-gcr.io", "alsonot.gcr.iot", "us-docker-pkg.dev", "someotherpkg.dev",
                        "looks-like-pkg.dev",
                "closeto.pkg.devops", "", "pkg.dev", "gcr.io.evil.example", "us-docker.pkg.dev.evil.example", "gcrxio",
                "us-dockerXpkg.dev", ".gcr.io", "-.gcr.io", "a..pkg.dev", "evil.example/gcr.io", "evil.example#.gcr.io",
                "evil.example?.pkg.dev", "evil.example:1@gcr.io", "gcr.io@evil.example", "gcr.io:80", "gcr.io:8443",
                        "gcr.io:",
                "gcr.io:443:443", "gcr.io.", " gcr.io", "gcr.io\n", "evil.example\n.gcr.io", "us-docker.p\u212Ag.dev",
                "\uFF47cr.io", "gcr.\u0131o", "registry-1.docker.io", "google.com", "localhost"
            })
    void areOthers(String host) {
        assertFalse(KnownRegistries.google(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-", "a.", "-", "."})
    void readsHostileNamesInTime(String part) {
        assertFalse(KnownRegistries.google(part.repeat(250 / part.length()) + "!"));
        assertFalse(KnownRegistries.google(part.repeat(1_000_000) + ".pkg.dev"));
    }
}
