package io.jenkins.plugins.imageupdate.source.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A Dockerfile of a few lines, and what is found in it. */
record Reading(SourceImages images) {
    static Reading of(String... lines) {
        return with(Map.of(), lines);
    }

    static Reading with(Map<String, String> buildArgs, String... lines) {
        return with(BuildSettings.of(buildArgs), lines);
    }

    static Reading forPlatform(String platform, String... lines) {
        return with(new BuildSettings(Map.of(), Map.of(), null, Platform.parse(platform)), lines);
    }

    static Reading forTarget(String target, String... lines) {
        return with(new BuildSettings(Map.of(), Map.of(), target, null), lines);
    }

    static Reading with(BuildSettings settings, String... lines) {
        byte[] content = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return new Reading(DockerfileImages.read("Dockerfile", content, settings));
    }

    /** Each as {@code line where reference [platform]}; and nothing is wrong. */
    void finds(String... uses) {
        assertEquals(List.of(), messages());
        assertEquals(List.of(uses), shown());
    }

    /** The same, where something is wrong beside. */
    void findsThough(String problem, String... uses) {
        assertEquals(List.of(problem), messages());
        assertEquals(List.of(uses), shown());
    }

    List<String> messages() {
        return images.problems().stream().map(SourceProblem::toString).toList();
    }

    private List<String> shown() {
        return images.uses().stream().map(Reading::shown).toList();
    }

    private static String shown(ImageUse use) {
        Platform platform = use.image().platform();
        return use.line() + " " + use.where() + " " + use.written() + (platform == null ? "" : " " + platform);
    }
}
