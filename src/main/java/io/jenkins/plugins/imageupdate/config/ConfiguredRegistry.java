package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.credentials.CredentialsChoice;
import io.jenkins.plugins.imageupdate.credentials.HeaderCredentials;
import io.jenkins.plugins.imageupdate.credentials.LoginTarget;
import io.jenkins.plugins.imageupdate.credentials.RegistryCredentials;
import io.jenkins.plugins.imageupdate.registry.AddressRange;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication;
import io.jenkins.plugins.imageupdate.registry.http.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An administrator's settings for a registry or a part of one: {@code gcr.io}, {@code gcr.io/team}. */
public final class ConfiguredRegistry implements Describable<ConfiguredRegistry> {
    static final int DEFAULT_TIMEOUT_SECONDS = (int) RegistryEndpoint.DEFAULT_TIMEOUT.toSeconds();
    static final int MAX_PARALLEL = 256;
    static final int MAX_TIMEOUT_SECONDS = 600;
    static final int MAX_REQUESTS_PER_MINUTE = 600_000;
    static final int MAX_RECONCILE_MINUTES = 44_640;

    private final String prefix;
    private String credentialsId;
    private int parallel = RegistryEndpoint.DEFAULT_PARALLEL;
    private int timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;
    private boolean plainHttp;
    private boolean googleKeysAllowed;
    private boolean signLocally;
    private boolean controllerIdentity;
    private List<String> controllerIdentityFolders;
    private String serviceAccount;
    private String certificateAuthorities;
    private String clientCertificateId;
    private int requestsPerMinute;
    private int reconcileMinutes;
    private String mirror;
    private List<String> allowedAddresses;
    private String headersSecretId;
    private String minimumAge;
    private boolean pushTimesBelieved;

    /** @param prefix a host with an optional port, optionally with the first segments of a repository's path */
    @DataBoundConstructor
    public ConfiguredRegistry(String prefix) {
        this.prefix = RegistryPrefix.normalised(prefix);
    }

    /** The length of the prefix if it covers the image by whole path segments, otherwise 0. The longest one wins. */
    int coverage(ImageReference reference) {
        String name = reference.name();
        boolean covered = name.equals(prefix) || name.startsWith(prefix + "/");
        return covered ? prefix.length() : 0;
    }

    /** What requests to a host need. Reads the credential with extra headers, so it may block. */
    RegistryEndpoint endpoint(String host) throws RegistryException {
        RegistryEndpoint settings = settings(host);
        return headersSecretId == null ? settings : settings.withHeaders(HeaderCredentials.read(headersSecretId));
    }

    /** As {@link #endpoint}, without the extra headers. */
    RegistryEndpoint settings(String host) {
        RegistryEndpoint usual =
                new RegistryEndpoint(host, plainHttp, Duration.ofSeconds(timeoutSeconds), parallel, googleKeysAllowed);
        return usual.withRequestsPerSecond(
                        requestsPerMinute == 0 ? usual.requestsPerSecond() : requestsPerMinute / 60.0)
                .withMirror(mirror)
                .withAllowedAddresses(ranges(getAllowedAddresses()))
                .withTls(prefix)
                .withPushTimesBelieved(pushTimesBelieved);
    }

    static List<AddressRange> ranges(List<String> written) {
        return AddressRange.parseList(String.join(",", written));
    }

    public String getPrefix() {
        return prefix;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public int getParallel() {
        return parallel;
    }

    @DataBoundSetter
    public void setParallel(int parallel) {
        this.parallel = inRange("parallel", parallel, 1, MAX_PARALLEL);
    }

    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = inRange("timeoutSeconds", timeoutSeconds, 1, MAX_TIMEOUT_SECONDS);
    }

