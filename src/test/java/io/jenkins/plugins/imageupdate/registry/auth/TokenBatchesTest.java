package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred repositories behind token servers that give a token for several of them, or do not. */
class TokenBatchesTest {
    private static final int IMAGES = 100;

    /** Those that are under way at once may ask alone, since the others are not known yet when they begin. */
    private static final int FEW = 8 + 10;

    private static final Authentication LOGIN = Authentications.ofUserPassword("robot", "robot", "robots-password");
    private static final Predicate<RecordedRequest> TOKEN =
            request -> request.path().equals("/token");
    private static final Predicate<RecordedRequest> SEVERAL =
            TOKEN.and(request -> request.parameters("scope").count() > 1);

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final Checks checks = Checks.of(registry.host());

    /** What the token server answers to a request for several repositories; null for a token for all of them. */
    private volatile Reply refusal;

    /** The repositories of a request that its token is for. */
    private volatile Function<List<String>, List<String>> given = Function.identity();

    private volatile String padding = "";
    private CountDownLatch all;

    @BeforeEach
    void start() {
        IntStream.range(0, IMAGES).forEach(i -> registry.pushImage("p/app" + i, "stable", "image " + i));
        registry.faults().decide(request -> Optional.of(this::answer));
    }

    @AfterEach
    void stop() {
        checks.close();
        registry.close();
    }

    private Reply answer(RecordedRequest request, Fault.RegularAnswer regular)
            throws IOException, InterruptedException {
        all.await();
        if (TOKEN.test(request)) {
            List<String> scopes = request.parameters("scope").toList();
            if (scopes.size() > 1 && refusal != null) {
                return refusal;
            }
            List<String> repositories = given.apply(
                    scopes.stream().map(scope -> scope.split(":")[1]).toList());
            String value = Base64.getUrlEncoder()
                    .encodeToString((String.join(" ", repositories) + " ").getBytes(StandardCharsets.UTF_8));
            return Reply.of(
                    200,
                    "application/json",
                    "{\"token\":\"" + value + "." + padding.repeat(scopes.size()) + "\",\"expires_in\":300}");
        }
        String sent = request.authorization().orElse("Bearer .").substring("Bearer ".length());
        String repositories =
                new String(Base64.getUrlDecoder().decode(sent.substring(0, sent.indexOf('.'))), StandardCharsets.UTF_8);
        String repository = request.path().split("/manifests/")[0].substring("/v2/".length());
        return repositories.contains(repository + " ")
                ? regular.get()
                : Reply.error(401, "UNAUTHORIZED", "authentication required")
                        .with(
                                "Www-Authenticate",
                                "Bearer realm=\"" + registry.origin() + "/token\",service=\"r\",scope=\"repository:"
                                        + repository + ":pull\"");
    }

    /** All images at once; the registry answers when all checks have begun. */
    private List<Sighting> sweep(Authentication... logins) {
        registry.clear();
        all = new CountDownLatch(1);
        List<CompletableFuture<Sighting>> begun = IntStream.range(0, IMAGES)
                .mapToObj(i -> checks.begin("p/app" + i + ":stable", logins[i % logins.length]))
                .toList();
        all.countDown();
        return begun.stream().map(Checks::await).toList();
    }

    private List<Sighting> sweepAfterTheEndOfAllTokens() {
        checks.clock().advance(Duration.ofMinutes(6));
        return sweep(LOGIN);
    }

