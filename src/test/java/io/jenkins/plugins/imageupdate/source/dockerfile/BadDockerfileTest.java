package io.jenkins.plugins.imageupdate.source.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BadDockerfileTest {
    @Test
    void aFileThatIsTooLargeIsNotRead() {
        byte[] content = new byte[DockerfileImages.MAX_BYTES + 1];
        Arrays.fill(content, (byte) '\n');
        assertEquals(List.of("d/Dockerfile: the file is larger than 1024 KiB; it is not read"), problems(content));
    }

    @Test
    void oneThatJustFitsIsRead() {
        byte[] content = new byte[DockerfileImages.MAX_BYTES];
        Arrays.fill(content, (byte) '\n');
        byte[] from = bytes("FROM alpine");
        System.arraycopy(from, 0, content, content.length - from.length, from.length);
        assertEquals(1, read(content).uses().size());
    }

    @Test
    void aBinaryFileIsRefused() {
        assertEquals(
                List.of("d/Dockerfile:2: this is not text: it has a zero byte; it is binary or UTF-16"),
                problems(bytes("FROM alpine\n\0\1\2")));
        assertEquals(
                List.of("d/Dockerfile:1: this is not text: it has a zero byte; it is binary or UTF-16"),
                problems("FROM alpine".getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void textInAnotherEncodingIsRefused() {
        assertEquals(
                List.of("d/Dockerfile:2: this is not text in UTF-8"),
                problems("FROM alpine\nLABEL a=\u00e4\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void anInstructionOfTooManyLinesEndsTheReading() {
        String content = "FROM alpine\nRUN a \\\n" + "b \\\n".repeat(10_000) + "c\nFROM debian\n";
        SourceImages images = read(bytes(content));
        assertEquals(1, images.uses().size());
        assertEquals(
                "d/Dockerfile:2: more than 10000 lines make one instruction; it is not read on",
                images.problems().get(0).toString());
    }

    @Test
    void anotherKindOfFileDoesNotFillTheLog() {
        List<String> problems = problems(bytes("lorem ipsum\n".repeat(5_000)));
        assertEquals(21, problems.size());
        assertTrue(problems.get(20).contains("there are more problems"), problems.get(20));
    }

    @Test
    void noMoreThanAThousandImages() {
        SourceImages images = read(bytes("FROM alpine\n".repeat(1_500)));
        assertEquals(1_000, images.uses().size());
        assertEquals(
                List.of("d/Dockerfile:1000: 1000 images are named up to here; the file is not read on"), shown(images));
    }

    @Test
    void textOfTheFileDoesNotForgeLines() {
        String problem = problems(bytes("FROM alpine\nX\u202E\u001b[31m y\n")).get(0);
        assertEquals(
                "d/Dockerfile:2: X [31M: this is not an instruction of a Dockerfile; it has the invisible character U+202E",
                problem);
    }

    @Test
    void patternsAreCounted() {
        String content = "ARG A=" + "a".repeat(2_000) + "\n" + "ARG B=${A%%a*b}\n".repeat(1_001) + "FROM alpine\n";
        assertEquals(
                List.of("d/Dockerfile:1002: ARG: more than 1000 variables with a pattern are in this file"),
                problems(bytes(content)));
    }

    @Test
    void aPatternIsShort() {
        assertEquals(
                List.of("d/Dockerfile:2: ARG: the pattern " + "a".repeat(129) + " is longer than 128 characters"),
                problems(bytes("ARG A=a\nARG B=${A#" + "a".repeat(129) + "}\nFROM alpine\n")));
    }

    private static List<String> problems(byte[] content) {
        return shown(read(content));
    }

    private static List<String> shown(SourceImages images) {
        return images.problems().stream().map(SourceProblem::toString).toList();
    }

    private static SourceImages read(byte[] content) {
        return DockerfileImages.read("d/Dockerfile", content, BuildSettings.of(Map.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
