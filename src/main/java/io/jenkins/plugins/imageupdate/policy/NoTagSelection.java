package io.jenkins.plugins.imageupdate.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import org.kohsuke.stapler.DataBoundConstructor;

/** What a form's drop-down has where no other tag than the one written on the image is meant; it is never kept. */
public final class NoTagSelection extends TagSelection {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public NoTagSelection() {
        // There is nothing to say.
    }

    /** Null where the image's own tag is meant. */
    @CheckForNull
    public static TagSelection orNull(@CheckForNull TagSelection chosen) {
        return chosen instanceof NoTagSelection ? null : chosen;
    }

    @Override
    public TagPolicy toPolicy() {
        throw new IllegalStateException("the tag that is written on the image is no policy");
    }

    /** The first in drop-downs. */
    @Extension(ordinal = 100)
    public static final class DescriptorImpl extends Descriptor<TagSelection> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NoTagSelection_DisplayName();
        }
    }
}
