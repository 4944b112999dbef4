package io.jenkins.plugins.imageupdate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.DocumentedTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundled libraries: few, without dependencies, and none that Jenkins or a required plugin already has. */
class DependenciesTest {
    private static final Map<String, String> WHY = Map.of(
            "re2j", "users' regular expressions, which must not backtrack",
            "semver4j", "ranges of versions, as package managers read them");

    /** What the build lets into the plugin; with {@code hpi.strictBundledArtifacts} it fails for anything else. */
    private static List<String> bundled() throws IOException {
        String pom = Files.readString(DocumentedTable.root().resolve("pom.xml"));
        assertTrue(pom.contains("<hpi.strictBundledArtifacts>true<"));
        Matcher list = Pattern.compile("<hpi.bundledArtifacts>([^<]*)<").matcher(pom);
        return list.find()
                ? Stream.of(list.group(1).split(","))
                        .map(String::strip)
                        .sorted()
                        .toList()
                : List.of();
    }

    private static Path jar(String artifact) {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(Pattern.quote(artifact) + "-[0-9].*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(artifact + " is not there"));
    }

    private static String version(String artifact) {
        String name = jar(artifact).getFileName().toString();
        return name.substring(artifact.length() + 1, name.length() - ".jar".length());
    }

    @Test
    void eachHasAReason() throws IOException {
        assertEquals(WHY.keySet().stream().sorted().toList(), bundled());
    }

    @Test
    void noneIsThereAlready() throws IOException {
        ClassLoader everything = getClass().getClassLoader();
        List<String> twice = new ArrayList<>();
        for (String artifact : bundled()) {
            try (JarFile jar = new JarFile(jar(artifact).toFile())) {
                for (JarEntry entry : Collections.list(jar.entries())) {
                    String name = entry.getName();
                    boolean type = name.endsWith(".class") && !name.endsWith("-info.class");
                    if (type && Collections.list(everything.getResources(name)).size() != 1) {
                        twice.add(name);
                    }
                }
            }
        }
        assertEquals(List.of(), twice);
        // The same would be found of one that Jenkins has.
        assertTrue(everything.getResource("com/fasterxml/jackson/databind/ObjectMapper.class") != null);
    }

    @Test
    void theListIsInTheDocumentation() throws IOException {
        String heading = "| Library | Version | For |\n| --- | --- | --- |\n";
        DocumentedTable.require(
                "security.md",
                "the bundled libraries",
                heading
                        + bundled().stream()
                                .map(each -> "| " + each + " | " + version(each) + " | " + WHY.get(each) + " |")
                                .collect(Collectors.joining("\n")));
    }
}
