package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ToolsTest {
    @Test
    void aProgramOfThePathIsFound() {
        // Maven needs one on each system to start this test.
        assertTrue(Tools.find("no-such-program", "java", "sh", "cmd").isPresent());
    }

    @Test
    void aPropertyWinsOverThePath(@TempDir Path folder) throws Exception {
        Path program = Files.createFile(folder.resolve("some-tool"));
        System.setProperty("tool.some-tool", program.toString());
        try {
            assertEquals(Optional.empty(), Tools.find("some-tool").filter(found -> !Files.isExecutable(found)));
            assertTrue(program.toFile().setExecutable(true));
            assertEquals(program, Tools.require("some-tool"));
        } finally {
            System.clearProperty("tool.some-tool");
        }
    }

    @Test
    void aLinkThatCannotBeMadeEndsTheTestWithTheReason(@TempDir Path folder) throws Exception {
        Path target = Files.createFile(folder.resolve("target"));
        Path link = folder.resolve("link");
        assertEquals(target.toRealPath(), Tools.symbolicLink(link, target).toRealPath());
        Throwable again = assertThrows(Throwable.class, () -> Tools.symbolicLink(link, target));
        assertTrue(again.getMessage().startsWith("this user cannot make a symbolic link: "), again::getMessage);
    }

    @Test
    void aMissingProgramSkipsTheTestWithTheReasonAndTheWayOut() {
        assertEquals(Optional.empty(), Tools.find("no-such-program"));
        RuntimeException reason = Tools.missing("nginx is not on PATH", false);
        assertEquals(TestAbortedException.class, reason.getClass());
        assertEquals("nginx is not on PATH", reason.getMessage());
    }

    @Test
    void whereNothingMayBeMissingItFailsTheTest() {
        Error failure = assertThrows(AssertionFailedError.class, () -> Tools.missing("nginx is not on PATH", true));
        assertTrue(failure.getMessage().startsWith("nginx is not on PATH; with CI_STRICT=1"), failure::getMessage);
    }
}
