package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Computer;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.credentials.ClientCertificates;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpClients;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Quota;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Checks one image with a registry's settings in the form, saved or not. It uses its own connections, tokens and limits. Of an answer it
 * shows only the error fields of registry JSON.
 */
final class ConnectionTest {
    private final ConfiguredRegistry registry;

    ConnectionTest(ConfiguredRegistry registry) {
        this.registry = registry;
    }

    FormValidation check(@CheckForNull String reference) throws InterruptedException {
        if (Util.fixEmptyAndTrim(reference) == null) {
            return FormValidation.error(Messages.ConnectionTest_NoImage(registry.getPrefix()));
        }
        try {
            WatchedImage image = WatchedImage.parse(reference, null);
            if (registry.coverage(image.reference()) == 0) {
                return FormValidation.error(Messages.ConnectionTest_NotCovered(image, registry.getPrefix()));
            }
            HttpTransport transport = new HttpTransport(
                    clients(image.reference().host()), Computer.threadPoolForRemoting, Clock.systemUTC());
            long start = System.nanoTime();
            Sighting seen = ask(image, transport);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return validation(seen, millis, transport.quota(image.reference().host()));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private Sighting ask(WatchedImage image, HttpTransport transport) throws InterruptedException {
        String host = image.reference().host();
        try {
            RegistryEndpoint endpoint = registry.endpoint(host);
            Authentication authentication = registry.authentication(host, null);
            return FormAnswer.of(
                    new ImageChecker(transport).check(image, endpoint, authentication, null), endpoint.timeout());
        } catch (RegistryException e) {
            String id = registry.getCredentialsId();
            Failure failure = e.toFailure(image.reference().toString(), id);
            return Sighting.failed(image, failure, id, Clock.systemUTC().instant());
        }
    }

    /** Other hosts that are asked for the login, such as Google's token servers, have the clients that checks use. */
    private HttpClients clients(String host) {
        ConfiguredRegistry tls = RegistriesConfiguration.get().withTlsSettings(registry, host);
        String authorities = tls == null ? null : tls.getCertificateAuthorities();
        String certificate = tls == null ? null : tls.getClientCertificateId();
        HttpClient own = client(authorities, certificate);
        HttpClient elsewhere = certificate == null ? own : client(authorities, null);
        return new HttpClients() {
            @Override
            public HttpClient of(RegistryEndpoint endpoint) {
                return endpoint.host().equals(host) ? own : ControllerHttp.get().client(endpoint);
            }

            @Override
            public HttpClient elsewhere(RegistryEndpoint endpoint) {
                return elsewhere;
            }
        };
    }

    /** As checks make it. */
    private static HttpClient client(@CheckForNull String authorities, @CheckForNull String certificateId) {
        return CachedHttpClient.make(authorities, certificateId == null ? null : ClientCertificates.find(certificateId))
                .client();
    }

    private static FormValidation validation(Sighting seen, long millis, @CheckForNull Quota quota) {
        String id = seen.credentialsId();
        TagSet tags = seen.tags();
        if (tags != null) {
            String digest = tags.newest().digest().toString();
            String limit = quota == null ? "" : " " + Messages.ConnectionTest_Quota(quota.words());
            return FormValidation.ok(Messages.ConnectionTest_Success(seen.image(), digest, who(id), millis) + limit);
        }
        return failed(Objects.requireNonNull(seen.failure()), id);
    }

    static String who(@CheckForNull String credentialsId) {
        return credentialsId == null
                ? Messages.ConnectionTest_NoCredential()
                : Messages.ConnectionTest_Credential(credentialsId);
    }

    static FormValidation failed(Failure failure, @CheckForNull String credentialsId) {
        FailureWords words =
                Objects.requireNonNull(FailureWords.of(failure.kind().name()));
        return FormValidation.error(Messages.ConnectionTest_Failure(
                failure.image(), words.kind(), words.meaning(), failure.detail(), who(credentialsId), words.wayOut()));
    }
}