    @Test
    void twentyRepositoriesShareOneToken() {
        sweep(LOGIN).forEach(Checks::digest);
        long tokens = registry.count(TOKEN);
        assertTrue(tokens >= 5 && tokens <= FEW, () -> tokens + " tokens");
        sweep(LOGIN).forEach(Checks::digest);
        assertEquals(IMAGES, registry.requests().size(), "warm");
        sweepAfterTheEndOfAllTokens().forEach(Checks::digest);
        assertTrue(registry.requests().size() <= IMAGES + FEW, "tokens that have expired");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 414, 431})
    void aServerThatRefusesSeveralIsAskedForOneAtATimeFromThenOn(int status) {
        refusal = status == 414 || status == 431
                ? Reply.of(status, "text/html", "<h1>too long</h1>")
                : Reply.error(status, "DENIED", "no");
        sweep(LOGIN).forEach(Checks::digest);
        assertTrue(registry.count(SEVERAL) <= 8, () -> registry.count(SEVERAL) + " requests for several");
        sweepAfterTheEndOfAllTokens().forEach(Checks::digest);
        assertEquals(0, registry.count(SEVERAL));
        assertEquals(IMAGES, registry.count(TOKEN));
        checks.clock().advance(Duration.ofDays(1));
        refusal = null;
        sweepAfterTheEndOfAllTokens().forEach(Checks::digest);
        assertTrue(registry.count(TOKEN) <= FEW, "it may have learned to");
    }

    @Test
    void anOutageIsNotARefusal() {
        refusal = Reply.of(500);
        sweep(LOGIN).forEach(Checks::digest);
        refusal = null;
        checks.clock().advance(Duration.ofMinutes(10));
        sweepAfterTheEndOfAllTokens().forEach(Checks::digest);
        assertTrue(registry.count(TOKEN) <= FEW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatHearsOneScopeOnlyIsFoundOut(boolean first) {
        given = asked -> List.of(asked.get(first ? 0 : asked.size() - 1));
        sweep(LOGIN).forEach(Checks::digest);
        sweepAfterTheEndOfAllTokens().forEach(Checks::digest);
        assertEquals(0, registry.count(SEVERAL));
    }

    @Test
    void aRepositoryThatIsNotOpenDoesNotAffectTheOthers() {
        given = asked -> asked.stream().filter(each -> !each.equals("p/app7")).toList();
        List<Sighting> seen = sweep(LOGIN);
        for (int i = 0; i < IMAGES; i++) {
            if (i == 7) {
                assertEquals(FailureKind.FORBIDDEN, Checks.failure(seen.get(i)).kind());
            } else {
                Checks.digest(seen.get(i));
            }
        }
        sweepAfterTheEndOfAllTokens();
        assertTrue(registry.count(TOKEN) <= FEW + 2, "the others still share");
    }

    @Test
    void repositoriesOfDifferentLoginsAreNeverInOneRequest() {
        Authentication other = Authentications.ofUserPassword("other", "other", "others-password");
        Authentication sameName = Authentications.ofUserPassword("robot", "robot", "replaced-password");
        Authentication[] logins = {LOGIN, other, sameName, Checks.ANONYMOUS};
        sweep(logins).forEach(Checks::digest);
        registry.requests().stream().filter(TOKEN).forEach(request -> {
            Set<Integer> owners = request.parameters("scope")
                    .map(scope -> Integer.parseInt(scope.replaceAll("[^0-9]", "")) % logins.length)
                    .collect(Collectors.toSet());
            assertEquals(1, owners.size(), () -> request.uri() + " mixes logins");
            String pair = logins[owners.iterator().next()].userPassword();
            assertEquals(
                    Optional.ofNullable(pair)
                            .map(text -> "Basic "
                                    + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
                    request.authorization());
        });
        assertTrue(registry.count(SEVERAL) >= logins.length);
    }

    @Test
    void ofTokensThatGrowTooLongFewerRepositoriesShareOne() {
        padding = "x".repeat(300);
        sweep(LOGIN).forEach(Checks::digest);
        sweepAfterTheEndOfAllTokens().forEach(Checks::digest);
        assertTrue(registry.requests().stream()
                .filter(TOKEN)
                .allMatch(request -> request.parameters("scope").count() <= 10));
        assertTrue(registry.count(SEVERAL) >= 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcr.io", "eu.gcr.io", "us-docker.pkg.dev"})
    void googlesRegistriesAreNotAskedForSeveral(String host) {
        assertEquals(0, others(host));
        assertEquals(2, others("registry.example.com"));
    }

    private int others(String host) {
        TokenBatches batches = new TokenBatches(checks.clock());
        List<Authorizer.Scope> scopes = Stream.of("p/one", "p/two", "p/three")
                .map(each -> new Authorizer.Scope(RegistryEndpoint.of(host), each, RemoteRepository.Contents.IMAGES))
                .toList();
        scopes.forEach(scope -> batches.expect(scope, "login"));
        TokenRequest request = new TokenRequest(URI.create("https://" + host + "/token"), "r", "repository:p/one:pull");
        return batches.others(scopes.get(0), request, "login", each -> true).size();
    }
}
