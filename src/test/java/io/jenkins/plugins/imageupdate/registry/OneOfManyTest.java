package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images of one registry that are checked at the same time: what is wrong with one is no matter of the others (Cup issue 145). */
class OneOfManyTest {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "key-1");
    private static final Authentication LOGIN = Authentications.ofSecret("gcr-key", KEY);
    private static final int GOOD = 20;

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final Checks checks = Checks.of(front.host());

    @BeforeEach
    void push() {
        front.grantKey(KEY, "p/*");
        for (int i = 0; i < GOOD; i++) {
            registry.pushImage("p/good" + i, "stable", "image " + i);
        }
    }

    @AfterEach
    void stop() {
        checks.close();
        front.close();
        registry.close();
    }

    private static Predicate<RecordedRequest> of(String repository) {
        return request -> request.path().startsWith("/v2/" + repository + "/");
    }

    private Map<String, CompletableFuture<Sighting>> begin(Collection<String> others, Authentication theirs) {
        Map<String, CompletableFuture<Sighting>> begun = new LinkedHashMap<>();
        others.forEach(image -> begun.put(image, checks.begin(image, theirs)));
        for (int i = 0; i < GOOD; i++) {
            String image = "p/good" + i + ":stable";
            begun.put(image, checks.begin(image, LOGIN));
        }
        return begun;
    }

    @Test
    void eachHasAnAnswerOfItsOwn() {
        registry.pushImage("private/app", "stable", "not for this key");
        for (String broken : List.of("p/undigested", "p/down", "p/cut")) {
            registry.pushImage(broken, "stable", broken);
        }
        front.faults().always(of("p/undigested"), Fault.with("Docker-Content-Digest", "sha256:zz"));
        front.faults().always(of("p/down"), Fault.reply(Reply.of(500)));
        front.faults().always(of("p/cut"), Fault.disconnect());
        Map<String, FailureKind> bad = new LinkedHashMap<>();
        bad.put("private/app:stable", FailureKind.FORBIDDEN);
        bad.put("p/good0:gone", FailureKind.TAG_NOT_FOUND);
        bad.put("p/nowhere:stable", FailureKind.REPOSITORY_NOT_FOUND);
        bad.put("p/undigested:stable", FailureKind.NO_DIGEST);
        bad.put("p/down:stable", FailureKind.UNAVAILABLE);
        bad.put("p/cut:stable", FailureKind.UNREACHABLE);

        begin(bad.keySet(), LOGIN).forEach((image, check) -> {
            Sighting seen = Checks.await(check);
            if (bad.containsKey(image)) {
                assertEquals(bad.get(image), Checks.failure(seen).kind(), image);
            } else {
                Checks.digest(seen);
            }
        });
    }

    @Test
    void aLoginThatIsRefusedIsNoMatterOfAnotherOne() {
        String revoked = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "key-2");
        List<String> theirs = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            registry.pushImage("p/theirs" + i, "stable", "one");
            theirs.add("p/theirs" + i + ":stable");
        }
        begin(theirs, Authentications.ofSecret("revoked-key", revoked)).forEach((image, check) -> {
            Sighting seen = Checks.await(check);
            if (theirs.contains(image)) {
                assertEquals(
                        FailureKind.CREDENTIAL_REJECTED, Checks.failure(seen).kind());
            } else {
                Checks.digest(seen);
            }
        });
    }
}
