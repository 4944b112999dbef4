package io.jenkins.plugins.imageupdate.policy;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code newest(include: ['^nightly-'])}: the tag with the latest date in its name. */
public final class NewestTags extends TagSelection {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public NewestTags() {
        // The setters of the superclass have all parameters.
    }

    @Override
    public TagPolicy toPolicy() {
        return TagPolicy.newest(filter());
    }

    @Extension
    @Symbol("newest")
    public static final class DescriptorImpl extends TagSelectionDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NewestTags_DisplayName();
        }

        @Override
        protected TagSelection read(StaplerRequest2 form) {
            return new NewestTags();
        }
    }
}
