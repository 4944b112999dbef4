package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.config.ImageCheck;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An image that a trigger watches, as a user writes it. */
public final class TriggerImage implements Describable<TriggerImage> {
    private final String reference;
    private String credentialsId;
    private String platform;

    @DataBoundConstructor
    public TriggerImage(String reference) {
        this.reference = Util.fixNull(reference).strip();
    }

    /** An {@link IllegalArgumentException} says what is wrong with reference or platform. */
    ImageCheck toCheck() {
        return new ImageCheck(WatchedImage.parse(reference, platform), credentialsId);
    }

    public String getReference() {
        return reference;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TriggerImage that
                && reference.equals(that.reference)
                && Objects.equals(credentialsId, that.credentialsId)
                && Objects.equals(platform, that.platform);
    }

    @Override
    public int hashCode() {
        return reference.hashCode();
    }

    @Extension
    @Symbol("image")
    public static final class DescriptorImpl extends Descriptor<TriggerImage> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TriggerImage_DisplayName();
        }

        @POST
        public FormValidation doCheckReference(@QueryParameter String value) {
            return ImageForm.checkReference(value);
        }

        public ComboBoxModel doFillPlatformItems() {
            return ImageForm.platforms();
        }

        @POST
        public FormValidation doCheckPlatform(@QueryParameter String value) {
            return ImageForm.checkPlatform(value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String reference) {
            return ImageForm.credentials(item, credentialsId, reference);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String reference) {
            return ImageForm.checkCredentials(item, value, reference);
        }
    }
}