    private static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(Messages.ConfiguredRegistry_OutOfRange(name, least, most, value));
        }
        return value;
    }

    public boolean isPlainHttp() {
        return plainHttp;
    }

    @DataBoundSetter
    public void setPlainHttp(boolean plainHttp) {
        this.plainHttp = plainHttp;
    }

    public boolean isGoogleKeysAllowed() {
        return googleKeysAllowed;
    }

    @DataBoundSetter
    public void setGoogleKeysAllowed(boolean googleKeysAllowed) {
        this.googleKeysAllowed = googleKeysAllowed;
    }

    public boolean isSignLocally() {
        return signLocally;
    }

    @DataBoundSetter
    public void setSignLocally(boolean signLocally) {
        this.signLocally = signLocally;
    }

    public boolean isControllerIdentity() {
        return controllerIdentity;
    }

    @DataBoundSetter
    public void setControllerIdentity(boolean controllerIdentity) {
        this.controllerIdentity = controllerIdentity;
    }

    /** Full names of the folders whose jobs may use the controller's identity. Empty for all jobs. */
    public List<String> getControllerIdentityFolders() {
        return controllerIdentityFolders == null ? List.of() : List.copyOf(controllerIdentityFolders);
    }

    @DataBoundSetter
    public void setControllerIdentityFolders(@CheckForNull List<String> controllerIdentityFolders) {
        List<String> names = TextList.split(controllerIdentityFolders);
        this.controllerIdentityFolders = names.isEmpty() ? null : new ArrayList<>(names);
    }

    /** As one text for the form. */
    public String getControllerIdentityFoldersText() {
        return String.join(", ", getControllerIdentityFolders());
    }

    /**
     * Whether checks of this job may use the controller's own Google identity.
     *
     * @param job null for an administrator's own check
     */
    boolean lendsControllerIdentity(@CheckForNull Item job) {
        return controllerIdentity
                && (job == null
                        || getControllerIdentityFolders().isEmpty()
                        || getControllerIdentityFolders().stream()
                                .anyMatch(folder -> job.getFullName().startsWith(folder + "/")));
    }

    /** The email of the service account that id tokens borrow. Null if the federated identity reads by itself. */
    @CheckForNull
    public String getServiceAccount() {
        return serviceAccount;
    }

    @DataBoundSetter
    public void setServiceAccount(@CheckForNull String serviceAccount) {
        this.serviceAccount = ServiceAccountName.normalised(serviceAccount);
    }

    /**
     * The login of checks whose image does not name a credential. Reads the registry's credential, so it may block.
     *
     * @param job the job that is checked for, null for an administrator's own check
     */
    Authentication authentication(String host, @CheckForNull Job<?, ?> job) throws RegistryException {
        String id = credentialsId;
        if (id != null) {
            return adapted(RegistryCredentials.ofController(id, host, job), job);
        }
        return lendsControllerIdentity(job)
                ? new GoogleAuthentication.ControllerIdentity()
                : new Authentication.Anonymous();
    }

    /**
     * The same login as this entry's settings want it: a Google key signs here and is not sent, an id token borrows a service account, and a
     * credential that names the controller's identity gets it if this job may use it.
     *
     * @param job the job that is checked for, null for an administrator's own check
     */
    Authentication adapted(Authentication authentication, @CheckForNull Job<?, ?> job) throws RegistryException {
        if (authentication instanceof GoogleAuthentication.NamedControllerIdentity named
                && lendsControllerIdentity(job)) {
            return new GoogleAuthentication.ControllerIdentity(named.credentialsId());
        }
        try {
            Authentication borrowing = Authentications.borrowing(authentication, serviceAccount);
            return signLocally ? Authentications.signedLocally(borrowing) : borrowing;
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.CONFIGURATION, e.getMessage());
        }
    }

    /** PEM certificates that are trusted in addition to those of the controller's Java. */
    @CheckForNull
    public String getCertificateAuthorities() {
        return certificateAuthorities;
    }

    @DataBoundSetter
    public void setCertificateAuthorities(@CheckForNull String certificateAuthorities) {
        String pem = Util.fixEmptyAndTrim(certificateAuthorities);
        new TlsSettings(pem).sslContext();
        this.certificateAuthorities = pem;
    }

    @CheckForNull
    public String getClientCertificateId() {
        return clientCertificateId;
    }

    @DataBoundSetter
    public void setClientCertificateId(@CheckForNull String clientCertificateId) {
        this.clientCertificateId = Util.fixEmptyAndTrim(clientCertificateId);
    }

    /** 0 for no limit, except for registries that are known to have one. A whole number: configuration as code passes over fractions. */
    public int getRequestsPerMinute() {
        return requestsPerMinute;
    }

    @DataBoundSetter
    public void setRequestsPerMinute(int requestsPerMinute) {
        this.requestsPerMinute = inRange("requestsPerMinute", requestsPerMinute, 0, MAX_REQUESTS_PER_MINUTE);
    }

    /** How rarely schedules check the registry's images while push events are heard. 0 for each time. */
    public int getReconcileMinutes() {
        return reconcileMinutes;
    }

    @DataBoundSetter
    public void setReconcileMinutes(int reconcileMinutes) {
        this.reconcileMinutes = inRange("reconcileMinutes", reconcileMinutes, 0, MAX_RECONCILE_MINUTES);
    }

    /** The host that is asked in place of the registry, with its optional port. Null for the registry itself. */
    @CheckForNull
    public String getMirror() {
        return mirror;
    }

    @DataBoundSetter
    public void setMirror(@CheckForNull String mirror) {
        this.mirror = RegistryPrefix.host(mirror);
    }

    /** Ranges of internal addresses that the registry's token server and the targets of its redirects may have. Empty for none. */
    public List<String> getAllowedAddresses() {
        return allowedAddresses == null ? List.of() : List.copyOf(allowedAddresses);
    }

    @DataBoundSetter
    public void setAllowedAddresses(@CheckForNull List<String> allowedAddresses) {
        List<String> written = TextList.split(allowedAddresses);
        ranges(written);
        this.allowedAddresses = written.isEmpty() ? null : new ArrayList<>(written);
    }

    /** As one text for the form. */
    public String getAllowedAddressesText() {
        return String.join(", ", getAllowedAddresses());
    }

    /** The id of a Secret text with further headers for each request, one in a line. Null for none. */
    @CheckForNull
    public String getHeadersSecretId() {
        return headersSecretId;
    }

    @DataBoundSetter
    public void setHeadersSecretId(@CheckForNull String headersSecretId) {
        this.headersSecretId = Util.fixEmptyAndTrim(headersSecretId);
    }

    /** How long a digest must be known before it counts, such as {@code 3d}, if an image does not say so. Null if each counts at once. */
    @CheckForNull
    public String getMinimumAge() {
        return minimumAge;
    }

    /** @throws IllegalArgumentException if it is not an age */
    @DataBoundSetter
    public void setMinimumAge(@CheckForNull String minimumAge) {
        this.minimumAge = Util.fixEmptyAndTrim(minimumAge);
        MinimumAge.parse(this.minimumAge);
    }

    Duration minimumAge() {
        return Objects.requireNonNullElse(MinimumAge.parse(minimumAge), Duration.ZERO);
    }

    /** Whether the registry's tag lists tell when images were pushed, and that counts. That of Google's registries always does. */
    public boolean isPushTimesBelieved() {
        return pushTimesBelieved;
    }

    @DataBoundSetter
    public void setPushTimesBelieved(boolean pushTimesBelieved) {
        this.pushTimesBelieved = pushTimesBelieved;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfiguredRegistry that
                && prefix.equals(that.prefix)
                && Objects.equals(credentialsId, that.credentialsId)
                && parallel == that.parallel
                && timeoutSeconds == that.timeoutSeconds
                && plainHttp == that.plainHttp
                && googleKeysAllowed == that.googleKeysAllowed
                && signLocally == that.signLocally
                && controllerIdentity == that.controllerIdentity
                && getControllerIdentityFolders().equals(that.getControllerIdentityFolders())
                && Objects.equals(serviceAccount, that.serviceAccount)
                && Objects.equals(certificateAuthorities, that.certificateAuthorities)
                && Objects.equals(clientCertificateId, that.clientCertificateId)
                && requestsPerMinute == that.requestsPerMinute
                && reconcileMinutes == that.reconcileMinutes
                && Objects.equals(mirror, that.mirror)
                && getAllowedAddresses().equals(that.getAllowedAddresses())
                && Objects.equals(headersSecretId, that.headersSecretId)
                && Objects.equals(minimumAge, that.minimumAge)
                && pushTimesBelieved == that.pushTimesBelieved;
    }

    @Override
    public int hashCode() {
        return prefix.hashCode();
    }

    @Extension
    @Symbol("registry")
    public static final class DescriptorImpl extends RegistryFormChecks {
        public int getDefaultParallel() {
            return RegistryEndpoint.DEFAULT_PARALLEL;
        }

        public int getDefaultTimeoutSeconds() {
            return DEFAULT_TIMEOUT_SECONDS;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredRegistry_DisplayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @QueryParameter String credentialsId,
                @QueryParameter String prefix,
                @QueryParameter String mirror,
                @QueryParameter boolean plainHttp,
                @QueryParameter boolean googleKeysAllowed,
                @QueryParameter boolean controllerIdentity) {
            // It checks the permission for the global configuration.
            return CredentialsChoice.list(
                    null, credentialsId, target(prefix, mirror, plainHttp, googleKeysAllowed, controllerIdentity));
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @QueryParameter String value,
                @QueryParameter String prefix,
                @QueryParameter String mirror,
                @QueryParameter boolean plainHttp,
                @QueryParameter boolean googleKeysAllowed,
                @QueryParameter boolean controllerIdentity) {
            return CredentialsChoice.check(
                    null, value, target(prefix, mirror, plainHttp, googleKeysAllowed, controllerIdentity));
        }

        /** Checks an image with the settings in the form. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String testImage,
                @QueryParameter String prefix,
                @QueryParameter String credentialsId,
                @QueryParameter String timeoutSeconds,
                @QueryParameter boolean plainHttp,
                @QueryParameter boolean googleKeysAllowed,
                @QueryParameter boolean signLocally,
                @QueryParameter boolean controllerIdentity,
                @QueryParameter String serviceAccount,
                @QueryParameter String certificateAuthorities,
                @QueryParameter String clientCertificateId,
                @QueryParameter String requestsPerMinute,
                @QueryParameter String mirror,
                @QueryParameter String allowedAddresses,
                @QueryParameter String headersSecretId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ConfiguredRegistry registry;
            try {
                registry = new ConfiguredRegistry(prefix);
                registry.setCredentialsId(credentialsId);
                registry.setTimeoutSeconds(Integer.parseInt(Util.fixNull(timeoutSeconds)));
                registry.setPlainHttp(plainHttp);
                registry.setGoogleKeysAllowed(googleKeysAllowed);
                registry.setSignLocally(signLocally);
                registry.setControllerIdentity(controllerIdentity);
                registry.setServiceAccount(serviceAccount);
                registry.setCertificateAuthorities(certificateAuthorities);
                registry.setClientCertificateId(clientCertificateId);
                registry.setRequestsPerMinute(Integer.parseInt(Util.fixNull(requestsPerMinute)));
                registry.setMirror(mirror);
                registry.setAllowedAddresses(List.of(Util.fixNull(allowedAddresses)));
                registry.setHeadersSecretId(headersSecretId);
            } catch (IllegalArgumentException e) {
                return FormValidation.error(Printable.of(e.getMessage()));
            }
            return new ConnectionTest(registry).check(testImage);
        }

        /** What the form says of the registry so far. */
        private static LoginTarget target(
                @CheckForNull String prefix,
                @CheckForNull String mirror,
                boolean plainHttp,
                boolean googleKeysAllowed,
                boolean controllerIdentity) {
            try {
                ConfiguredRegistry registry = new ConfiguredRegistry(prefix);
                registry.setMirror(mirror);
                registry.setPlainHttp(plainHttp);
                registry.setGoogleKeysAllowed(googleKeysAllowed);
                String host = registry.getPrefix().split("/", 2)[0];
                return new LoginTarget(registry.settings(host), controllerIdentity);
            } catch (IllegalArgumentException e) {
                return LoginTarget.UNKNOWN;
            }
        }
    }
}
