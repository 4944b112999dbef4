package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://gcr.io/v2/, https://gcr.io:443",
        "HTTPS://GCR.IO, https://gcr.io:443",
        "https://gcr.io:443/x?y, https://gcr.io:443",
        "https://gcr.io./, https://gcr.io:443",
        "http://localhost/, http://localhost:80",
        "http://localhost:5000, http://localhost:5000",
        "https://[::1]:5000/, https://[::1]:5000",
        "https://user@gcr.io/, https://gcr.io:443",
    })
    void isSchemeHostAndPort(URI uri, String origin) {
        assertEquals(origin, Origin.of(uri));
    }

    @ParameterizedTest
    @CsvSource({
        "https://gcr.io/a, https://gcr.io:443/b, true",
        "https://gcr.io/, https://GCR.io./, true",
        "https://gcr.io/, http://gcr.io/, false",
        "https://gcr.io/, http://gcr.io:443/, false",
        "https://gcr.io/, https://eu.gcr.io/, false",
        "https://gcr.io/, https://gcr.io.example.com/, false",
        "https://gcr.io/, https://gcr.io:8443/, false",
        "https://gcr.io/, https://gcr.io@example.com/, false",
        "https://a_b.example/, https://c_d.example/, false",
        "https://a_b.example/, https://a_b.example/, false",
        "mailto:a@b, mailto:a@b, false",
        "/v2/, /v2/, false",
    })
    void isTheBoundaryForCredentials(URI one, URI other, boolean same) {
        assertEquals(same, Origin.same(one, other));
        assertEquals(same, Origin.same(other, one));
    }

    @ParameterizedTest
    @CsvSource({
        "https://Gcr.IO./x, gcr.io",
        "https://[FE80::1]/, [fe80::1]",
        "mailto:a@b, ''",
        "/x, ''",
        "https://a_b/, ''"
    })
    void hostsAreInLowerCase(URI uri, String host) {
        assertEquals(host, Origin.host(uri));
    }
}
