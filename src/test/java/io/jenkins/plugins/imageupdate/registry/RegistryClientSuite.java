package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.ManifestFormat;
import io.jenkins.plugins.imageupdate.testing.PushTarget;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registry behind Google's kind of authentication has to be understood in; subclasses say which registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryClientSuite {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "key-1");
    private static final Authentication LOGIN = Authentications.ofSecret("gcr-key", KEY);

    private GcrFront front;
    private Checks checks;

    /** Where images are pushed; open to everybody. */
    abstract PushTarget registry();

    /** The same registry's address. */
    abstract String origin();

    /** How the registry answers for a repository that it does not have. */
    abstract FailureKind kindOfMissingRepository();

    @BeforeEach
    void openFront() {
        front = GcrFront.inFrontOf(origin());
        front.grantKey(KEY, "p/*");
        checks = Checks.of(front.host());
    }

    @AfterEach
    void closeFront() {
        checks.close();
        front.close();
    }

    private static Stream<Authentication> logins() {
        String base64 = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                LOGIN,
                Authentications.ofSecret("gcr-key", "\uFEFF" + KEY.replace("\n", "\r\n")),
                Authentications.ofUserPassword("gcr-key", "_json_key", KEY),
                Authentications.ofUserPassword("gcr-key", "_json_key_base64", base64),
                Authentications.ofUserPassword("gcr-token", "oauth2accesstoken", "ya29.access"),
                Authentications.ofUserPassword("gcr-token", "_token", "ya29.access\n"),
                Authentications.ofUserPassword("gcr-token", "_dcgcr_2_1_0_token", "ya29.access"),
                Authentications.ofSecret("gcr-token", "ya29.access"),
                Authentications.ofSecret("gcr-token", " ya29.access\r\n"),
                Authentications.ofUserPassword("robot", "robot$app", "pass:w\u00f6rd"));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void everyKindOfLoginBuysAToken(Authentication login) {
        front.grantAccessToken("ya29.access", "p/*");
        front.grantUser("robot$app", "pass:w\u00f6rd", "p/*");
        String digest = registry().pushImage("p/app", "stable", "one");
        assertEquals(digest, checks.digest("p/app:stable", login));
        assertEquals(1, front.tokensIssued().size());
        assertEquals(login.credentialsId(), checks.check("p/app:stable", login).credentialsId());
    }

    @Test
    void aPublicImageNeedsNoLogin() {
        front.makePublic("open/app");
        String digest = registry().pushImage("open/app", "stable", "one");
        assertEquals(digest, checks.digest("open/app:stable", Checks.ANONYMOUS));
        assertEquals(digest, checks.digest("open/app:stable", LOGIN));
    }

    @Test
    void aPrivateImageWithoutALoginSaysSo() {
        registry().pushImage("p/app", "stable", "one");
        Failure failure = checks.failure("p/app:stable", Checks.ANONYMOUS);
        assertEquals(FailureKind.UNAUTHENTICATED, failure.kind());
        assertTrue(failure.message().contains("Unauthenticated request."), failure.message());
    }

    @Test
    void aKeyWithoutTheRoleIsToldWhichRole() {
        registry().pushImage("other/app", "stable", "one");
        Failure failure = checks.failure("other/app:stable", LOGIN);
        assertEquals(FailureKind.FORBIDDEN, failure.kind());
        assertTrue(failure.message().contains("roles/artifactregistry.reader"), failure.message());
        assertTrue(failure.message().contains("credential 'gcr-key'"), failure.message());
    }

    @Test
    void aForgottenKeyIsRejected() {
        registry().pushImage("p/app", "stable", "one");
        front.forgetKey(KEY);
        assertEquals(
                FailureKind.CREDENTIAL_REJECTED,
                checks.failure("p/app:stable", LOGIN).kind());
    }

    @Test
    void aMovedTagHasAnotherDigest() {
        String first = registry().pushImage("p/app", "moving", "one");
        assertEquals(first, checks.digest("p/app:moving", LOGIN));
        String second = registry().pushImage("p/app", "moving", "two");
        assertNotEquals(first, second);
        assertEquals(second, checks.digest("p/app:moving", LOGIN));
    }

    @Test
    void aTagThatIsGoneAndOneThatNeverWas() {
        registry().pushImage("p/gone", "stable", "one");
        checks.digest("p/gone:stable", LOGIN);
        registry().delete("p/gone", "stable");
        assertEquals(
                FailureKind.TAG_NOT_FOUND,
                checks.failure("p/gone:stable", LOGIN).kind());
        assertEquals(
                FailureKind.TAG_NOT_FOUND, checks.failure("p/gone:never", LOGIN).kind());
    }

    @Test
    void aRepositoryThatIsNot() {
        assertEquals(
                kindOfMissingRepository(),
                checks.failure("p/nothing:stable", LOGIN).kind());
    }

    @Test
    void aPlatformIsFoundInEveryIndexByEveryOfItsNames() {
        Map<String, String> images = new LinkedHashMap<>();
        for (String platform : new String[] {"linux/amd64", "linux/arm/v6", "linux/arm/v7", "linux/arm64/v8"}) {
            images.put(platform, registry().pushImage("p/multi", null, platform));
        }
        registry().pushIndexWithAttestations("p/multi", "oci", images, "build 1");
        registry().pushIndex("p/multi", "docker", images, ManifestFormat.DOCKER);
        for (String tag : Set.of("oci", "docker")) {
            images.forEach((platform, digest) ->
                    assertEquals(digest, checks.digest("p/multi:" + tag, platform, LOGIN), platform));
            assertEquals(images.get("linux/arm64/v8"), checks.digest("p/multi:" + tag, "linux/aarch64", LOGIN));
            assertEquals(images.get("linux/arm/v7"), checks.digest("p/multi:" + tag, "linux/arm", LOGIN));
        }
        Failure failure = Checks.failure(checks.check("p/multi:oci", "windows/amd64", LOGIN, null));
        assertEquals(FailureKind.CONFIGURATION, failure.kind());
        assertTrue(failure.message().contains("linux/arm/v6"), failure.message());
        assertTrue(!failure.message().contains("unknown/unknown"), "attestations are no platform");
    }

    @Test
    void anIndexThatMovedForAnotherPlatformIsReadAndThePlatformIsTheSame() {
        String arm = registry().pushImage("p/moved", null, "arm");
        Map<String, String> images = new LinkedHashMap<>();
        images.put("linux/amd64", registry().pushImage("p/moved", null, "amd one"));
        images.put("linux/arm64", arm);
        registry().pushIndex("p/moved", "stable", images);
        ResolvedImage first = checks.check("p/moved:stable", "linux/arm64", LOGIN, null)
                .tags()
                .newest()
                .toResolved();
        assertEquals(arm, first.platformDigest().toString());

        front.clear();
        assertEquals(
                first,
                checks.check("p/moved:stable", "linux/arm64", LOGIN, first)
                        .tags()
                        .newest()
                        .toResolved());
        assertEquals(1, front.requests().size(), "an index that is known is not fetched");

        images.put("linux/amd64", registry().pushImage("p/moved", null, "amd two"));
        String index = registry().pushIndex("p/moved", "stable", images);
        front.clear();
        ResolvedImage second = checks.check("p/moved:stable", "linux/arm64", LOGIN, first)
                .tags()
                .newest()
                .toResolved();
        assertEquals(index, second.digest().toString());
        assertEquals(first.platformDigest(), second.platformDigest());
        assertEquals(2, front.requests().size());
    }

    @Test
    void everyIndexWithinAnIndexIsSearched() {
        String amd = registry().pushImage("p/nested", null, "amd");
        String arm = registry().pushImage("p/nested", null, "arm");
        String first = registry().pushIndex("p/nested", null, Map.of("linux/amd64", amd));
        String second = registry().pushIndex("p/nested", null, Map.of("linux/arm64", arm));
        Map<String, String> outer = new LinkedHashMap<>();
        outer.put("linux/amd64", first);
        outer.put("linux/arm64", second);
        registry().pushIndex("p/nested", "stable", outer);
        assertEquals(amd, checks.digest("p/nested:stable", "linux/amd64", LOGIN));
        assertEquals(arm, checks.digest("p/nested:stable", "linux/arm64", LOGIN));
    }

    @Test
    void anImageThatIsNoIndexIsItselfOnEveryPlatform() {
        String digest = registry().pushImage("p/single", "stable", "one");
        ResolvedImage resolved = checks.check("p/single:stable", "linux/arm64", LOGIN, null)
                .tags()
                .newest()
                .toResolved();
        assertEquals(digest, resolved.digest().toString());
        assertEquals(digest, resolved.platformDigest().toString());
        assertEquals(0, front.count(RecordedRequest::isGet) - front.count(RecordedRequest::isToken));
    }

    @Test
    void aDigestAloneIsAskedForByDigestAndATagBesideItByTag() {
        String pinned = registry().pushImage("p/pin", "stable", "one");
        String moved = registry().pushImage("p/pin", "stable", "two");
        assertEquals(pinned, checks.digest("p/pin@" + pinned, LOGIN));
        assertEquals(moved, checks.digest("p/pin:stable@" + pinned, LOGIN));
        String missing = Digest.of(new byte[] {1}).toString();
        assertEquals(
                FailureKind.TAG_NOT_FOUND,
                checks.failure("p/pin@" + missing, LOGIN).kind());
    }
}
