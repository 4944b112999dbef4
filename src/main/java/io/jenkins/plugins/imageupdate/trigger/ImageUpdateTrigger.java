package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Job;
import hudson.scheduler.CronTabList;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.config.FormRefusal;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.job.ImageForm;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Builds a job when one of its images has changed. Holds configuration only: Jenkins makes triggers anew at every save, so that
 * what is known of the images is in the job's ledger.
 */
public final class ImageUpdateTrigger extends Trigger<Job<?, ?>> {
    private List<TriggerImage> images;
    private List<String> downstreamJobs;
    private boolean buildOnFirstCheck;

    /** @param spec in the syntax of cron, with {@code H}; anything else is refused by an {@link IllegalArgumentException} */
    @DataBoundConstructor
    public ImageUpdateTrigger(String spec) {
        super(schedule(spec));
    }

    /** Without a schedule nothing would ever be checked, and nothing would say so. */
    private static String schedule(@CheckForNull String spec) {
        if (spec == null || spec.isBlank()) {
            throw new IllegalArgumentException(Messages.ImageUpdateTrigger_NoSpec());
        }
        try {
            CronTabList.create(spec);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Messages.ImageUpdateTrigger_BadSpec(spec, e.getMessage()));
        }
        return spec;
    }

    /** Empty for what the job's last build checked by the step. */
    public List<TriggerImage> getImages() {
        return withoutNull(images);
    }

    @DataBoundSetter
    public void setImages(@CheckForNull List<TriggerImage> images) {
        this.images = images == null ? null : new ArrayList<>(images);
    }

    /** Names, relative to the job. */
    public List<String> getDownstreamJobs() {
        return withoutNull(downstreamJobs);
    }

    /** A configuration that was sent as XML may have anything in it. */
    private static <T> List<T> withoutNull(@CheckForNull List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    @DataBoundSetter
    public void setDownstreamJobs(@CheckForNull List<String> downstreamJobs) {
        List<String> names = TextList.split(downstreamJobs);
        this.downstreamJobs = names.isEmpty() ? null : new ArrayList<>(names);
    }

    /** As the form shows them. */
    public String getDownstreamJobsText() {
        return String.join(", ", getDownstreamJobs());
    }

    public boolean isBuildOnFirstCheck() {
        return buildOnFirstCheck;
    }

    @DataBoundSetter
    public void setBuildOnFirstCheck(boolean buildOnFirstCheck) {
        this.buildOnFirstCheck = buildOnFirstCheck;
    }

    /** Only asks for the check: this is the one thread that runs all cron triggers of the controller. */
    @Override
    public void run() {
        if (job != null) {
            ImageUpdatePoller.get().tick(job);
        }
    }

    /** {@link WatchedImage#id} of the images that a job's trigger itself names. */
    static Set<String> watchedBy(Job<?, ?> job) {
        ImageUpdateTrigger trigger = ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
        Set<String> ids = new HashSet<>();
        for (TriggerImage image : trigger == null ? List.<TriggerImage>of() : trigger.getImages()) {
            try {
                ids.add(image.toCheck().image().id());
            } catch (IllegalArgumentException e) {
                // The next check says it.
            }
        }
        return ids;
    }

    @Extension
    @Symbol("imageUpdate")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ImageUpdateTrigger_DisplayName();
        }

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        public Trigger<?> newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData)
                throws FormException {
            try {
                return super.newInstance(req, formData);
            } catch (RuntimeException | LinkageError e) {
                FormException refusal = FormRefusal.in(e, "spec");
                if (refusal == null) {
                    throw e;
                }
                throw refusal;
            }
        }

        @POST
        public FormValidation doCheckSpec(@AncestorInPath Item item, @QueryParameter String value) {
            if (value == null || value.isBlank()) {
                return FormValidation.error(Messages.ImageUpdateTrigger_NoSpec());
            }
            return Jenkins.get()
                    .getDescriptorByType(TimerTrigger.DescriptorImpl.class)
                    .doCheckSpec(value, item);
        }

        @POST
        public FormValidation doCheckDownstreamJobs(@AncestorInPath Item item, @QueryParameter String value) {
            return ImageForm.checkJobs(item, value);
        }

        public AutoCompletionCandidates doAutoCompleteDownstreamJobs(
                @AncestorInPath Item item, @QueryParameter String value) {
            return AutoCompletionCandidates.ofJobNames(Job.class, value, item, item == null ? null : item.getParent());
        }
    }
}
