package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.job.ImageForm;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.policy.NoTagSelection;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An image that a trigger watches, as a user wrote it. */
public final class TriggerImage implements Describable<TriggerImage>, ImageTrigger.NamedImage {
    private final String reference;
    private String credentialsId;
    private String platform;
    private TagSelection tags;
    private String minimumAge;

    /** @throws IllegalArgumentException if the reference is not valid */
    @DataBoundConstructor
    public TriggerImage(String reference) {
        this.reference = Util.fixNull(reference).strip();
        ImageReference.parse(this.reference);
    }

    /** @throws IllegalArgumentException if the reference, platform or tag policy is not valid, because it was edited on disk */
    @Override
    public ImageCheck toCheck() {
        return ImageCheck.of(WatchedImage.parse(getReference(), platform), credentialsId, getTags(), minimumAge);
    }

    public String getReference() {
        return Util.fixNull(reference);
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

    /** @throws IllegalArgumentException if the platform is not valid */
    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
        if (this.platform != null) {
            Platform.parse(this.platform);
        }
    }

    /** Which tags of the repository count. Null for the tag of the reference. */
    @CheckForNull
    public TagSelection getTags() {
        // A configuration that was sent as XML did not go through the setter.
        return NoTagSelection.orNull(tags);
    }

    @DataBoundSetter
    public void setTags(@CheckForNull TagSelection tags) {
        this.tags = NoTagSelection.orNull(tags);
    }

    /** How long a digest must be known before it counts, such as {@code 3d}. Null for what the trigger or the registry's entry says. */
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

    @Override
    public boolean equals(Object other) {
        return other instanceof TriggerImage that
                && getReference().equals(that.getReference())
                && Objects.equals(credentialsId, that.credentialsId)
                && Objects.equals(platform, that.platform)
                && Objects.equals(minimumAge, that.minimumAge)
                && Objects.equals(policy(), that.policy());
    }

    @CheckForNull
    private String policy() {
        TagSelection selection = getTags();
        return selection == null ? null : selection.toPolicy().describe();
    }

    @Override
    public int hashCode() {
        return getReference().hashCode();
    }

    @Extension
    @Symbol("image")
    public static final class DescriptorImpl extends Descriptor<TriggerImage> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TriggerImage_DisplayName();
        }

        /** The default of the drop-down. */
        public Descriptor<TagSelection> getNoTagSelection() {
            return ExtensionList.lookupSingleton(NoTagSelection.DescriptorImpl.class);
        }

        @POST
        public FormValidation doCheckReference(@QueryParameter String value) {
            return ImageForm.checkReference(value);
        }

        @POST
        public ComboBoxModel doFillPlatformItems() {
            return ImageForm.platforms();
        }

        @POST
        public FormValidation doCheckPlatform(@QueryParameter String value) {
            return ImageForm.checkPlatform(value);
        }

        @POST
        public FormValidation doCheckMinimumAge(@QueryParameter String value) {
            return ImageForm.checkMinimumAge(value);
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
