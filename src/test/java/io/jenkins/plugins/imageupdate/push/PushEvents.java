package io.jenkins.plugins.imageupdate.push;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Sources of push events in a Jenkins, and builds that they start. */
public final class PushEvents {
    /** Of all sources. */
    public static final String SECRET = Canaries.plant("the secret of a source", "event-canary-of-the-sources");

    private PushEvents() {}

    /** Adds a credential. */
    public static void secret(String id, String text) {
        try {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, "", Secret.fromString(text)));
            SystemCredentialsProvider.getInstance().save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a source whose secret is in a credential of the same name. */
    static EventSource source(String name, String format) {
        secret(name, SECRET);
        EventSource source = new EventSource(name, format);
        source.setSecretId(name);
        List<EventSource> sources =
                new ArrayList<>(PushEventsConfiguration.get().getSources());
        sources.add(source);
        PushEventsConfiguration.get().setSources(sources);
        return source;
    }

    public static void sources(List<EventSource> sources) {
        PushEventsConfiguration.get().setSources(sources);
    }

    /** Where Google's keys are, in place of Google. */
    public static void useKeys(URI address) {
        GoogleTokenProof.Verifier.get().use(address);
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
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not happen in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
