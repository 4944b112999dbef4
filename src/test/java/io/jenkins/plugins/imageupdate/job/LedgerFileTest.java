package io.jenkins.plugins.imageupdate.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.delivery.PendingUpdates;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ledger file of a job: when it is written, and what happens if it is damaged, too new or missing. */
@WithRegistry
class LedgerFileTest extends SharedScene {
    private static final String BEFORE_DAYS = "<image-updates><version>1</version><images class=\"tree-map\"><entry>"
            + "<string>gcr.io/p/app:1</string><image><updates>";

    private static final String AFTER_DAYS = "</updates></image></entry></images></image-updates>";

    private static String read(Job<?, ?> job) throws Exception {
        return Files.readString(PollScene.ledger(job).toPath());
    }

    private static List<Path> aside(Job<?, ?> job) {
        File[] files = job.getRootDir().listFiles((folder, name) -> name.contains(".unreadable-"));
        return List.of(files).stream().map(File::toPath).toList();
    }

    /** A job that was built for its image once, with first checks that build: the worst that can lose its ledger. */
    private static FreeStyleProject built(String name) throws Exception {
        FreeStyleProject job = scene.watching(name);
        job.getTriggers().values().forEach(trigger -> ((ImageUpdateTrigger) trigger).setBuildOnFirstCheck(true));
        scene.push("p/" + name, "two");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        return job;
    }

    @Test
    void theFileHasAVersionAndNoClassNames() throws Exception {
        FreeStyleProject job = built("format");
        String xml = read(job);
        assertTrue(xml.contains("<image-updates>\n  <version>1</version>"), xml);
        assertTrue(xml.contains(scene.image("p/format")), xml);
        assertFalse(xml.contains("jenkins"), xml);
    }

    @Test
    void theFileHasTheDaysOfChanges() throws Exception {
        FreeStyleProject job = built("days");
        assertTrue(read(job).contains("<updates>"), read(job));
        WatchedState read = LedgerStore.read(job, JobLedger::states).get(0);
        assertEquals(List.of(1), List.copyOf(read.updates().values()));
    }

    @Test
    void pagesShowTheCurrentFile() throws Exception {
        FreeStyleProject job = scene.watching("pages");
        for (String content : List.of("two", "three")) {
            assertEquals(List.copyOf(LedgerStore.read(job, JobLedger::states)), known(job));
            String digest = scene.push("p/pages", content);
            scene.tick(job);
            assertEquals(digest, known(job).get(0).result().digest().toString());
            scene.idle();
        }
        String other = "sha256:" + "0".repeat(64);
        Files.writeString(
                PollScene.ledger(job).toPath(),
                read(job).replaceAll("<digest>sha256:[0-9a-f]+</digest>", "<digest>" + other + "</digest>"));
        assertEquals(other, known(job).get(0).result().digest().toString(), "however it came to be another one");
        Files.delete(PollScene.ledger(job).toPath());
        assertEquals(List.of(), known(job));
    }

    private static List<WatchedState> known(Job<?, ?> job) throws Exception {
        return List.copyOf(LedgerStore.states(job).values());
    }

