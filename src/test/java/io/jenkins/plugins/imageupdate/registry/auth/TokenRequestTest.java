package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a challenge makes of the request for a token; a check of {@code gcr.io/p/app} asks. */
class TokenRequestTest {
    private static final Authorizer.Scope SCOPE =
            new Authorizer.Scope(RegistryEndpoint.of("gcr.io"), "p/app", RemoteRepository.Contents.IMAGES);

    private static TokenRequest of(String challenge) throws RegistryException {
        return TokenRequest.of(Challenge.parse(List.of("Bearer " + challenge)).get(0), SCOPE);
    }

    /** gcr.io names no scope, others no service; a realm is taken as it stands (Watchtower put it in lower case). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "realm=\"https://gcr.io/v2/token\",service=\"gcr.io\""
                        + "|https://gcr.io/v2/token?scope=repository%3Ap%2Fapp%3Apull&service=gcr.io",
                "realm=\"https://a.example/token\"|https://a.example/token?scope=repository%3Ap%2Fapp%3Apull",
                "realm=\"https://a.example/token\",service=\"\"|https://a.example/token?scope=repository%3Ap%2Fapp%3Apull",
                "realm=\"https://a.example/Api/TokenServer\",service=\"Team A&b=c\""
                        + "|https://a.example/Api/TokenServer?scope=repository%3Ap%2Fapp%3Apull&service=Team+A%26b%3Dc",
                "realm=\"https://a.example/token?tenant=7\",service=\"s\""
                        + "|https://a.example/token?tenant=7&scope=repository%3Ap%2Fapp%3Apull&service=s",
            })
    void isForOneRepositoryAtTheRealm(String challenge, String uri) throws RegistryException {
        assertEquals(uri, of(challenge).uri(List.of()).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"repository:p/app:pull", "repository:p/app:pull,push", "repository:p/app:metadata_read,pull"})
    void hasTheRegistrysOwnScopeWhereThatIsOfThisRepositoryAlone(String scope) throws RegistryException {
        assertEquals(
                scope,
                of("realm=\"https://a.example/\",scope=\"" + scope + "\"").scope());
    }

    /** gcr.io refuses several at once (regclient issue 149), and one that may not be read fails all (Cup issue 145). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "repository:p/app",
                "repository:p/app:",
                "repository:p/app2:pull",
                "repository:p:pull",
                "repository:other:pull",
                "repository:p/app:pull repository:other:pull",
                "repository:p/app:pull,push registry:catalog:*",
                "registry:catalog:*",
                "repository(plugin):p/app:pull"
            })
    void hasAScopeOfOneRepositoryInPlaceOfAnyOther(String scope) throws RegistryException {
        assertEquals(
                "repository:p/app:pull",
                of("realm=\"https://a.example/\",scope=\"" + scope + "\"").scope());
    }

    @Test
    void isForAnotherRepositoryWithTheSameRights() throws RegistryException {
        TokenRequest request =
                of("realm=\"https://a.example/\",service=\"s\",scope=\"repository:p/app:metadata_read,pull\"");
        TokenRequest other = request.about("p/other");
        assertEquals(new TokenRequest(request.realm(), "s", "repository:p/other:metadata_read,pull"), other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ht tp://x", "http://[x/", "//"})
    void isNoneWithoutAUrl(String realm) {
        RegistryException thrown = assertThrows(RegistryException.class, () -> of("realm=\"" + realm + "\""));
        assertEquals(FailureKind.CONFIGURATION, thrown.kind());
        assertTrue(thrown.detail().contains("external URL"), thrown.detail());
    }
}
