package io.jenkins.plugins.imageupdate.harness;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Configures the running Jenkins by text in YAML. */
public final class AsCode {
    private AsCode() {}

    public static void configure(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    /** Requires that a configuration is refused, and that one of the causes says these words. */
    public static void assertRefused(String yaml, String words) {
        StringWriter told = new StringWriter();
        assertThrows(Exception.class, () -> configure(yaml)).printStackTrace(new PrintWriter(told));
        assertTrue(told.toString().contains(words), told::toString);
    }
}
