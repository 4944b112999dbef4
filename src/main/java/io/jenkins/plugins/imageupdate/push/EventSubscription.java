package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.credentials.CredentialsChoice;
import io.jenkins.plugins.imageupdate.credentials.LoginTarget;
import io.jenkins.plugins.imageupdate.events.PubSub;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A subscription of Google Pub/Sub that Jenkins pulls messages from, so that it needs no way in. */
public final class EventSubscription implements Describable<EventSubscription> {
    private static final long TEST_SECONDS = 40;

    private final String subscription;
    private String credentialsId;

    /**
     * @param subscription {@code projects/P/subscriptions/S}
     * @throws IllegalArgumentException if it does not have this form
     */
    @DataBoundConstructor
    public EventSubscription(String subscription) {
        this.subscription = checked(subscription);
    }

    private static String checked(@CheckForNull String subscription) {
        String text = Util.fixNull(subscription).strip();
        if (!PubSub.isName(text)) {
            throw new IllegalArgumentException(Messages.EventSubscription_BadName(Printable.of(text)));
        }
        return text;
    }

    public String getSubscription() {
        return subscription;
    }

    /** @throws IllegalArgumentException if the name does not have the form of a subscription */
    void check() {
        checked(subscription);
    }

    /** Null for the controller's own Google identity. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSubscription that
                && subscription.equals(that.subscription)
                && Objects.equals(credentialsId, that.credentialsId);
    }

    @Override
    public int hashCode() {
        return subscription.hashCode();
    }

    @Extension
    @Symbol("subscription")
    public static final class DescriptorImpl extends Descriptor<EventSubscription> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EventSubscription_DisplayName();
        }

        @POST
        public FormValidation doCheckSubscription(@QueryParameter String value) {
            try {
                checked(value);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Takes what a Google registry takes. */
        private static final LoginTarget GOOGLE = new LoginTarget(
                new RegistryEndpoint(
                        PubSub.API.getHost(),
                        false,
                        RegistryEndpoint.DEFAULT_TIMEOUT,
                        RegistryEndpoint.DEFAULT_PARALLEL,
                        true),
                true);

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            // It checks the permission for the global configuration.
            return CredentialsChoice.list(null, credentialsId, GOOGLE);
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value) {
            return CredentialsChoice.check(null, value, GOOGLE);
        }

        /** Asks Google whether messages may be pulled, with the values in the form. Takes no message. */
        @POST
        public FormValidation doTestSubscription(
                @QueryParameter String subscription, @QueryParameter String credentialsId) throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                EventSubscription tested = new EventSubscription(subscription);
                tested.setCredentialsId(credentialsId);
                boolean may = SubscriptionPulls.get().mayPull(tested).get(TEST_SECONDS, TimeUnit.SECONDS);
                return may
                        ? FormValidation.ok(Messages.EventSubscription_MayPull(tested.subscription))
                        : FormValidation.error(Messages.EventSubscription_MayNotPull(tested.subscription));
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            } catch (ExecutionException | TimeoutException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                return FormValidation.error(Messages.EventSubscription_Failed(
                        Printable.of(subscription), Diagnosis.of(cause).detail()));
            }
        }
    }
}
