package io.jenkins.plugins.imageupdate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs all stored seeds: the first inputs of the fuzzer, and all faults that it found. {@code src/test/fuzz/run} runs the fuzzer itself.
 */
class FuzzSeedsTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static Path folder() throws URISyntaxException {
        return Path.of(FuzzSeedsTest.class.getResource("challenge").toURI()).getParent();
    }

    @Test
    void everyTargetHasSeedsAndEverySeedATarget() throws Exception {
        try (Stream<Path> folders = Files.list(folder()).filter(Files::isDirectory)) {
            assertEquals(
                    List.copyOf(FuzzTargets.byName().keySet()),
                    folders.map(each -> each.getFileName().toString()).sorted().toList());
        }
    }

    @TestFactory
    List<DynamicTest> everySeedIsParsedAsDocumented() throws URISyntaxException, IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : FuzzTargets.byName().keySet()) {
            for (Path seed : FuzzTargets.seeds(folder(), name)) {
                byte[] input = Files.readAllBytes(seed);
                tests.add(DynamicTest.dynamicTest(
                        name + "/" + seed.getFileName(),
                        () -> assertTimeoutPreemptively(
                                LONGEST, () -> FuzzTargets.byName().get(name).feed(input))));
            }
        }
        return tests;
    }
}
