package io.jenkins.plugins.imageupdate.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Uptime;
import io.jenkins.plugins.imageupdate.harness.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class UptimeFileTest {
    private Path file;

    @BeforeEach
    void start(JenkinsRule jenkins) {
        file = jenkins.jenkins.getRootDir().toPath().resolve(UptimeFile.NAME);
    }

    @Test
    void theUptimeGoesOnWhereItWasSaved() throws Exception {
        assertTrue(Files.exists(file), "it is written when Jenkins starts");
        Uptime.resume(new Uptime.Saved("a-count", 1_000_000));
        UptimeFile.write();
        Uptime.resume(new Uptime.Saved("another", 5));
        UptimeFile.read();
        assertEquals("a-count", Uptime.now().id());
        assertTrue(Uptime.now().seconds() >= 1_000_000 && Uptime.now().seconds() < 1_001_000, () -> "" + Uptime.now());
    }

    @Test
    void withoutAFileACountBeginsThatTheNextStartGoesOnWith() throws Exception {
        Files.delete(file);
        UptimeFile.read();
        String id = Uptime.now().id();
        Uptime.resume(new Uptime.Saved("another", 5));
        UptimeFile.read();
        assertEquals(id, Uptime.now().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "a -5", "a 5 b", "a 99999999999999999999", "a five"})
    void aFileThatIsDamagedIsNamedAndDoesNotMakeAnythingOlder(String content) throws Exception {
        Uptime.resume(new Uptime.Saved("a-count", 1_000_000));
        Files.writeString(file, content);
        try (CapturedLog log = new CapturedLog()) {
            UptimeFile.read();
            assertTrue(log.text().contains(UptimeFile.NAME), log::text);
        }
        assertNotEquals("a", Uptime.now().id());
    }
}
