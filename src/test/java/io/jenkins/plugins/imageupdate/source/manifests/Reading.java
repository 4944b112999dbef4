package io.jenkins.plugins.imageupdate.source.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceProblem;
import io.jenkins.plugins.imageupdate.source.WorkspaceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A file, and what is found in it. */
record Reading(SourceImages images) {
    static Reading of(String text) {
        return with(Map.of(), text);
    }

    static Reading with(Map<String, String> variables, String text) {
        return new Reading(ManifestImages.read("app.yaml", text.getBytes(StandardCharsets.UTF_8), variables));
    }

    /** With other files beside it, by their paths. */
    static Reading among(Map<String, String> files, String name, String text) {
        return among(Map.of(), files, name, text);
    }

    static Reading among(Map<String, String> variables, Map<String, String> files, String name, String text) {
        WorkspaceFiles workspace =
                (path, maxBytes) -> files.containsKey(path) ? files.get(path).getBytes(StandardCharsets.UTF_8) : null;
        return new Reading(ManifestImages.read(name, text.getBytes(StandardCharsets.UTF_8), variables, workspace));
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
        String file = use.file().equals("app.yaml") ? "" : use.file() + ":";
        return file + use.line() + " " + use.where() + " " + use.written() + (platform == null ? "" : " " + platform);
    }
}
