package io.jenkins.plugins.imageupdate.config;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.credentials.ClientCertificates;
import io.jenkins.plugins.imageupdate.credentials.HeaderCredentials;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.http.TlsSettings;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the form of a registry's entry says of each field while it is filled in. No registry is asked. */
public abstract class RegistryFormChecks extends Descriptor<ConfiguredRegistry> {
    @POST
    public FormValidation doCheckPrefix(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return check(() -> RegistryPrefix.normalised(value));
    }

    @POST
    public FormValidation doCheckPlainHttp(@QueryParameter boolean value) {
        return value ? FormValidation.warning(Messages.ConfiguredRegistry_PlainHttp()) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckParallel(@QueryParameter String value) {
        return FormValidation.validateIntegerInRange(value, 1, ConfiguredRegistry.MAX_PARALLEL);
    }

    @POST
    public FormValidation doCheckTimeoutSeconds(@QueryParameter String value) {
        return FormValidation.validateIntegerInRange(value, 1, ConfiguredRegistry.MAX_TIMEOUT_SECONDS);
    }

    @POST
    public FormValidation doCheckCertificateAuthorities(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return check(() -> new TlsSettings(value).sslContext());
    }

    @POST
    public FormValidation doCheckRequestsPerMinute(@QueryParameter String value) {
        return FormValidation.validateIntegerInRange(value, 0, ConfiguredRegistry.MAX_REQUESTS_PER_MINUTE);
    }

    @POST
    public FormValidation doCheckMinimumAge(@QueryParameter String value) {
        return check(() -> MinimumAge.parse(value));
    }

    @POST
    public FormValidation doCheckReconcileMinutes(@QueryParameter String value) {
        return FormValidation.validateIntegerInRange(value, 0, ConfiguredRegistry.MAX_RECONCILE_MINUTES);
    }

    @POST
    public FormValidation doCheckMirror(@QueryParameter String value) {
        return check(() -> RegistryPrefix.host(value));
    }

    @POST
    public FormValidation doCheckServiceAccount(@QueryParameter String value) {
        return check(() -> ServiceAccountName.normalised(value));
    }

    @POST
    public FormValidation doCheckAllowedAddresses(@QueryParameter String value) {
        return check(() -> ConfiguredRegistry.ranges(TextList.split(value)));
    }

    private static FormValidation check(Runnable reader) {
        try {
            reader.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public ListBoxModel doFillHeadersSecretIdItems(@QueryParameter String headersSecretId) {
        return HeaderCredentials.list(headersSecretId);
    }

    /** Reads the credential, to name a line that is not a header. */
    @POST
    public FormValidation doCheckHeadersSecretId(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            HeaderCredentials.read(value.strip());
            return FormValidation.ok();
        } catch (RegistryException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public ListBoxModel doFillClientCertificateIdItems(@QueryParameter String clientCertificateId) {
        return ClientCertificates.list(clientCertificateId);
    }
}
