package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkippedTestsTest {
    /** Not run by itself: its name does not end as those of tests do. */
    static class WithoutItsServer {
        @BeforeAll
        static void start() {
            throw Tools.missing("the server is not on PATH", false);
        }

        @Test
        void one() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void two(int number) {}
    }

    static class WithoutRoot {
        @Test
        void needsRoot() {
            throw Tools.missing("only root can do this", false);
        }

        @Test
        void runs() {}
    }

    @Test
    void whatWasSkippedIsCountedAndNamedWithTheReason() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(WithoutItsServer.class), selectClass(WithoutRoot.class))
                                .build(),
                        new SkippedTests(new PrintStream(said, true)));
        assertEquals(
                List.of(
                        "NOT RUN: 2 tests of SkippedTestsTest$WithoutItsServer: the server is not on PATH",
                        "NOT RUN: 1 test of SkippedTestsTest$WithoutRoot: only root can do this"),
                said.toString().lines().toList());
    }
}
