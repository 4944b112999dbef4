package io.jenkins.plugins.imageupdate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.Since;
import io.jenkins.plugins.imageupdate.ledger.StepRun;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00.123456Z");

    @TempDir
    private Path folder;

    private static WatchedImage image(String reference, String platform, String policy) {
        return new WatchedImage(
                ImageReference.parse(reference), platform == null ? null : Platform.parse(platform), policy);
    }

    private static Sighting seen(WatchedImage image, TagDigest... tags) {
        return Sighting.of(image, TagSet.of(List.of(tags)), false, null, NOON);
    }

    private static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** A ledger with everything that a ledger can have, whatever of it the command itself records. */
    private static void fill(JobLedger ledger) {
        WatchedImage plain = image("nginx@" + digest("pin"), null, null);
        WatchedImage arm = image("gcr.io/p/app:1", "linux/arm/v7", null);
        WatchedImage chosen = image("gcr.io/p/app:1", null, "semver:>=1.4 <2|include=\"a\\b\"|max=2");
        ledger.check(seen(plain, new TagDigest(null, digest("one"), null)), Since.LAST_CHECK, new StepRun(1, "7"));
        ledger.observe(seen(arm, new TagDigest(null, digest("one"), digest("index"))), false, 1);
        ledger.observe(seen(arm, new TagDigest(null, digest("two"), digest("index 2"))), false, 2);
        TagDigest newest = new TagDigest("1.4.3", digest("three"), null);
        CheckResult update = ledger.observe(seen(chosen, newest, new TagDigest("1.4.2", digest("two"), null)), true, 3);
        ledger.downstream().claim("folder/deploy", List.of(update), 4);
        ledger.succeeded(List.of(update), 4);
        ledger.observe(
                Sighting.failed(
                        plain,
                        new Failure(FailureKind.RATE_LIMITED, "nginx", null, "“slow” down", NOON),
                        null,
                        NOON),
                false,
                5);
    }

    @Test
    void whatWasWrittenIsReadAgain() throws Exception {
        Path file = folder.resolve("seen.json");
        RecordFile record = RecordFile.open(file);
        fill(record.ledger());
        record.save();
        assertEquals(record.ledger(), RecordFile.open(file).ledger());
        assertEquals(record.ledger().content(), RecordFile.open(file).ledger().content());
        String json = Files.readString(file);
        for (String part : List.of("failing", "pending", "baseline", "downstream", "lastSuccess", "updates", "RATE_LIMITED")) {
            assertTrue(json.contains("\"" + part + "\""), () -> part + " is not in " + json);
        }
    }

    @Test
    void aLinkStaysALink() throws Exception {
        Path target = folder.resolve("target.json");
        RecordFile first = RecordFile.open(target);
        first.ledger().observe(seen(image("nginx", null, null), new TagDigest(null, digest("one"), null)), false, 1);
        first.save();
        Path link = Tools.symbolicLink(folder.resolve("link.json"), target.getFileName());
        RecordFile record = RecordFile.open(link);
        fill(record.ledger());
        record.save();
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(record.ledger(), RecordFile.open(target).ledger());
    }
}