    @Test
    void anUnchangedCheckWritesNothing() throws Exception {
        FreeStyleProject job = scene.watching("unchanged");
        Path file = PollScene.ledger(job).toPath();
        byte[] content = Files.readAllBytes(file);
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, old);
        assertEquals(CheckStatus.UNCHANGED, scene.tick(job).images().get(0).status());
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(old, Files.getLastModifiedTime(file));
    }

    @ParameterizedTest
    @CsvSource({
        "cut, <image-updates><images class=\"tree-map\"><entry>",
        "empty, ''",
        "foreign, <project/>",
        "noimages, <image-updates/>",
        "unknownfield, <image-updates><images class=\"tree-map\"/><surprise>1</surprise></image-updates>",
        "nodays, " + BEFORE_DAYS + AFTER_DAYS,
        "noday, " + BEFORE_DAYS
                + "<days class=\"tree-map\"><entry><string>2026-02-30</string><int>1</int></entry></days>" + AFTER_DAYS,
        "nocount, " + BEFORE_DAYS
                + "<days class=\"tree-map\"><entry><string>2026-02-03</string><int>0</int></entry></days>" + AFTER_DAYS
    })
    void aDamagedOneIsSetAsideAndBuildsGiveBackWhatIsKnown(String name, String content) throws Exception {
        FreeStyleProject job = built(name);
        Files.writeString(PollScene.ledger(job).toPath(), content);

        PollReport report = scene.tick(job);
        assertEquals(CheckStatus.UNCHANGED, report.images().get(0).status(), "its last build says what it was");
        assertFalse(report.queued());
        assertEquals(1, aside(job).size());
        assertEquals(content, Files.readString(aside(job).get(0)));
        assertTrue(LedgerStore.setAside(job));
        String problem = LedgerProblems.byJob().get(name);
        assertNotNull(problem);
        assertTrue(problem.contains(aside(job).get(0).getFileName().toString()), problem);

        scene.push("p/" + name, "three");
        assertTrue(scene.tick(job).queued(), "a change is one as ever");
        scene.idle();
        assertEquals(2, PollScene.builds(job));
    }

    @Test
    void oneInvalidDigestMakesTheFileUnreadable() throws Exception {
        FreeStyleProject job = built("handmade");
        Path file = PollScene.ledger(job).toPath();
        Files.writeString(file, read(job).replaceAll("<digest>sha256:[0-9a-f]+</digest>", "<digest>latest</digest>"));
        assertFalse(scene.tick(job).queued());
        assertEquals(1, aside(job).size());
    }

    @Test
    void aFileOfANewerPluginIsRenamedAndKept() throws Exception {
        FreeStyleProject job = built("newer");
        String newer = read(job)
                .replace("<version>1<", "<version>7<")
                .replace("<images", "<shapes")
                .replace("</images", "</shapes");
        Files.writeString(PollScene.ledger(job).toPath(), newer);
        assertFalse(scene.tick(job).queued());
        assertEquals(newer, Files.readString(aside(job).get(0)));
        assertTrue(LedgerProblems.byJob().get("newer").contains("version 7"), LedgerProblems.byJob()::toString);
    }

    @Test
    void aMissingFileDoesNotMakeAllImagesNew() throws Exception {
        FreeStyleProject job = built("gone");
        Files.delete(PollScene.ledger(job).toPath());
        PollReport report = scene.tick(job);
        assertEquals(CheckStatus.UNCHANGED, report.images().get(0).status());
        assertFalse(report.queued());
        scene.idle();
        assertEquals(1, PollScene.builds(job));
    }

    @Test
    void queuedUpdatesSurviveTheLossOfTheLedger() throws Exception {
        FreeStyleProject job = built("queued");
        scene.jenkins.jenkins.setNumExecutors(0);
        try {
            String digest = scene.push("p/queued", "three");
            assertTrue(scene.tick(job).queued());
            Files.writeString(PollScene.ledger(job).toPath(), "?");
            PendingUpdates.resume(job);
            assertEquals(
                    List.of(digest),
                    LedgerStore.read(job, ledger -> ledger.pending()).stream()
                            .map(update -> update.digest().toString())
                            .toList());
            assertFalse(scene.tick(job).queued(), "it waits already");
        } finally {
            scene.jenkins.jenkins.setNumExecutors(2);
        }
        scene.idle();
        assertEquals(2, PollScene.builds(job));
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void imagesThatBuildsDoNotNameAreRecordedWithoutABuild() throws Exception {
        FreeStyleProject job = scene.watching("nobuilds");
        job.getTriggers().values().forEach(trigger -> ((ImageUpdateTrigger) trigger).setBuildOnFirstCheck(true));
        Files.write(PollScene.ledger(job).toPath(), "?".getBytes(StandardCharsets.UTF_8));
        PollReport report = scene.tick(job);
        assertEquals(CheckStatus.NEW, report.images().get(0).status());
        assertFalse(report.queued());
        assertEquals(Map.of(), Map.copyOf(job.getBuildsAsMap()));
    }
}
