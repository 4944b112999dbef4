package io.jenkins.plugins.imageupdate.source.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.WorkspaceFiles;
import io.jenkins.plugins.imageupdate.source.dockerfile.BuildSettings;
import io.jenkins.plugins.imageupdate.source.dockerfile.DockerfileImages;
import io.jenkins.plugins.imageupdate.source.manifests.ManifestImages;
import io.jenkins.plugins.imageupdate.source.manifests.PlainTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Generated files, and what readers that are not ours make of them; see the README beside the kept results. */
class OracleTest {
    static final int COMPOSE = 1_000;
    static final int YAML = 800;
    static final int DOCKERFILE = 500;

    private static final String GIVEN = "2.1";

    @Test
    void composeFilesAreReadAsByDockerCompose() throws IOException {
        List<JsonNode> kept = kept("compose.jsonl", COMPOSE);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < COMPOSE; i++) {
            Map<String, String> files = GeneratedCompose.files(i);
            SourceImages ours = compose(files);
            List<String> images =
                    new ArrayList<>(ours.uses().stream().map(OracleTest::shown).toList());
            images.sort(null);
            List<String> theirs = new ArrayList<>();
            kept.get(i).path("images").forEach(image -> theirs.add(image.textValue()));
            // Where a variable has no value, docker-compose puts in nothing and ours has a problem in place of the
            // image.
            boolean unset = kept.get(i).path("unset").booleanValue();
            boolean same = unset
                    ? theirs.containsAll(images)
                    : theirs.equals(images) && ours.problems().isEmpty();
            if (!same) {
                differences.add(i + ": theirs " + theirs + ", ours " + images + " " + ours.problems());
            }
        }
        assertEquals(List.of(), differences);
    }

    private static SourceImages compose(Map<String, String> files) {
        WorkspaceFiles workspace =
                (path, maxBytes) -> files.containsKey(path) ? files.get(path).getBytes(StandardCharsets.UTF_8) : null;
        byte[] content = files.get(GeneratedCompose.MAIN).getBytes(StandardCharsets.UTF_8);
        return ManifestImages.read(GeneratedCompose.MAIN, content, Map.of("GIVEN", GIVEN), workspace);
    }

    private static String shown(ImageUse use) {
        String service = use.where().substring("services.".length());
        String platform = Objects.toString(use.image().platform(), "");
        return (service + " " + use.written() + " " + platform).strip();
    }

    @Test
    void yamlIsReadAsByTheYamlPackage() throws IOException, NoSuchAlgorithmException {
        List<JsonNode> kept = kept("yaml.jsonl", YAML);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < YAML; i++) {
            String ours;
            try {
                String tree = PlainTree.of(GeneratedYaml.text(i));
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(tree.getBytes(StandardCharsets.UTF_8));
                ours = HexFormat.of().formatHex(hash).substring(0, 16);
            } catch (SourceException e) {
                ours = e.getMessage();
            }
            if (!ours.equals(kept.get(i).path("sha").textValue())) {
                differences.add(i + ": " + ours);
            }
        }
        assertEquals(List.of(), differences);
    }

    /** Instructions, lines and names as they are written, before variables are put in. */
    @Test
    void dockerfilesAreReadAsByDockerfileAst() throws IOException {
        List<JsonNode> kept = kept("dockerfile.jsonl", DOCKERFILE);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < DOCKERFILE; i++) {
            String text = GeneratedDockerfile.text(i);
            TreeSet<String> stages = new TreeSet<>();
            List<String> theirs = new ArrayList<>();
            for (JsonNode found : kept.get(i).path("found")) {
                String image = GeneratedDockerfile.value(found.get(2).textValue());
                if (!stages.contains(image) && !image.equals("scratch")) {
                    theirs.add(found.get(0).intValue() + " " + found.get(1).textValue() + " " + image);
                }
                stages.add(found.get(3).textValue());
            }
            SourceImages ours = DockerfileImages.read(
                    "Dockerfile", text.getBytes(StandardCharsets.UTF_8), BuildSettings.of(Map.of()));
            List<String> images = ours.uses().stream()
                    .filter(use -> !use.where().equals("syntax"))
                    .map(use -> use.line() + " " + use.where() + " " + use.written())
                    .toList();
            if (!theirs.equals(images) || !ours.problems().isEmpty()) {
                differences.add(i + ": theirs " + theirs + ", ours " + images + " " + ours.problems());
            }
        }
        assertEquals(List.of(), differences);
    }

    @Test
    void theImageOfAFromIsThatOfBuildah() throws IOException {
        List<JsonNode> kept = kept("first-from.jsonl", DOCKERFILE);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < DOCKERFILE; i++) {
            String theirs = kept.get(i).path("first").textValue();
            byte[] content = GeneratedDockerfile.start(i).getBytes(StandardCharsets.UTF_8);
            String ours = DockerfileImages.read("Dockerfile", content, BuildSettings.of(Map.of())).uses().stream()
                    .filter(use -> use.where().equals("FROM"))
                    .map(ImageUse::written)
                    .findFirst()
                    .orElse("");
            if (!theirs.equals("scratch") && !theirs.equals(ours)) {
                differences.add(i + ": theirs " + theirs + ", ours " + ours);
            }
        }
        assertEquals(List.of(), differences);
    }

    private static List<JsonNode> kept(String name, int count) throws IOException {
        try (InputStream in = OracleTest.class.getResourceAsStream(name)) {
            List<JsonNode> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8)))
                    .collect(Collectors.toList());
            assertEquals(count, lines.size(), "kept results");
            return lines;
        }
    }
}
