package io.jenkins.plugins.imageupdate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a registry that answers as gcr.io does. */
class CheckImageTest {
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final String image = front.host() + "/p/app:stable";

    @TempDir
    private Path folder;

    private Path keyFile;
    private Path record;

    @BeforeEach
    void makeAKey() throws Exception {
        keyFile = folder.resolve("key.json");
        record = folder.resolve("seen.json");
        String key = ServiceAccountKeys.create(
                "p", "reader@p.iam.gserviceaccount.com", Canaries.plant("a key's id", "command-line-key-id"));
        front.grantKey(key, "p/*");
        Files.writeString(keyFile, key);
    }

    @AfterEach
    void close() {
        front.close();
        registry.close();
    }

    /** Runs the command with the key. */
    private CommandRun check(Object... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of("--plain-http", "--google-keys-allowed", "--key", keyFile), Arrays.stream(arguments))
                .toArray());
    }

    private String credential() {
        return " (credential '" + keyFile + "')";
    }

    private static String abbreviated(String digest) {
        return Digest.parse(digest).abbreviated();
    }

    @Test
    void anImageIsFirstSeenThenUnchangedThenUpdatedThenUnchangedAgain() throws Exception {
        String one = abbreviated(registry.pushImage("p/app", "stable", "one"));
        assertEquals(
                image + ": first seen, " + one + credential(),
                check(image, "--record", record).only(CheckImage.UNCHANGED));
        Files.setLastModifiedTime(record, FileTime.fromMillis(0));
        assertEquals(
                image + ": unchanged, " + one + credential(),
                check(image, "--record", record).only(CheckImage.UNCHANGED));
        assertEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(record));

        String two = abbreviated(registry.pushImage("p/app", "stable", "two"));
        String updated = check(image, "--record", record).only(CheckImage.CHANGED);
        assertTrue(updated.startsWith(image + ": updated, " + one + " → " + two), updated);
        assertTrue(check(image, "--record", record).only(CheckImage.UNCHANGED).contains(": unchanged, " + two));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    /** The process, since an exit code, a character set and a working directory are the shell's. */
    @Test
    void aShellGetsTheLinesAndTheExitCode() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        Object[] command = {image, "--plain-http", "--google-keys-allowed", "--key", "key.json", "--record", "seen.json"};
        assertTrue(CommandRun.process(folder, command)
                .only(CheckImage.UNCHANGED)
                .endsWith(" (credential 'key.json')"));
        registry.pushImage("p/app", "stable", "two");
        assertTrue(CommandRun.process(folder, command).only(CheckImage.CHANGED).contains(" → sha256:"));
        registry.close();
        assertTrue(CommandRun.process(folder, command).refusal().startsWith(image + ": UN"));
        assertTrue(CommandRun.process(folder, image, "--nonsense").refusal().startsWith("check-image: Unknown option"));
    }

    @Test
    void withoutARecordAnImageIsSeenForTheFirstTimeEachTime() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        assertTrue(check(image).only(CheckImage.UNCHANGED).contains(": first seen, "));
        registry.pushImage("p/app", "stable", "two");
        assertTrue(check(image).only(CheckImage.UNCHANGED).contains(": first seen, "));
    }

    @Test
    void aPinnedImageIsComparedWithItsPin() throws Exception {
        String one = registry.pushImage("p/app", "stable", "one");
        assertTrue(check(image + "@" + one).only(CheckImage.UNCHANGED).contains(": unchanged, "));
        String two = registry.pushImage("p/app", "stable", "two");
        String updated = check(image + "@" + one).only(CheckImage.CHANGED);
        assertTrue(updated.contains("to pin the current digest: " + image + "@" + two), updated);
    }

    @Test
    void severalImagesAreCheckedTogetherEachOnceAndAFailureOfOneIsTheExitCode() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        registry.pushImage("p/base", "1", "one");
        String base = front.host() + "/p/base:1";
        check(image, base, "--record", record);
        registry.pushImage("p/app", "stable", "two");
        CommandRun run = check(base, image, image, front.host() + "/other/app:1", "App:1", "--record", record);
        assertEquals(CheckImage.FAILED, run.exitCode());
        assertEquals(2, run.out().size(), run.out()::toString);
        assertTrue(run.out().get(0).startsWith(base + ": unchanged"), run.out()::toString);
        assertTrue(run.out().get(1).startsWith(image + ": updated"), run.out()::toString);
        assertEquals(2, run.err().size(), run.err()::toString);
        assertTrue(run.err().get(0).startsWith(front.host() + "/other/app:1: FORBIDDEN: "), run.err()::toString);
        assertTrue(run.err().get(1).startsWith("App:1: CONFIGURATION: "), run.err()::toString);
        assertEquals(CheckImage.UNCHANGED, check(base, image, "--record", record).exitCode());
    }

    @Test
    void aPreviewShowsWhatTheTagsWouldChoose() {
        registry.pushImage("p/app", "1.0", "one");
        registry.pushImage("p/app", "1.1-slim", "two");
        String first = front.host() + "/p/app:1.0";
        CommandRun run = check(first, "--tags", "semver:*", "--preview");
        assertEquals(CheckImage.UNCHANGED, run.exitCode());
        assertEquals(
                List.of(
                        first + ", a preview" + credential() + ":",
                        "  Chosen now: 1.0.",
                        "  Before it there was none: no other tag matches.",
                        "  1.0 is the tag on the image: there is nothing newer to be found now.",
                        "  Why: semver *: 1 of 2 tags match, the newest is 1.0.",
                        "  Left out: variant slim (1).",
                        "  Only 1.0, the tag on the image, matches. The tags that are most like it do not match: 1.1-slim"
                                + " (variant slim)."),
                run.out());
        assertTrue(check(front.host() + "/q/app:1", "--tags", "semver:*", "--preview")
                .refusal()
                .contains("FORBIDDEN"));
        for (Object[] wrong : new Object[][] {
            {first, "--preview"},
            {first, "--tags", "semver:*", "--preview", "--json"},
            {first, "--tags", "semver:*", "--preview", "--record", record}
        }) {
            assertEquals(
                    "check-image: --preview needs --tags, and takes neither --record nor --json",
                    check(wrong).refusal());
        }
    }

    @Test
    void aCheckThatCanNeverFindAnythingSaysSo() {
        registry.pushImage("p/app", "1.0", "one");
        registry.pushImage("p/app", "1.1-slim", "two");
        String line = check(front.host() + "/p/app:1.0", "--tags", "semver:*").only(CheckImage.UNCHANGED);
        assertTrue(line.contains(". Only 1.0, the tag on the image, matches."), line);
    }

    @Test
    void aTagThatIsGoneIsSaidAndKeepsWhatWasRecorded() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        check(image, "--record", record);
        String before = Files.readString(record);
        registry.delete("p/app", "stable");
        CommandRun gone = check(image, "--record", record);
        assertTrue(gone.only(CheckImage.FAILED).startsWith(image + ": the tag is gone; it was sha256:"));
        assertEquals(before, Files.readString(record));
    }

    @Test
    void aPolicyChoosesTheTagAndRemembersIt() throws Exception {
        registry.pushImage("p/app", "1.4.2", "one");
        registry.pushImage("p/app", "2.0.0", "two");
        String policy = "semver:>=1.4 <2|max=2";
        assertTrue(check(image, "--tags", policy, "--record", record)
                .only(CheckImage.UNCHANGED)
                .startsWith(front.host() + "/p/app:1.4.2 (semver >=1.4 <2, max 2): first seen"));
        registry.pushImage("p/app", "1.4.3", "three");
        assertTrue(check(image, "--tags", policy, "--record", record)
                .only(CheckImage.CHANGED)
                .startsWith(front.host() + "/p/app:1.4.3 (semver >=1.4 <2, max 2): updated, 1.4.2 "));
    }

    @Test
    void onlyTheWatchedPlatformsPartCounts() throws Exception {
        String arm = registry.pushImage("p/app", null, "arm");
        registry.pushIndex("p/app", "stable", Map.of("linux/arm64", arm));
        check(image, "--platform", "linux/arm64", "--record", record);
        String amd = registry.pushImage("p/app", null, "amd");
        registry.pushIndex("p/app", "stable", Map.of("linux/arm64", arm, "linux/amd64", amd));
        assertTrue(check(image, "--platform", "linux/aarch64", "--record", record)
                .only(CheckImage.UNCHANGED)
                .contains(" linux/arm64: unchanged, " + abbreviated(arm)));
        registry.pushIndex("p/app", "stable", Map.of("linux/arm64", amd));
        assertEquals(
                CheckImage.CHANGED,
                check(image, "--platform", "linux/arm64", "--record", record).exitCode());
    }

    @Test
    void jsonHasTheNamesThatTheStepReturns() throws Exception {
        String one = registry.pushImage("p/app", "stable", "one");
        check(image, "--record", record);
        String two = registry.pushImage("p/app", "stable", "two");
        CommandRun run = check(image, front.host() + "/other/app:1", "--record", record, "--json");
        assertEquals(CheckImage.FAILED, run.exitCode());
        assertEquals(List.of(), run.err());
        JsonNode json = new ObjectMapper().readTree(String.join("\n", run.out()));
        assertTrue(json.get("changed").booleanValue());
        JsonNode updated = json.get("images").get(0);
        assertEquals(image, updated.get("image").asText());
        assertEquals("UPDATED", updated.get("status").asText());
        assertEquals(two, updated.get("digest").asText());
        assertEquals(one, updated.get("previousDigest").asText());
        assertEquals(image + "@" + two, updated.get("pinned").asText());
        assertTrue(updated.get("failure").isNull());
        JsonNode failed = json.get("images").get(1);
        assertEquals("FAILED", failed.get("status").asText());
        assertEquals("FORBIDDEN", failed.get("failureKind").asText());
        assertTrue(failed.get("failure").asText().contains("roles/artifactregistry.reader"));
    }

    @Test
    void aUserAndAPasswordFromAFileSignIn() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        front.grantUser("robot", Canaries.plant("a password", "pass word\\of the robot"), "p/app");
        Files.writeString(folder.resolve("password"), "pass word\\of the robot\n");
        CommandRun run = CommandRun.of(
                image, "--plain-http", "--user", "robot", "--password-file", folder.resolve("password"));
        assertTrue(run.only(CheckImage.UNCHANGED).endsWith("password')"));
    }

    @Test
    void aKeyThatTheRegistryDoesNotKnowIsDiagnosedAsInJenkins() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        String key = ServiceAccountKeys.create("p", "gone@p.iam.gserviceaccount.com", "an-id");
        Files.writeString(keyFile, key);
        String line = check(image).refusal();
        assertTrue(line.startsWith(image + ": CREDENTIAL_REJECTED: the registry does not accept the credential"), line);
        assertTrue(line.contains("credential '" + keyFile + "'. Way out: "), line);
    }

    @Test
    void helpGoesToStandardOutputAndNamesTheExitCodes() throws Exception {
        CommandRun run = CommandRun.of("--help");
        assertEquals(0, run.exitCode());
        assertEquals(List.of(), run.err());
        String help = String.join("\n", run.out());
        for (String part : List.of("IMAGE...", "--key=FILE", "--password-file=FILE", "--platform=", "--tags=", "--record=FILE", "--json", "  10 ")) {
            assertTrue(help.contains(part), part);
        }
    }

    @Test
    void theKeyDoesNotReachARegistryThatIsNotGooglesUnlessThatIsAllowed() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        String line = CommandRun.of(image, "--plain-http", "--key", keyFile).refusal();
        assertTrue(line.startsWith(image + ": CONFIGURATION: "), line);
        assertTrue(line.contains("credential '" + keyFile + "'"), line);
        assertEquals(List.of(), front.requests());
    }
}
