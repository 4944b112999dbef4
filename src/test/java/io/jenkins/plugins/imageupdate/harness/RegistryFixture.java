package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.Job;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/**
 * The CNCF distribution server behind a front end like gcr.io's, with a service account that may read {@code p/*}. A machine without that server has
 * the registry in memory in its place, so that tests of Jenkins run on every system.
 */
public final class RegistryFixture implements AutoCloseable {
    /** Stands in the key where no secret may be found afterwards. */
    public final String canary = Canaries.plant(
            "the key's id", "canary" + UUID.randomUUID().toString().replace("-", ""));

    public final String key = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", canary);

    private final Runnable stop;
    private final ImagePusher pusher;
    public final GcrFront front;

    public RegistryFixture(Path directory) throws IOException {
        String origin;
        if (DistributionServer.installed()) {
            DistributionServer server = DistributionServer.start(directory);
            origin = server.origin();
            stop = server::close;
        } else {
            InProcessRegistry server = InProcessRegistry.start();
            origin = server.origin();
            stop = server::close;
        }
        pusher = new ImagePusher(origin);
        front = GcrFront.inFrontOf(origin);
        front.grantKey(key, "p/*");
    }

    /** Tells Jenkins how the registry is reached, which an administrator must for one on plain http and with a Google key. */
    public void configure() {
        ConfiguredRegistry registry = new ConfiguredRegistry(front.host());
        registry.setPlainHttp(true);
        registry.setGoogleKeysAllowed(true);
        RegistriesConfiguration.get().setRegistries(List.of(registry));
    }

    /** The image as a job names it. */
    public String image(String repository, String tag) {
        return front.host() + "/" + repository + ":" + tag;
    }

    /** @return the digest that the tag has now */
    public String push(String repository, String tag, String marker) {
        return pusher.pushImage(repository, tag, marker);
    }

    /** Takes the tag's manifest away, and with it the tag. */
    public void delete(String repository, String tag) {
        pusher.delete(repository, tag);
    }

    /** Pushes an image with these labels, as {@code docker build --label} makes them. */
    public String pushLabelled(String repository, String tag, Map<String, String> labels) {
        return pusher.pushLabelled(repository, tag, labels);
    }

    public StandardCredentials secretFile(String id) {
        byte[] content = key.getBytes(StandardCharsets.UTF_8);
        return new FileCredentialsImpl(
                CredentialsScope.GLOBAL, id, "a key", "key.json", SecretBytes.fromBytes(content));
    }

    public StandardCredentials secretText(String id) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "a key", Secret.fromString(key));
    }

    public StandardCredentials login(String id) {
        try {
            return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "a key", "_json_key", key);
        } catch (Descriptor.FormException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a global credential, which all jobs may use, also after a restart. */
    public void addCredential(StandardCredentials credential) throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().add(credential);
        SystemCredentialsProvider.getInstance().save();
    }

    /** Polls the job as its trigger does, and waits for the report. */
    public PollReport tick(Job<?, ?> job) throws Exception {
        return PollScene.poll(job);
    }

    @Override
    public void close() {
        front.close();
        stop.run();
    }
}
