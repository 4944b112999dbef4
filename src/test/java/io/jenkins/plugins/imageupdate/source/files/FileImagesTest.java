package io.jenkins.plugins.imageupdate.source.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceProblem;
import io.jenkins.plugins.imageupdate.source.WorkspaceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileImagesTest {
    private static final String PIPELINE = "// ours\npipeline {\n  agent { docker 'alpine:3' }\n}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {"Jenkinsfile", "ci/Jenkinsfile.release", "deploy.jenkinsfile", "vars/build.groovy", "ci/build"})
    void aPipelineIsFoundByItsNameOrContent(String name) {
        assertEquals("alpine:3", read(name, PIPELINE).uses().get(0).written());
    }

    @Test
    void aPipelineWithinAManifestIsText() {
        String text =
                "kind: Pod\nspec: {containers: [{image: one}]}\n---\nkind: ConfigMap\ndata:\n  job: |\n    pipeline {\n    }\n";
        assertEquals(
                "one", read("jenkinsfiles/jenkinsfile.yaml", text).uses().get(0).written());
    }

    @ParameterizedTest
    @CsvSource({
        "docker-bake.hcl, x = 1",
        "bake, 'target \"app\" {'",
        "bake, '# bake\nvariable \"TAG\" {\n default = \"x\"\n}'"
    })
    void hclIsSaidToBeNotRead(String name, String text) {
        assertEquals(
                List.of(name + ": bake files in HCL are not read: name what \"docker buildx bake --print\" makes of it,"
                        + " which is JSON"),
                problems(name, text));
    }

    @Test
    void aDockerfileAmongThemIsSaid() {
        assertEquals(
                List.of("app/Dockerfile: this is a Dockerfile: name it by \"dockerfile\""),
                problems("app/Dockerfile", "# x\nFROM alpine:3\nRUN x\n"));
    }

    @Test
    void everyOtherFileIsToldByWhatIsInIt() {
        assertEquals(
                "x:1",
                read("deploy", "services: {a: {image: 'x:1'}}").uses().get(0).written());
        assertEquals(
                "y:1",
                read("values", "image: {repository: y, tag: '1'}").uses().get(0).written());
        assertEquals(1, problems("README", "hello").size());
        assertEquals(1, problems("empty", "").size());
    }

    private static List<String> problems(String name, String text) {
        return read(name, text).problems().stream().map(SourceProblem::toString).toList();
    }

    private static SourceImages read(String name, String text) {
        return FileImages.read(name, text.getBytes(StandardCharsets.UTF_8), Map.of(), WorkspaceFiles.NONE);
    }
}
