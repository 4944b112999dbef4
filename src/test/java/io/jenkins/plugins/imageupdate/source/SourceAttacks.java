package io.jenkins.plugins.imageupdate.source;

import io.jenkins.plugins.imageupdate.source.dockerfile.BuildSettings;
import io.jenkins.plugins.imageupdate.source.dockerfile.DockerfileImages;
import io.jenkins.plugins.imageupdate.source.jenkinsfile.JenkinsfileImages;
import io.jenkins.plugins.imageupdate.source.manifests.ManifestImages;
import io.jenkins.plugins.imageupdate.testing.Attack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files of a workspace that are there to keep the controller busy, or to be more than text to it. */
public final class SourceAttacks {
    private static final String AIM = "memory or time, by a file of the workspace";
    private static final int MEGABYTE = 1024 * 1024;

    public static final List<Attack> ROWS = List.of(
            dockerfile("ARGs that double 40 times", "longer than", doubled()),
            dockerfile(
                    "a megabyte of digits",
                    "does not end in this file",
                    "FROM a\nRUN x <<a\n" + "1".repeat(MEGABYTE - 100)),
            dockerfile(
                    "a word of 500,000 digits",
                    "does not end in this file",
                    "FROM a\nRUN <<a " + "1".repeat(MEGABYTE / 2)),
            dockerfile("a megabyte of variables", "FROM", "FROM " + "${a:-".repeat(200_000)),
            dockerfile("more than a megabyte", "the file is larger than", "#".repeat(MEGABYTE + 1)),
            dockerfile("a line that forges the log", "is not an image reference", "FROM a\u001b[8mha:x\u0085Finished"),
            yaml("objects of a class", "this is no YAML", "services: !!javax.script.ScriptEngineManager [x]\n"),
            yaml("nested 10,000 times", "Nesting Depth exceeded", "a: " + "[".repeat(10_000)),
            yaml("a billion laughs", "is no YAML", laughs()),
            dockerfile(
                    "35,000 triggers set off by 70,000 stages",
                    "ONBUILD triggers are set off",
                    "FROM a AS a\n" + "ONBUILD RUN x\n".repeat(35_000) + "FROM a\n".repeat(70_000)),
            dockerfile(
                    "10,000 names that only the builder completes, among as many stages",
                    "too many stages may be meant",
                    "FROM a AS s\n" + "FROM s$TARGETVARIANT AS s\n".repeat(10_000) + stages()
                            + "FROM s$TARGETOSVERSION\n".repeat(10_000)),
            yaml("a million kinds", "more than 10000 objects", kinds()),
            yaml("4 million empty lists", "more than 2000000 parts", "a: [" + "[],".repeat(4_000_000)),
            yaml("JSON nested 10,000 times", "Nesting Depth exceeded", "{\"a\":".repeat(10_000)),
            yaml("50,000 tabs between tokens", "tabs stand between tokens", "a: [" + "x,\t".repeat(50_000) + "]"),
            yaml(
                    "an image that only a file out of the workspace names",
                    "leads out of the workspace",
                    "include: [../../../etc/passwd]\nservices: {}"),
            jenkinsfile("60 casts in a row", "takes too much work", "def x = " + "(A)".repeat(60) + "1"),
            jenkinsfile("nested 50,000 times", "nested too deeply", "a { ".repeat(50_000)),
            jenkinsfile(
                    "code for the compiler to run",
                    "no problem in time",
                    "@groovy.transform.ASTTest(value = { System.exit(1) }) def x = System.exit(2)"));

    private SourceAttacks() {}

    private static String doubled() {
        return "ARG a0=aaaaaaaaaa\n"
                + IntStream.range(1, 40)
                        .mapToObj(i -> "ARG a" + i + "=$a" + (i - 1) + "$a" + (i - 1) + "\n")
                        .collect(Collectors.joining())
                + "FROM $a39\n";
    }

    private static String laughs() {
        return "l0: &l0 [a]\n"
                + IntStream.range(1, 40)
                        .mapToObj(i -> "l" + i + ": &l" + i + " [" + ("*l" + (i - 1) + ", ").repeat(40) + "]\n")
                        .collect(Collectors.joining());
    }

    private static Attack dockerfile(String tried, String refusal, String content) {
        return new Attack(
                AIM,
                "a Dockerfile: " + tried,
                refusal,
                () -> Attack.inTime(() -> told(DockerfileImages.read(
                        "Dockerfile", content.getBytes(StandardCharsets.UTF_8), BuildSettings.of(Map.of())))));
    }

    private static Attack yaml(String tried, String refusal, String content) {
        return new Attack(
                AIM,
                "a Kubernetes file: " + tried,
                refusal,
                () -> Attack.inTime(() ->
                        told(ManifestImages.read("app.yaml", content.getBytes(StandardCharsets.UTF_8), Map.of()))));
    }

    private static String stages() {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "FROM scratch AS s." + i + "\n")
                .collect(Collectors.joining());
    }

    private static String kinds() {
        return IntStream.range(0, 1_000_000).mapToObj(i -> "kind: K" + i % 10).collect(Collectors.joining("\n---\n"));
    }

    private static Attack jenkinsfile(String tried, String refusal, String content) {
        return new Attack(
                AIM,
                "a Jenkinsfile: " + tried,
                refusal,
                () -> Attack.inTime(
                        () -> told(JenkinsfileImages.read("Jenkinsfile", content.getBytes(StandardCharsets.UTF_8)))));
    }

    private static String told(SourceImages images) {
        String problems =
                images.problems().stream().map(SourceProblem::toString).collect(Collectors.joining("; "));
        if (problems.length() > 20_000 || problems.chars().anyMatch(c -> c < ' ' || c == 0x85)) {
            throw new AssertionError("told in " + problems.length() + " characters");
        }
        return problems.isEmpty() ? "no problem in time" : problems;
    }
}
