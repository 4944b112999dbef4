package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.AddressRange;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private static final URI REGISTRY = URI.create("https://192.0.2.1/v2/app/manifests/1");
    private static final RegistryEndpoint ENDPOINT = RegistryEndpoint.of("192.0.2.1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "::8.8.8.8",
                "::ffff:0:127.0.0.1",
                "::ffff:0:8.8.8.8",
                "100::1",
                "5f00::1",
                "2001:1ff::1",
                "64:ff9a::808:808",
                "::7f00:1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2002:a9fe:a9fe::",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::808:808",
                "2001::1"
            })
    void knowsInternalAddresses(String address) throws UnknownHostException {
        assertTrue(Addresses.internal(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "126.1.1.1",
                "128.0.0.1",
                "168.63.129.17",
                "169.253.1.1",
                "169.255.1.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "192.0.2.1",
                "192.167.1.1",
                "192.169.1.1",
                "198.17.1.1",
                "198.20.1.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2001:4860:4860::8888",
                "2002:808:808::",
                "2a00:1450:4001::",
                "64:ff9b::808:808"
            })
    void knowsPublicAddresses(String address) throws UnknownHostException {
        assertEquals(false, Addresses.internal(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/other, https://192.0.2.1/v2/other",
        "2, https://192.0.2.1/v2/app/manifests/2",
        "//198.51.100.7/x, https://198.51.100.7/x",
        "https://198.51.100.7/x, https://198.51.100.7/x",
        "https://192.0.2.1:443/x, https://192.0.2.1:443/x",
    })
    void followsOrdinaryRedirects(String location, URI target) throws RegistryException {
        assertEquals(target, AddressRules.redirect(ENDPOINT, REGISTRY, location));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|a redirect without a valid address",
                "https://exa mple.com/|a redirect without a valid address",
                "http://198.51.100.7/|by unencrypted http",
                "http://192.0.2.1/|by unencrypted http",
                "file:///etc/passwd|is not a plain http or https address",
                "mailto:a@b|is not a plain http or https address",
                "ftp://198.51.100.7/|is not a plain http or https address",
                "https:///x|is not a plain http or https address",
                "https://user:pass@198.51.100.7/|is not a plain http or https address",
                "https://under_score.example/|is not a plain http or https address",
                "https://127.0.0.1/|has the internal address",
                "https://10.1.2.3/|has the internal address",
                "https://169.254.169.254/computeMetadata/|has the internal address",
                "https://[::1]/|has the internal address",
                "https://[::ffff:10.0.0.1]/|has the internal address",
                "https://localhost/|has the internal address",
            })
    void refusesOtherRedirects(String location, String reason) {
        RegistryException refused =
                assertThrows(RegistryException.class, () -> AddressRules.redirect(ENDPOINT, REGISTRY, location));
        assertEquals(
                location.isEmpty() || location.contains(" ") ? FailureKind.NOT_A_REGISTRY : FailureKind.CONFIGURATION,
                refused.kind());
        assertTrue(refused.detail().contains(reason), refused.detail());
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:5000/, http://127.0.0.1:5000/token, true",
        "http://127.0.0.1:5000/, http://127.0.0.1:5001/token, false",
        "http://127.0.0.1:5000/, https://198.51.100.7/token, true",
        "https://10.0.0.1/, https://10.0.0.1/token, true",
        "https://10.0.0.1/, https://10.0.0.2/token, false",
    })
    void aRegistryInsideMayNameItself(URI from, URI target, boolean allowed) {
        if (allowed) {
            assertDoesNotThrow(() -> AddressRules.requireReachable(ENDPOINT, from, target, "realm"));
        } else {
            String detail = assertThrows(
                            RegistryException.class,
                            () -> AddressRules.requireReachable(ENDPOINT, from, target, "realm"))
                    .detail();
            assertTrue(detail.contains("has the internal address " + target.getHost()), detail);
            assertTrue(detail.contains("Allowed addresses"), detail);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://10.0.0.1/, https://10.0.0.2/token, true",
        "https://10.0.0.1/, https://192.168.7.9:5000/token, true",
        "https://[fd12::1]/, https://[fd12::2]/token, true",
        "https://10.0.0.1/, https://127.0.0.1/token, false",
        "https://10.0.0.1/, https://169.254.169.254/token, false",
        "https://10.0.0.1/, https://[fd00:ec2::254]/token, false",
        "https://127.0.0.1/, https://10.0.0.2/token, false",
        "https://198.51.100.7/, https://10.0.0.2/token, false",
    })
    void aListedRegistryOnAPrivateNetworkMayNameItsNeighbours(URI from, URI target, boolean allowed) {
        RegistryEndpoint listed = new RegistryEndpoint(from.getHost(), false, Duration.ofSeconds(5), 1, false);
        if (allowed) {
            assertDoesNotThrow(() -> AddressRules.requireReachable(listed, from, target, "realm"));
        } else {
            assertThrows(RegistryException.class, () -> AddressRules.requireReachable(listed, from, target, "realm"));
        }
    }

    /** Fake-ip name servers, carrier-grade NAT, a registry and its token server on the controller's machine, and IPv6. */
    @ParameterizedTest
    @CsvSource({
        "https://198.18.0.5/, https://198.18.0.9/token, 198.18.0.0/15, true",
        "https://198.18.0.5/, https://198.51.100.1/token, 198.18.0.0/15, true",
        "https://198.18.0.5/, https://198.20.0.9/token, 198.18.0.0/15, true",
        "https://100.64.0.5/, https://100.64.0.9/token, 100.64.0.0/10, true",
        "https://100.64.0.5/, https://100.100.100.200/token, 100.64.0.0/10, false",
        "http://127.0.0.1:5000/, http://127.0.0.1:5001/token, 127.0.0.1, true",
        "http://127.0.0.1:5000/, http://127.0.0.2:5001/token, 127.0.0.1, false",
        "https://198.51.100.7/, https://10.0.0.2/token, 10.0.0.0/8 192.168.0.0/16, true",
        "https://198.51.100.7/, https://172.16.0.2/token, 10.0.0.0/8 192.168.0.0/16, false",
        "https://198.51.100.7/, https://[fd00::2]/token, fd00::/8, true",
        "https://198.51.100.7/, https://169.254.0.1/token, 0.0.0.0/0, false",
    })
    void anAdministratorAllowsInternalAddressesForAListedRegistry(
            URI from, URI target, String ranges, boolean allowed) {
        RegistryEndpoint listed = new RegistryEndpoint(from.getHost(), false, Duration.ofSeconds(5), 1, false)
                .withAllowedAddresses(AddressRange.parseList(ranges));
        RegistryEndpoint unlisted = RegistryEndpoint.of(from.getHost()).withAllowedAddresses(listed.allowedAddresses());
        if (allowed) {
            assertDoesNotThrow(() -> AddressRules.requireReachable(listed, from, target, "realm"));
        } else {
            assertThrows(RegistryException.class, () -> AddressRules.requireReachable(listed, from, target, "realm"));
        }
        if (Addresses.internal(Addresses.of(target.getHost())[0])) {
            assertThrows(RegistryException.class, () -> AddressRules.requireReachable(unlisted, from, target, "realm"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "fd00::/129", "localhost/8", "10.0.0/8", "10.0.0.0/", "10.0.0.0/8/8", "a", "::g"})
    void aRangeThatIsNotOneIsNamed(String text) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> AddressRange.parseList("10.0.0.0/8, " + text))
                .getMessage();
        assertTrue(message.contains(text.split("/")[0]), message);
    }

    @Test
    void rangesAreReadAsPeopleWriteThem() {
        assertEquals(
                "[10.0.0.0/8, 192.168.1.1/32, fd00:0:0:0:0:0:0:0/8]",
                AddressRange.parseList(" 10.0.0.0/8,192.168.1.1\nfd00::/8 ").toString());
        assertEquals(List.of(), AddressRange.parseList(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "https://198.51.100.7/, true",
        "https://[2001:db8::1]/, true",
        "https://127.0.0.1/, false",
        "https://localhost/, false",
        "https://10.0.0.1/, false",
        "https://[::1]/, false",
        "https://[::ffff:10.0.0.1]/, false",
    })
    void aRegistryThatIsNotListedIsOnThePublicInternet(URI target, boolean allowed) {
        if (allowed) {
            assertDoesNotThrow(() -> AddressRules.requirePublic(target));
        } else {
            RegistryException refused = assertThrows(RegistryException.class, () -> AddressRules.requirePublic(target));
            assertEquals(FailureKind.CONFIGURATION, refused.kind());
        }
    }

    /** Behind a proxy the controller itself may resolve nothing; what it cannot resolve it cannot connect to either. */
    @ParameterizedTest
    @ValueSource(strings = "https://no-such-host.invalid/token")
    void leavesUnresolvedNamesToTheConnection(URI target) {
        assertDoesNotThrow(() -> AddressRules.requireReachable(ENDPOINT, REGISTRY, target, "realm"));
        assertDoesNotThrow(() -> AddressRules.requireNoMetadataServer(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "[fe80::1]",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "[fd00:ec2::254]",
                "[fd20:ce::254]",
                "[::ffff:169.254.169.254]",
                "[64:ff9b::a9fe:a9fe]",
                "[2002:a9fe:a9fe::1]"
            })
    void refusesMetadataServers(String host) {
        RegistryException refused = assertThrows(
                RegistryException.class,
                () -> AddressRules.requireNoMetadataServer(URI.create("http://" + host + "/v2/")));
        assertEquals(FailureKind.CONFIGURATION, refused.kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "[::1]", "192.168.1.1", "[fd00::1]", "8.8.8.8"})
    void allowsRegistriesInside(String host) {
        assertDoesNotThrow(() -> AddressRules.requireNoMetadataServer(URI.create("http://" + host + "/v2/")));
    }

    /** What one program takes for a public address and another for an internal one; a proxy may be such another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0177.0.0.1",
                "127.0.0.01",
                "010.0.0.1",
                "2130706433",
                "0x7f000001",
                "017700000001",
                "[::1%251]",
                "[fe80::1%25nosuch]",
                "[::ffff:127.0.0.1%25x]"
            })
    void refusesAddressesInUnusualSpellings(String host) {
        URI target = URI.create("https://" + host + "/token");
        String redirect = assertThrows(
                        RegistryException.class,
                        () -> AddressRules.requireReachable(ENDPOINT, REGISTRY, target, "realm"))
                .detail();
        assertTrue(redirect.contains("unusual spelling"), redirect);
        assertThrows(RegistryException.class, () -> AddressRules.requireNoMetadataServer(target));
    }
}
