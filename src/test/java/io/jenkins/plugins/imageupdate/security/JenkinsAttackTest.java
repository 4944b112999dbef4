package io.jenkins.plugins.imageupdate.security;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.DocumentedTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Tries every attack on the packages that use Jenkins; see {@link io.jenkins.plugins.imageupdate.AttackTest}. */
@WithJenkins
class JenkinsAttackTest {
    private JenkinsScene scene;

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        scene = new JenkinsScene(jenkins);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** All in one Jenkins: each row leaves it as it found it. */
    @TestFactory
    Stream<DynamicTest> attacks() {
        List<Attack> rows = Stream.of(
                        new CredentialAttacks(scene).rows(),
                        new FormAttacks(scene).rows(),
                        new BuildAttacks(scene).rows(),
                        new EventAttacks(scene).rows())
                .flatMap(List::stream)
                .toList();
        String heading = "| Aim | What is tried | What comes back |\n| --- | --- | --- |\n";
        String table = heading + rows.stream().map(Attack::markdown).collect(Collectors.joining("\n"));
        return Stream.concat(
                rows.stream()
                        .map(row -> dynamicTest(row.toString(), () -> {
                            String said = row.play().tried();
                            assertTrue(said.contains(row.refusal()), said);
                        })),
                Stream.of(dynamicTest(
                        "the table is in the documentation",
                        () -> DocumentedTable.require("security.md", "the attacks on Jenkins", table))));
    }
}
