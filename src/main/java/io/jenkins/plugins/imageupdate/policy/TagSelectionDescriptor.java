package io.jenkins.plugins.imageupdate.policy;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.config.PreviewForm;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Form checks that all policies share. They change nothing; only the preview asks a registry, with the job's credentials. */
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

    /** The policy with what this form has of its own, beside the fields that all policies share. */
    protected abstract TagSelection read(StaplerRequest2 form);

    /** What the policy in the form would choose now. Checks the permission to configure the job. */
    @POST
    public FormValidation doPreview(StaplerRequest2 request, @AncestorInPath Item item) throws InterruptedException {
        try {
            TagSelection selection = read(request);
            selection.setInclude(List.of(parameter(request, "include")));
            selection.setExclude(List.of(parameter(request, "exclude")));
            selection.setMax(Integer.parseInt(parameter(request, "max")));
            String image = parameter(request, "reference") + parameter(request, "image");
            return PreviewForm.show(item, image, parameter(request, "credentialsId"), selection.toPolicy());
        } catch (NumberFormatException e) {
            return doCheckMax(request.getParameter("max"));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static String parameter(StaplerRequest2 form, String name) {
        return Util.fixNull(form.getParameter(name));
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
