package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.config.RegistryPrefix;
import io.jenkins.plugins.imageupdate.credentials.WebhookSecrets;
import io.jenkins.plugins.imageupdate.events.EventFormat;
import io.jenkins.plugins.imageupdate.events.Proof;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.Objects;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A sender of push events that an administrator has configured, with a name in the receiver's address. */
public final class EventSource implements Describable<EventSource> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final String name;
    private final String format;
    private String secretId;
    private String registry;
    private String serviceAccount;
    private String audience;

    /**
     * @param format see {@link EventFormat#id}
     * @throws IllegalArgumentException if the name or the format is not valid
     */
    @DataBoundConstructor
    public EventSource(String name, String format) {
        this.name = checked(name);
        this.format = EventFormat.of(Util.fixNull(format).strip()).id();
    }

    private static String checked(@CheckForNull String name) {
        String text = Util.fixNull(name).strip();
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(Messages.EventSource_BadName(Printable.of(text)));
        }
        return text;
    }

    public String getName() {
        return name;
    }

    public String getFormat() {
        return format;
    }

    EventFormat toFormat() {
        return EventFormat.of(Util.fixNull(format));
    }

    /** The id of a Secret text that the sender knows too. Null for none: then nothing is taken. */
    @CheckForNull
    public String getSecretId() {
        return secretId;
    }

    @DataBoundSetter
    public void setSecretId(@CheckForNull String secretId) {
        this.secretId = Util.fixEmptyAndTrim(secretId);
    }

    /** Host of the registry as jobs name it. Null for the one that an event names. */
    @CheckForNull
    public String getRegistry() {
        return registry;
    }

    /** @throws IllegalArgumentException if it is not a host */
    @DataBoundSetter
    public void setRegistry(@CheckForNull String registry) {
        this.registry = RegistryPrefix.host(registry);
    }

    /** Email of the service account whose tokens Google Pub/Sub sends along. Null for another format. */
    @CheckForNull
    public String getServiceAccount() {
        return serviceAccount;
    }

    @DataBoundSetter
    public void setServiceAccount(@CheckForNull String serviceAccount) {
        this.serviceAccount = Util.fixEmptyAndTrim(serviceAccount);
    }

    /** The audience of those tokens. Null for the address of this source. */
    @CheckForNull
    public String getAudience() {
        return audience;
    }

    @DataBoundSetter
    public void setAudience(@CheckForNull String audience) {
        this.audience = Util.fixEmptyAndTrim(audience);
    }

    /** Where this source sends its events. */
    static String address(String name) {
        return Util.fixNull(Jenkins.get().getRootUrl()) + EventReceiver.URL + "/" + name;
    }

    /** @throws IllegalArgumentException if the settings do not fit together */
    void check() {
        checked(name);
        if (serviceAccount == null && toFormat().proof() == Proof.GOOGLE_TOKEN) {
            throw new IllegalArgumentException(Messages.EventSource_NeedsAccount(name));
        }
        if (registry == null && toFormat().needsRegistry()) {
            throw new IllegalArgumentException(
                    Messages.EventSource_NeedsRegistry(name, toFormat().title()));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSource that
                && name.equals(that.name)
                && format.equals(that.format)
                && Objects.equals(secretId, that.secretId)
                && Objects.equals(registry, that.registry)
                && Objects.equals(serviceAccount, that.serviceAccount)
                && Objects.equals(audience, that.audience);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Extension
    @Symbol("source")
    public static final class DescriptorImpl extends Descriptor<EventSource> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EventSource_DisplayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                checked(value);
                return FormValidation.ok(Messages.EventSource_Address(address(value.strip())));
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillFormatItems() {
            ListBoxModel formats = new ListBoxModel();
            for (EventFormat format : EventFormat.values()) {
                formats.add(format.title(), format.id());
            }
            return formats;
        }

        @POST
        public ListBoxModel doFillSecretIdItems(@QueryParameter String secretId) {
            // It checks the permission for the global configuration.
            return WebhookSecrets.list(secretId);
        }

        @POST
        public FormValidation doCheckServiceAccount(@QueryParameter String value, @QueryParameter String format) {
            boolean missing = Util.fixEmptyAndTrim(value) == null
                    && EventFormat.PUB_SUB.id().equals(format);
            return missing ? FormValidation.error(Messages.EventSource_AccountMissing()) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckRegistry(@QueryParameter String value, @QueryParameter String format) {
            try {
                boolean missing = RegistryPrefix.host(value) == null
                        && EventFormat.of(Util.fixNull(format)).needsRegistry();
                return missing ? FormValidation.error(Messages.EventSource_RegistryMissing()) : FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
