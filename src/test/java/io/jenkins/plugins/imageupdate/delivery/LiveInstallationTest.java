package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The plugin is installed into a running Jenkins process, as the update centre does it. {@code -Dplugin.hpi=…} for a built file; without it, the
 * plugin is what the tests were compiled with. Refers to no class of the plugin: the process does not have them at first.
 */
class LiveInstallationTest {
    private static final String NAME = "image-update-check";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .omitPlugins(NAME)
            .javaOptions(JvmOptions.QUICK_START)
            .withTimeout(0);

    @Test
    void updatesAreBuiltWithoutARestartAndAlsoAfterThePluginWasRemovedAndInstalledAgain() throws Throwable {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String host = registry.host();
            registry.pushImage("p/app", "stable", "one");
            jenkins.startJenkins();
            install();
            jenkins.run(rule -> LiveJobs.create(host));
            String two = registry.pushImage("p/app", "stable", "two");
            jenkins.run(rule -> LiveJobs.updateIsBuilt(rule, two));
            String three = registry.pushImage("p/app", "stable", "three");
            jenkins.run(rule -> LiveJobs.updateIsBuiltWithTheUsersBuildThatJoinsIt(rule, three));
            String four = registry.pushImage("p/app", "stable", "four");
            jenkins.run(rule -> LiveJobs.updateWaits(rule));
            jenkins.stopJenkins();

            jenkins.startJenkins();
            jenkins.run(rule -> assertNull(rule.jenkins.getPluginManager().getPlugin(NAME)));
            jenkins.stopJenkins();

            // A Jenkins that has met the data without the plugin reads it again only after a restart: XStream remembers
            // missing classes.
            copyTo("plugins");
            jenkins.startJenkins();
            jenkins.run(rule -> LiveJobs.updateThatWaitedIsBuiltOnce(rule, four));
            jenkins.stopJenkins();
        }
    }

    private void install() throws Throwable {
        String path = copyTo("live").toString();
        jenkins.run(rule -> {
            assertFalse(rule.jenkins.getPluginManager().getPlugins().stream()
                    .anyMatch(plugin -> plugin.getShortName().equals(NAME)));
            Jenkins.get().getPluginManager().dynamicLoad(new File(path));
        });
    }

    private Path copyTo(String folder) throws Exception {
        Path file = plugin();
        Path copy = jenkins.getHome().toPath().resolve(folder).resolve(NAME + extension(file));
        Files.createDirectories(copy.getParent());
        Files.deleteIfExists(copy);
        return Files.copy(file, copy);
    }

    private static Path plugin() throws URISyntaxException {
        String built = System.getProperty("plugin.hpi");
        return built != null
                ? Path.of(built)
                : Path.of(LiveInstallationTest.class.getResource("/the.hpl").toURI());
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.'));
    }
}
