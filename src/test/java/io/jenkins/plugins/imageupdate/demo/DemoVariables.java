package io.jenkins.plugins.imageupdate.demo;

import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What docs/demo/jenkins.yaml is told of the registry of the demo: variables of the environment, by their names. */
public final class DemoVariables {
    private DemoVariables() {}

    /**
     * Writes the keys, and returns the variables.
     *
     * @param folder where the keys are written to; it is made if it does not exist
     */
    public static Map<String, String> of(DemoRegistry registry, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(DemoRegistry.KEY + ".json"), registry.key());
        Files.writeString(folder.resolve(DemoRegistry.WRONG_KEY + ".json"), DemoRegistry.wrongKey());
        String push = "\"" + JavaCommand.program("java") + "\" -cp \"" + JavaCommand.classPath() + "\" "
                + DemoImage.class.getName() + " " + registry.origin();
        return Map.of(
                "DEMO_REGISTRY",
                registry.host(),
                "DEMO_PLAIN_HTTP",
                "true",
                "DEMO_IMAGE",
                registry.image(),
                "DEMO_CREDENTIAL",
                DemoRegistry.KEY,
                "DEMO_KEYS",
                folder.toString(),
                "DEMO_PUSH",
                push);
    }

    /** The variables as one line for a POSIX shell's {@code eval}. */
    static String forShell(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(one -> one.getKey() + "='" + one.getValue().replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
    }
}
