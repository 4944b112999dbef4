package io.jenkins.plugins.imageupdate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.DocumentedTable;
import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What .ci/demo prints without Jenkins. */
class TerminalDemoTest {
    private static List<String> said;

    /** In a process, as the script starts it: it ends by itself and leaves no file. */
    @BeforeAll
    static void play(@TempDir Path folder) throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(TerminalDemo.class, "-Djava.io.tmpdir=" + folder))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            said = out.lines().map(TerminalDemoTest::withoutWhatDiffers).toList();
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.waitFor(), said::toString);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(), left.filter(file -> !file.endsWith("hsperfdata_" + System.getProperty("user.name"))).toList());
        }
    }

    /** The port, and digests. */
    private static String withoutWhatDiffers(String line) {
        return line.replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT").replaceAll("sha256:[0-9a-f]+", "sha256:…");
    }

    /** The log of one build or check, by its heading. */
    private static List<String> log(String heading, int occurrence) {
        List<Integer> starts = Stream.iterate(0, i -> i + 1)
                .limit(said.size())
                .filter(i -> said.get(i).startsWith("== " + heading))
                .toList();
        return said.stream()
                .skip(starts.get(occurrence - 1) + 1L)
                .takeWhile(line -> !line.startsWith("==") && !line.isEmpty())
                .toList();
    }

    @Test
    void theImageIsFirstSeenThenUnchangedThenPushedThenUpdated() {
        String image = "127.0.0.1:PORT/demo/app:stable: ";
        assertEquals(
                List.of(image + "first seen, sha256:… (credential 'gcr-key')", "changed: false, digest: sha256:…"),
                log("check-base-image #1", 1));
        assertEquals(
                List.of(image + "unchanged, sha256:… (credential 'gcr-key')", "changed: false, digest: sha256:…"),
                log("check-base-image #2", 1));
        assertEquals(List.of("pushed version 1.0.1 as demo/app:stable, sha256:…"), log("push-new-version #1", 1));
        assertEquals(
                List.of(
                        image + "updated, sha256:… → sha256:…, version 1.0.0 → 1.0.1 (credential 'gcr-key')",
                        "Started deploy for the updated images",
                        "changed: true, digest: sha256:…"),
                log("check-base-image #3", 1));
    }

    @Test
    void theUpdateStartsTheDownstreamJobAndTheBuildOfTheTriggerOnce() {
        String update = "Image 127.0.0.1:PORT/demo/app:stable: updated, sha256:… → sha256:…, version 1.0.0 → 1.0.1";
        assertEquals(
                List.of(update, "deploying 127.0.0.1:PORT/demo/app:stable at sha256:…"), log("deploy #1", 1));
        List<String> build = log("rebuild-on-update #1", 1);
        assertEquals(update, build.get(0));
        assertTrue(build.contains("IMAGE_UPDATE_PINNED=127.0.0.1:PORT/demo/app:stable@sha256:…"), build::toString);
        assertTrue(log("rebuild-on-update is checked", 3).get(0).contains(": unchanged"));
        assertTrue(said.stream().noneMatch(line -> line.contains("rebuild-on-update #2")));
    }

    @Test
    void theKeyIsTriedByTheCommandLineAndAWrongOneIsToldInWords() {
        assertTrue(log("Does the key read", 1).get(1).contains(": first seen, sha256:… (credential 'gcr-key')"));
        String refused = log("The same with the key of a deleted account", 1).get(1);
        assertTrue(refused.contains(": CREDENTIAL_REJECTED: the registry does not accept the credential"), refused);
        assertTrue(refused.contains("credential 'wrong-key'. Way out: check that the key"), refused);
    }

    @Test
    void readmeShowsLinesOfIt() throws Exception {
        String readme = Files.readString(DocumentedTable.root().resolve("README.md"));
        List<String> shown = readme.substring(readme.indexOf("```text\n") + 8)
                .lines()
                .takeWhile(line -> !line.equals("```"))
                .map(TerminalDemoTest::withoutWhatDiffers)
                .toList();
        assertTrue(shown.size() > 3, shown::toString);
        assertEquals(shown, said.stream().filter(shown::contains).distinct().toList());
    }

    @Test
    void whatIsLeftOutIsSaid() {
        assertTrue(said.stream().anyMatch(line -> line.startsWith("Left out, since it is Jenkins itself")));
    }
}
