package io.jenkins.plugins.imageupdate.policy;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import java.util.List;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Form checks that all policies share. They change nothing, and their answers do not depend on the user. */
public abstract class TagSelectionDescriptor extends Descriptor<TagSelection> {
    @POST
    public FormValidation doCheckInclude(@QueryParameter String value) {
        return check(() -> TagFilter.of(TextList.lines(List.of(Util.fixNull(value))), List.of(), 1));
    }

    @POST
    public FormValidation doCheckExclude(@QueryParameter String value) {
        return check(() -> TagFilter.of(List.of(), TextList.lines(List.of(Util.fixNull(value))), 1));
    }

    public int getMostTags() {
        return TagFilter.MAX_TAGS;
    }

    @POST
    public FormValidation doCheckMax(@QueryParameter String value) {
        return FormValidation.validateIntegerInRange(value, 1, TagFilter.MAX_TAGS);
    }

    /** The message with which a policy is refused. */
    static FormValidation check(Runnable parser) {
        try {
            parser.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
