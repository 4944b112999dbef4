package io.jenkins.plugins.imageupdate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoVariablesTest {
    @Test
    void aShellReadsBackWhatWasWritten() throws Exception {
        String value = "\"C:\\Program Files\\java\" -cp \"it's here/*\" $HOME `id` ";
        String line = DemoVariables.forShell(Map.of("DEMO_PUSH", value, "DEMO_IMAGE", "an image"));
        Process shell = new ProcessBuilder(
                        Tools.require("bash").toString(),
                        "-c",
                        "eval \"export $1\"; printf '%s|%s' \"$DEMO_PUSH\" \"$DEMO_IMAGE\"",
                        "bash",
                        line)
                .redirectErrorStream(true)
                .start();
        assertEquals(value + "|an image", new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
