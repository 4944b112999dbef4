package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.AgedSightings;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.KnownDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model of a job whose image must be of an age before it counts, in virtual time. The uptime and the clock are not the real time. */
final class AgeModel {
    final Duration age;
    final LedgerDisk disk = new LedgerDisk();
    final AgedSightings sightings = new AgedSightings();

    /** Real time, in seconds. */
    long real = 1_000_000;

    private long uptime = 500_000;
    private long clock = 2_000_000_000;
    private int pushes;
    private int build;

    Digest present;
    private final List<Digest> pushed = new ArrayList<>();
    private final Map<Digest, Long> firstPush = new HashMap<>();
    private final Set<Digest> deleted = new HashSet<>();

    /** What builds were started for, in order. */
    final List<Digest> built = new ArrayList<>();

    /** What was built or given to a Pipeline before its time. */
    final List<String> tooYoung = new ArrayList<>();

    /** What was built although the registry did not have it. */
    final List<Digest> missing = new ArrayList<>();

    /** Whether the digest that the last build was started for may be built again: the tag went back, or the ledger was lost. */
    boolean again;

    AgeModel(Duration age) {
        this.age = age;
        push();
    }

    private Instant now() {
        return Instant.ofEpochSecond(clock);
    }

    void pass(long seconds) {
        real += seconds;
        uptime += seconds;
        clock += seconds;
    }

    void push() {
        point(Sightings.digest("content " + ++pushes));
    }

    private void point(Digest digest) {
        present = digest;
        pushed.add(digest);
        firstPush.putIfAbsent(digest, real);
        deleted.remove(digest);
    }

    void act(AgeStep step, int size) {
        switch (step) {
            case PUSH -> push();
            case PUSH_OLD -> {
                point(pushed.get(size % pushed.size()));
                again = true;
            }
            case CHECK -> check();
            case STEP -> checkByStep();
            case MINUTES -> pass(60L * (1 + size % 60));
            case HOURS -> pass(3600L * (1 + size % 24));
            case DAY -> pass(86_400);
            case CLOCK_FORWARD -> clock += 3600L * (1 + size % 100);
            case CLOCK_BACK -> clock -= 3600L * (1 + size % 100);
            case CRASH -> {
                uptime -= size % 300;
                real += 3600L * (size % 100);
                clock += 3600L * (size % 100);
                disk.restart();
            }
            case LOSE_LEDGER -> {
                disk.lose();
                again = true;
            }
            case LOSE_UPTIME -> {
                disk.loseUptime();
                uptime = size % 300;
            }
            case COLLECT_GARBAGE ->
                firstPush.keySet().stream()
                        .filter(digest -> !digest.equals(present))
                        .forEach(deleted::add);
        }
    }

    private Sighting see(KnownDigests known) {
        return sightings.see(present, known, digest -> !deleted.contains(digest), age, uptime, now());
    }

    /** The trigger checks, and its build starts at once. */
    void check() {
        Sighting seen = see(disk.read().knownDigests(sightings.image()));
        change(ledger -> {
            CheckResult result = ledger.observe(seen, false, build + 1);
            ledger.watching(Set.of(sightings.image().identity()), now());
            return List.of(result);
        });
        List<CheckResult> pending = disk.read().pending();
        if (!pending.isEmpty()) {
            Digest digest = pending.get(0).digest();
            note(digest, "build");
            built.add(digest);
            build++;
            change(ledger -> {
                ledger.started(pending, build, now());
                return pending;
            });
        }
    }

    private void checkByStep() {
        StepRun by = new StepRun(++build, null);
        Sighting seen = see(disk.read().knownDigests(sightings.image(), Since.LAST_SUCCESS, by));
        List<CheckResult> results = change(ledger -> List.of(ledger.check(seen, Since.LAST_SUCCESS, by)));
        CheckResult result = results.get(0);
        if (result.status() == CheckStatus.NEW || result.changed()) {
            note(result.digest(), "step");
        }
        change(ledger -> {
            ledger.succeeded(results, by.build());
            return results;
        });
    }

    private void note(Digest digest, String by) {
        if (real - firstPush.get(digest) < age.toSeconds()) {
            tooYoung.add(by + " of a digest of " + (real - firstPush.get(digest)) + " seconds");
        }
        if (deleted.contains(digest)) {
            missing.add(digest);
        }
    }

    private interface Change {
        List<CheckResult> of(JobLedger ledger);
    }

    private List<CheckResult> change(Change change) {
        try {
            return disk.change(change::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What counts for the trigger now. */
    Digest counting() {
        return disk.read().states().get(0).result().digest();
    }
}
