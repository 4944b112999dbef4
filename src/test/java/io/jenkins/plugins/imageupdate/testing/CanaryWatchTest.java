package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The watch finds planted canaries, so a silent watch is a proof. */
class CanaryWatchTest {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.imageupdate.testing.canary");
    private static final String KEY = ServiceAccountKeys.privateKey();
    private static final String LINE = KEY.lines().skip(5).findFirst().orElseThrow();

    private final CanaryWatch watch = new CanaryWatch();
    private int searches;

    @AfterEach
    void everyTestIsFollowedByASearch() {
        assertEquals(searches + 1, CanaryWatch.searches(), "JUnit calls the watch by itself");
    }

    private void assertCries(String words) {
        String cry = assertThrows(AssertionError.class, () -> watch.afterTestExecution(null))
                .getMessage();
        assertTrue(cry.contains(words), cry);
        searches = CanaryWatch.searches();
    }

    @Test
    void noCanaryIsReportedIfThereIsNone() throws IOException {
        watch.afterTestExecution(null);
        searches = CanaryWatch.searches();
    }

    @Test
    void canariesInTheLogAreFound() {
        LOGGER.log(Level.FINEST, "sent: {0}", LINE);
        assertCries("the private key in the log of " + LOGGER.getName());
        LOGGER.log(Level.FINE, "not sent", new IOException(new IOException(LINE)));
        assertCries("the private key in the log of " + LOGGER.getName());
    }

    @Test
    void canariesInAJenkinsHomeAreFound() throws IOException {
        Path home = Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "j h");
        Path file = Files.createDirectories(home.resolve("jobs/app")).resolve("config.xml");
        String header = Base64.getEncoder().encodeToString(("_json_key:" + KEY).getBytes(StandardCharsets.UTF_8));
        try {
            Files.writeString(file, "<a>Basic " + header + "</a>");
            assertCries("the private key in " + home.getFileName() + "/jobs/app/config.xml");
        } finally {
            for (Path path = file; path.startsWith(home); path = path.getParent()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void canariesInThreadNamesAndSystemPropertiesAreFound() throws InterruptedException {
        String name = Thread.currentThread().getName();
        try {
            Thread.currentThread().setName("checks with " + LINE);
            assertCries("the private key in a thread's name");
        } finally {
            Thread.currentThread().setName(name);
        }
        try {
            System.setProperty("canary", LINE);
            assertCries("the private key in system property canary");
        } finally {
            System.clearProperty("canary");
        }
    }
}
