package io.jenkins.plugins.imageupdate.source.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.source.SourceProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BadYamlTest {
    @Test
    void whatDoesNotParseIsSaidWithItsLine() {
        Reading.of("services:\n  a: {image: x\n  b: y\n")
                .findsThough("app.yaml:3: this is no YAML that can be read: expected ',' or '}', but got :");
    }

    @Test
    void whatStandsBeforeItCounts() {
        Reading.of("services:\n  a: {image: one}\n---\nservices: [\n")
                .findsThough(
                        "app.yaml:5: this is no YAML that can be read: expected the node content, but found '<stream end>'",
                        "2 services.a one");
    }

    @Test
    void aTemplateIsNamedAsOne() {
        String problem = only(Reading.of("kind: Pod\nspec:\n  {{- if .x }}\n  containers: []\n"));
        assertTrue(problem.endsWith("if it is a template, give what is made of it"), problem);
    }

    @Test
    void anotherKindOfFileIsSaid() {
        String problem =
                "app.yaml: this is not a file of a known kind (Compose, Kubernetes, Kustomize, values of a Helm"
                        + " chart, bake, devcontainer, GitLab CI, GitHub workflow), or names no image";
        Reading.of("a: b\n").findsThough(problem);
        Reading.of("").findsThough(problem);
        Reading.of("just a text").findsThough(problem);
        Reading.of("- kind: Pod\n").findsThough(problem);
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() {
        byte[] content = new byte[ManifestImages.MAX_BYTES + 1];
        Arrays.fill(content, (byte) '\n');
        assertEquals(List.of("app.yaml: the file is larger than 16384 KiB; it is not read"), problems(content));
    }

    @Test
    void aBinaryFileIsRefused() {
        assertEquals(
                List.of("app.yaml:1: this is not text: it has a zero byte; it is binary or UTF-16"),
                problems(new byte[] {1, 2, 0}));
        assertEquals(
                List.of("app.yaml:1: this is not text in UTF-8"), problems(new byte[] {'a', (byte) 0xff, (byte) 0xfe}));
    }

    @Test
    void depthEnds() {
        String problem = only(Reading.of("a: " + "[".repeat(10_000)));
        assertTrue(problem.contains("Nesting Depth exceeded max 200"), problem);
    }

    @Test
    void aliasesEnd() {
        String anchors = "x: &x {y: 1}\nl: [" + "*x, ".repeat(1_100) + "]\n";
        String problem = only(Reading.of(anchors));
        assertTrue(problem.contains("Number of aliases for non-scalar nodes exceeds the specified max=1000"), problem);
    }

    /** A billion laughs: nothing is made of the aliases, so that it costs nothing. */
    @Test
    void aliasesDoNotMultiply() {
        String laughs = "l0: &l0 {image: one}\n"
                + IntStream.range(1, 40)
                        .mapToObj(i -> "l" + i + ": &l" + i + " {<<: [" + ("*l" + (i - 1) + ", ").repeat(20) + "]}")
                        .collect(Collectors.joining("\n"));
        Reading.of(laughs + "\nservices:\n  a: *l39\n").finds("1 services.a one");
    }

    @Test
    void aliasesOfListsAreCounted() {
        String lists = "x0: &x0 {kind: Pod}\n"
                + IntStream.range(1, 5)
                        .mapToObj(i -> "x" + i + ": &x" + i + " {kind: List, items: ["
                                + ("*x" + (i - 1) + ", ").repeat(20) + "]}")
                        .collect(Collectors.joining("\n"));
        Reading.of(lists + "\nkind: List\nitems: [*x4]\n")
                .findsThough("app.yaml:1: more than 10000 objects are in this file");
    }

    @Test
    void noTagMakesAnObject() {
        Reading.of("services:\n  a: !!java.net.URL [http://127.0.0.1/]\n")
                .findsThough("app.yaml:2: this is no YAML that can be read: Global tag is not allowed:"
                        + " tag:yaml.org,2002:java.net.URL");
    }

    @Test
    void textOfTheFileDoesNotForgeLines() {
        String problem = only(Reading.of("services:\n  \"a\\r\\nERROR \\e[31m\":\n    image: X\n"));
        assertEquals(1, problem.lines().count());
        assertTrue(problem.startsWith("app.yaml:3: services.a ERROR [31m: "), problem);
    }

    private static String only(Reading reading) {
        assertEquals(1, reading.messages().size(), reading.messages()::toString);
        return reading.messages().get(0);
    }

    private static List<String> problems(byte[] content) {
        return ManifestImages.read("app.yaml", content, Map.of()).problems().stream()
                .map(SourceProblem::toString)
                .toList();
    }

    @Test
    void utf8IsRead() {
        assertEquals(
                1,
                ManifestImages.read(
                                "app.yaml",
                                "\uFEFF# ä\nservices: {a: {image: one}}\n".getBytes(StandardCharsets.UTF_8),
                                Map.of())
                        .uses()
                        .size());
    }
}
