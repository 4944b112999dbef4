package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateListener;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;

@WithRegistry(credentialsId = "gcr-key")
class CommandAndListenerTest extends SharedJenkins {
    private RegistryFixture registry;
    private FreeStyleProject job;

    @BeforeEach
    void start(RegistryFixture fixture) throws Exception {
        registry = fixture;
        registry.push("p/app", "stable", "one");
        job = jenkins.createFreeStyleProject("app");
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        TriggerImage image = new TriggerImage(registry.image("p/app", "stable"));
        image.setCredentialsId("gcr-key");
        trigger.setImages(List.of(image));
        job.addTrigger(trigger);
        Heard.UPDATES.clear();
    }

    private CLICommandInvoker.Result command(String... arguments) {
        return new CLICommandInvoker(jenkins, "check-image-update").invokeWithArgs(arguments);
    }

    @Test
    void theCommandChecksAndPrintsTheResults() throws Exception {
        CLICommandInvoker.Result first = command("app");
        assertEquals(0, first.returnCode(), first::toString);
        assertTrue(first.stdout().contains("first seen"), first::toString);

        registry.push("p/app", "stable", "two");
        CLICommandInvoker.Result second = command("app");
        assertTrue(second.stdout().contains("A build of app is queued"), second::toString);
        jenkins.waitUntilNoActivity();
        assertEquals(1, job.getBuilds().size());
        assertEquals(List.of("app " + registry.image("p/app", "stable")), Heard.UPDATES);
    }

    @Test
    void theCommandReportsAFailedCheckAndAMissingTrigger() throws Exception {
        registry.front.revokeKey(registry.key, "p/*");
        CLICommandInvoker.Result failed = command("app");
        assertEquals(1, failed.returnCode(), failed::toString);
        assertTrue(failed.stdout().contains("FORBIDDEN"), failed::toString);
        jenkins.createFreeStyleProject("plain");
        CLICommandInvoker.Result plain = command("plain");
        assertEquals(1, plain.returnCode());
        assertTrue(plain.stderr().contains("plain does not have a trigger for container images"), plain::toString);
    }

    private void assertNotChecked(String words) {
        CLICommandInvoker.Result result = command("app");
        assertEquals(1, result.returnCode(), result::toString);
        assertTrue(result.stderr().contains(words), result::toString);
        assertEquals("", result.stdout());
        assertEquals(0, registry.front.requests().size());
    }

    @Test
    void theCommandSaysThatADisabledJobIsNotChecked() throws Exception {
        job.disable();
        assertNotChecked("app was not checked: it is disabled");
        job.enable();
        jenkins.jenkins.doQuietDown();
        assertNotChecked("or Jenkins is about to shut down");
    }

    @Test
    void theCommandSaysThatATriggerWatchesNothing() throws Exception {
        job.addTrigger(new ImageUpdateTrigger("H H 1 1 *"));
        assertNotChecked("Nothing to check: the trigger of app names no image");
    }

    @Test
    void aScheduleThatFindsTheJobDisabledKeepsTheLastReport() throws Exception {
        assertEquals(0, command("app").returnCode());
        job.disable();
        ImageUpdatePoller.get().poll(job).get(60, TimeUnit.SECONDS);
        assertEquals(
                1, ImageUpdatePoller.get().report(job).orElseThrow().images().size());
    }

    @Test
    void whoMayNotBuildMayNotCheck() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        CLICommandInvoker.Result result = new CLICommandInvoker(jenkins, "check-image-update")
                .asUser("reader")
                .invokeWithArgs("app");
        assertEquals(6, result.returnCode(), result::toString);
        assertEquals(0, registry.front.requests().size());
    }

    @TestExtension
    public static final class Heard implements ImageUpdateListener {
        private static final List<String> UPDATES = new CopyOnWriteArrayList<>();

        @Override
        public void onUpdates(Job<?, ?> job, List<ImageResult> updates) {
            updates.forEach(update -> UPDATES.add(job.getFullName() + " " + update.getImage()));
        }
    }
}
