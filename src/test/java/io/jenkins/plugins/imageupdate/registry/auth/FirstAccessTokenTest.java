package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Clients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of many checks at once, one finds out whether a registry takes access tokens as they are. */
class FirstAccessTokenTest {
    private static final Instant DEADLINE = Instant.now().plus(Duration.ofHours(1));
    private static final TokenSource NONE = new TokenSource() {
        @Override
        public boolean serves(Authentication authentication) {
            return false;
        }

        @Override
        public CompletableFuture<Token> fetch(Authentication authentication) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration refusalsKept(Authentication authentication) {
            return Duration.ZERO;
        }
    };

    private final Authorizer authorizer = new RegistryClient(Clients.transport(), NONE)
            .authorizer(Authentications.ofUserPassword("token", "oauth2accesstoken", "ya29.token"));

    private static Authorizer.Scope scope(String host, String repository) {
        return new Authorizer.Scope(RegistryEndpoint.of(host), repository, RemoteRepository.Contents.IMAGES);
    }

    private static boolean direct(Optional<Authorizer.Authorization> given) {
        return given.isPresent() && given.get().direct();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOthersWaitForItsAnswer(boolean taken) {
        Authorizer.Scope first = scope("gcr.io", "p/one");
        assertEquals(true, direct(authorizer.authorize(first, DEADLINE).join()));
        List<CompletableFuture<Optional<Authorizer.Authorization>>> others = Stream.of("p/two", "p/three")
                .map(repository -> authorizer.authorize(scope("gcr.io", repository), DEADLINE))
                .toList();
        authorizer.accessTokensAreTaken(first, taken);
        authorizer.heard(first, false, null);
        others.forEach(other -> assertEquals(taken, direct(other.join())));
        assertEquals(taken, direct(authorizer.authorize(first, DEADLINE).join()), "from then on");
    }

    @Test
    void eachRegistryIsAskedForItself() {
        authorizer.accessTokensAreTaken(scope("gcr.io", "p/one"), false);
        assertEquals(
                true,
                direct(authorizer
                        .authorize(scope("us-docker.pkg.dev", "p/one"), DEADLINE)
                        .join()));
    }
}
