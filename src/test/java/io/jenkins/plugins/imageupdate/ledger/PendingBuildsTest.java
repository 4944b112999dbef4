package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingBuildsTest {
    private final ModelJenkins jenkins = new ModelJenkins();
    private final PendingBuilds pending = new PendingBuilds(jenkins.ledger, jenkins);
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);
    private final Sightings base = new Sightings("gcr.io/p/base:stable", null);

    private void check(Sighting seen) throws IOException {
        jenkins.ledger.change(known -> known.observe(seen, false, jenkins.nextBuild));
        pending.queue(image -> true, app.now());
    }

    private void build() {
        while (!jenkins.queue.isEmpty() || !jenkins.leaving.isEmpty()) {
            jenkins.advance(app.now());
        }
    }

    private static List<Object> digests(Collection<CheckResult> updates) {
        return updates.stream().<Object>map(CheckResult::digest).toList();
    }

    private List<List<Object>> built() {
        return jenkins.builds.values().stream().map(PendingBuildsTest::digests).toList();
    }

    @Test
    void anItemThatIsOlderThanItsBuildLosesWhatWasBuiltAlsoIfANewUpdateJoinedIt() throws IOException {
        check(app.sees("app 1"));
        check(base.sees("base 1"));
        check(app.sees("app 2"));
        List<CheckResult> saved = jenkins.queue.values().iterator().next().updates();
        build();
        // A start after a crash, or a reload, puts the item back.
        jenkins.put(saved, true);
        check(base.sees("base 2"));
        pending.resume(jenkins.nextBuild, app.now());
        build();
        assertEquals(List.of(List.of(Sightings.digest("app 2")), List.of(Sightings.digest("base 2"))), built());
    }

    @Test
    void anItemThatIsOlderThanItsBuildIsRemoved() throws IOException {
        check(app.sees("app 1"));
        check(app.sees("app 2"));
        List<CheckResult> saved = jenkins.queue.values().iterator().next().updates();
        build();
        jenkins.put(saved, true);
        pending.resume(jenkins.nextBuild, app.now());
        build();
        assertEquals(List.of(List.of(Sightings.digest("app 2"))), built());
    }
}
