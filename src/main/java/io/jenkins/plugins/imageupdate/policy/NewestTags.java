package io.jenkins.plugins.imageupdate.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code newest(include: ['^nightly-'])}: the tag with the latest date in its name, or with the latest push. */
public final class NewestTags extends TagSelection {
    private static final long serialVersionUID = 1L;

    static final String DATE = "date";
    static final String PUSH = "push";

    /** Null for {@link #DATE}. */
    private String by;

    @DataBoundConstructor
    public NewestTags() {
        // The setters have all parameters.
    }

    public String getBy() {
        return Objects.requireNonNullElse(by, DATE);
    }

    /** {@link #toPolicy} refuses what is not valid: Pipeline shows exceptions of setters as stack traces. */
    @DataBoundSetter
    public void setBy(@CheckForNull String by) {
        String given = Util.fixEmptyAndTrim(by);
        this.by = DATE.equals(given) ? null : given;
    }

    @Override
    public TagPolicy toPolicy() {
        return switch (getBy()) {
            case DATE -> TagPolicy.newest(filter());
            case PUSH -> TagPolicy.newestByPush(filter());
            default -> throw new IllegalArgumentException(Messages.NewestTags_By(Printable.of(getBy())));
        };
    }

    @Extension
    @Symbol("newest")
    public static final class DescriptorImpl extends TagSelectionDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NewestTags_DisplayName();
        }

        @POST
        public ListBoxModel doFillByItems() {
            ListBoxModel choices = new ListBoxModel();
            choices.add(Messages.NewestTags_ByDate(), DATE);
            choices.add(Messages.NewestTags_ByPush(), PUSH);
            return choices;
        }

        @Override
        protected TagSelection read(StaplerRequest2 form) {
            NewestTags tags = new NewestTags();
            tags.setBy(form.getParameter("by"));
            return tags;
        }
    }
}
