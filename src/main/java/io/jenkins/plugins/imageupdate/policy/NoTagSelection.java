package io.jenkins.plugins.imageupdate.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import org.kohsuke.stapler.DataBoundConstructor;

/** The choice in a form's drop-down for no tag policy: the tag of the image counts. It is never saved. */
public final class NoTagSelection extends TagSelection {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public NoTagSelection() {
        // It has no parameters.
    }

    /** Null if this choice was made. */
    @CheckForNull
    public static TagSelection orNull(@CheckForNull TagSelection chosen) {
        return chosen instanceof NoTagSelection ? null : chosen;
    }

    @Override
    public TagPolicy toPolicy() {
        throw new IllegalStateException("the tag that is written on the image is not a policy");
    }

    /** The first choice in drop-downs. */
    @Extension(ordinal = 100)
    public static final class DescriptorImpl extends Descriptor<TagSelection> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NoTagSelection_DisplayName();
        }
    }
}
