package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.KnownRegistries;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.security.KeyPairGenerator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kinds of login a registry takes, by its host. */
class LoginsOfRegistriesTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    @ParameterizedTest
    @CsvSource({
        "gcr.io,_json_key,true",
        "europe-docker.pkg.dev,oauth2accesstoken,true",
        "us.gcr.io,_dcgcr_2_1_5_token,true",
        "gcr.io,robot,false",
        "gcr.io,AWS,false",
        "ghcr.io,robot,true",
        "ghcr.io,_json_key_base64,false",
        "ghcr.io,AWS,false",
        "docker.io,AWS,false",
        "docker.io,reader,true",
        "registry.example.com,robot,true",
        "registry.example.com,AWS,true",
        "registry.example.com,_token,false",
        ECR + ",AWS,true",
        ECR + ",robot,false",
        ECR + ",_json_key,false",
        "public.ecr.aws,AWS,true"
    })
    void usersLogInWhereTheirRegistryIs(String host, String user, boolean may) {
        assertEquals(may, Authentications.mayLogIn(user, RegistryEndpoint.of(host)));
    }

    @Test
    void whatIsAskedIsTheMirrorAndWhatAnAdministratorAllowedCounts() {
        RegistryEndpoint hub = RegistryEndpoint.of("docker.io");
        assertFalse(Authentications.mayLogIn("_json_key", hub));
        assertTrue(Authentications.mayLogIn("_json_key", hub.withMirror("mirror.gcr.io")));
        assertFalse(Authentications.mayLogIn("reader", hub.withMirror("mirror.gcr.io")));
        RegistryEndpoint plain = new RegistryEndpoint("gcr.io", true, Duration.ofSeconds(1), 1, false);
        assertFalse(Authentications.googleMayLogIn(plain));
        assertTrue(Authentications.googleMayLogIn(
                new RegistryEndpoint("mirror.example.com", true, Duration.ofSeconds(1), 1, true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ECR,
                "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
                "123456789012.dkr-ecr.us-east-1.on.aws",
                "PUBLIC.ecr.aws"
            })
    void theNamesOfAmazonsRegistriesAreKnown(String host) {
        assertTrue(KnownRegistries.ecr(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234.dkr.ecr.eu-west-1.amazonaws.com",
                ECR + ".example.com",
                "evil" + ECR,
                "dkr.ecr.eu-west-1.amazonaws.com",
                "public.ecr.aws.example.com",
                "ecr.aws",
                ""
            })
    void namesThatOnlyLookLikeThemAreNot(String host) {
        assertFalse(KnownRegistries.ecr(host));
    }

    @Test
    void aKeyInPartsSignsLikeTheWholeFile() throws Exception {
        try (GoogleFixture fixture = new GoogleFixture()) {
            Authentication key =
                    Authentications.ofPrivateKey("robot", GoogleFixture.ACCOUNT, ServiceAccountKeys.privateKeyObject());
            assertEquals("ya29.issued-by-google-1", fixture.fetch(key));
            assertFalse(fixture.google.bodies().get(0).contains("PRIVATE"));
            assertNull(key.userPassword(), "it has no form in which it could be sent");
        }
    }

    @Test
    void aKeyInPartsThatCannotSignIsRefused() throws Exception {
        var elliptic = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        assertRefused("not an RSA key", () -> Authentications.ofPrivateKey("robot", GoogleFixture.ACCOUNT, elliptic));
        assertRefused(
                "not an e-mail address",
                () -> Authentications.ofPrivateKey("robot", "x", ServiceAccountKeys.privateKeyObject()));
    }

    private static void assertRefused(String words, Executable reader) {
        String message = assertThrows(IllegalArgumentException.class, reader).getMessage();
        assertTrue(message.contains(words), message);
    }

    @Test
    void aCredentialThatNamesTheControllersIdentityIsGoodForNothingByItself() {
        Authentication named = new GoogleAuthentication.NamedControllerIdentity("metadata");
        var failure = assertThrows(RegistryException.class, () -> named.requireRegistry(RegistryEndpoint.of("gcr.io")));
        assertTrue(failure.detail().contains("an administrator can allow it"), failure.detail());
        try (GoogleFixture fixture = new GoogleFixture()) {
            assertFalse(fixture.source.serves(named));
        }
    }
}
