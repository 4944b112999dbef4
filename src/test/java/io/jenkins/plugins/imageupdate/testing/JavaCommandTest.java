package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
    /** A program that says where it runs. */
    static final class Folder {
        public static void main(String[] arguments) {
            System.out.println(arguments[0] + " " + Path.of("").toAbsolutePath());
        }
    }

    @Test
    void theClassPathIsAbsoluteSinceTheCommandRunsInAnotherFolder() {
        String here = Path.of("").toAbsolutePath().toString();
        assertEquals(
                here + File.separator + "classes" + File.pathSeparator + here + File.separator + "lib",
                JavaCommand.absolute("classes" + File.pathSeparator + "lib"));
        assertEquals(here, JavaCommand.absolute(here));
    }

    @Test
    void aProgramOfTheTestsRunsInAnyFolder(@TempDir Path folder) throws Exception {
        List<String> command = JavaCommand.of(Folder.class, "-Xmx64m");
        command.add("in");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("in " + folder.toRealPath(), said.strip());
        assertEquals(0, process.waitFor());
    }
}
