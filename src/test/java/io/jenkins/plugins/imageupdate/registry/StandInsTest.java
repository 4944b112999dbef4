package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.DocumentedTable;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mainstream registry as it behaves. The rows are also the table of {@code docs/registries.md}. */
class StandInsTest {
    static List<StandIn> registries() {
        return StandIns.ALL;
    }

    private interface Play {
        void on(InProcessRegistry registry, Checks checks) throws Exception;
    }

    private static void play(StandIn standIn, Play play) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start();
                Checks checks = Checks.of(registry.host())) {
            for (String tag : List.of("1.0", "stable", "moved", "gone")) {
                registry.pushImage("p/app", tag, tag);
            }
            standIn.furnish(registry, checks.clock());
            registry.clear();
            play.on(registry, checks);
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void tagsAreResolvedAndSeenToMove(StandIn standIn) throws Exception {
        play(standIn, (registry, checks) -> {
            String first = registry.pushImage("p/app", "moved", "one");
            assertEquals(first, checks.digest("p/app:moved", standIn.login()));
            assertEquals(first, checks.digest("p/app:moved", standIn.login()));
            String second = registry.pushImage("p/app", "moved", "two");
            assertEquals(second, checks.digest("p/app:moved", standIn.login()));
        });
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aTagThatIsGoneIsToldFromAnyOtherFailure(StandIn standIn) throws Exception {
        play(standIn, (registry, checks) -> {
            registry.delete("p/app", "gone");
            assertEquals(
                    FailureKind.TAG_NOT_FOUND,
                    checks.failure("p/app:gone", standIn.login()).kind());
        });
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aPlatformIsFound(StandIn standIn) throws Exception {
        play(standIn, (registry, checks) -> {
            Map<String, String> images = new LinkedHashMap<>();
            for (String platform : List.of("linux/amd64", "linux/arm64")) {
                images.put(platform, registry.pushImage("p/app", null, platform));
            }
            registry.pushIndex("p/app", "multi", images);
            images.forEach((platform, digest) ->
                    assertEquals(digest, checks.digest("p/app:multi", platform, standIn.login())));
        });
    }

    @ParameterizedTest
    @MethodSource("registries")
    void allTagsAreListed(StandIn standIn) throws Exception {
        play(standIn, (registry, checks) -> {
            TagList tags = Checks.await(Clients.repository(
                            checks.transport(),
                            ImageReference.parse(registry.host() + "/p/app"),
                            Clients.plain(registry.host()),
                            standIn.login())
                    .tags());
            assertEquals(Set.of("1.0", "gone", "moved", "stable"), new TreeSet<>(tags.names()));
            assertTrue(!tags.truncated());
        });
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aWarmCheckCostsOneRequestAndTwoWhereHeadIsNotEnough(StandIn standIn) throws Exception {
        play(standIn, (registry, checks) -> {
            checks.digest("p/app:stable", standIn.login());
            registry.clear();
            checks.digest("p/app:stable", standIn.login());
            assertTrue(
                    registry.requests().size() <= 2, () -> registry.requests().toString());
        });
    }

    /** Tokens are asked for several repositories at once, where a registry lets itself be asked so. */
    @ParameterizedTest
    @MethodSource("registries")
    void aRepositoryThatTheLoginMayNotReadDoesNotAffectTheOthers(StandIn standIn) throws Exception {
        play(standIn, (registry, checks) -> {
            List<String> names = new ArrayList<>(List.of(StandIn.PRIVATE));
            IntStream.range(0, standIn.perSecond() > 0 ? 1 : 12).forEach(i -> names.add("p/app" + i));
            Map<String, String> digests = new HashMap<>();
            names.forEach(name -> digests.put(name, registry.pushImage(name, "stable", name)));
            // So that it is known what the registry wants, and the others are asked for together.
            checks.digest("p/app:stable", standIn.login());
            Map<String, CompletableFuture<Sighting>> begun = new LinkedHashMap<>();
            names.forEach(name -> begun.put(name, checks.begin(name + ":stable", standIn.login())));
            begun.forEach((name, check) -> {
                Sighting seen = Checks.await(check);
                if (name.equals(StandIn.PRIVATE) && standIn.door().refusal() != null) {
                    assertEquals(FailureKind.FORBIDDEN, Checks.failure(seen).kind());
                } else {
                    assertEquals(digests.get(name), Checks.digest(seen));
                }
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"Docker Hub, p/never:stable, FORBIDDEN", "Harbor, p/app:unscanned, REFUSED"})
    void whatOneRegistryAloneAnswersIsTold(String name, String image, FailureKind kind) throws Exception {
        StandIn standIn = StandIns.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        play(standIn, (registry, checks) -> {
            Failure failure = checks.failure(image, standIn.login());
            assertEquals(kind, failure.kind(), failure::message);
        });
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aWrongPasswordIsToldAsOne(StandIn standIn) throws Exception {
        Authentication wrong = Authentications.ofUserPassword("login", standIn.user(), "yesterdays-password");
        play(standIn, (registry, checks) -> {
            if (standIn.door().refusal() != null) {
                assertEquals(
                        FailureKind.CREDENTIAL_REJECTED,
                        checks.failure("p/app:stable", wrong).kind());
            }
        });
    }

    @Test
    void theTableIsInTheDocumentation() throws IOException {
        String rows = StandIns.ALL.stream().map(StandIn::markdown).collect(Collectors.joining("\n"));
        DocumentedTable.require(
                "registries.md",
                "the registries, written by StandInsTest",
                "| Registry | Logins | What is odd about it |\n| --- | --- | --- |\n" + rows);
    }
}
