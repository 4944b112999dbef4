package io.jenkins.plugins.imageupdate.push;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jvnet.hudson.test.JenkinsRule;

/** Sources of push events in a Jenkins, and builds that they start. */
final class EventScene {
    private EventScene() {}

    /** Adds a source whose secret is in a credential of the same name. */
    static EventSource source(JenkinsRule jenkins, String name, String format, String secret) throws IOException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.SYSTEM,
                        name,
                        "",
                        Secret.fromString(Canaries.plant("the secret of a source", secret))));
        EventSource source = new EventSource(name, format);
        source.setSecretId(name);
        List<EventSource> sources =
                new ArrayList<>(PushEventsConfiguration.get().getSources());
        sources.add(source);
        PushEventsConfiguration.get().setSources(sources);
        return source;
    }

    /** Waits until the build of this number is complete. */
    static FreeStyleBuild awaitBuild(FreeStyleProject job, int number) {
        await(() -> {
            FreeStyleBuild build = job.getBuildByNumber(number);
            return build != null && !build.isLogUpdated();
        });
        return job.getBuildByNumber(number);
    }

    /** Waits until this is so. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not happen in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
