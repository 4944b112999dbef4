package io.jenkins.plugins.imageupdate.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code semver('>=1.4 <2')}: the highest version within a range. */
public final class SemverTags extends TagSelection {
    private static final long serialVersionUID = 1L;

    private final String range;
    private String variant;

    @DataBoundConstructor
    public SemverTags(String range) {
        this.range = Util.fixNull(range).strip();
    }

    @Override
    public TagPolicy toPolicy() {
        return TagPolicy.semver(getRange(), variant, filter());
    }

    public String getRange() {
        return Util.fixNull(range);
    }

    /** The suffix without its dash, such as {@code alpine}. Null for the suffix of the image's own tag. */
    @CheckForNull
    public String getVariant() {
        return variant;
    }

    @DataBoundSetter
    public void setVariant(@CheckForNull String variant) {
        this.variant = Util.fixEmptyAndTrim(variant);
    }

    @Extension
    @Symbol("semver")
    public static final class DescriptorImpl extends TagSelectionDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SemverTags_DisplayName();
        }

        @POST
        public FormValidation doCheckRange(@QueryParameter String value) {
            return check(() -> TagPolicy.semver(Util.fixNull(value).strip(), null, TagFilter.none()));
        }

        @Override
        protected TagSelection read(StaplerRequest2 form) {
            SemverTags tags = new SemverTags(form.getParameter("range"));
            tags.setVariant(form.getParameter("variant"));
            return tags;
        }
    }
}
