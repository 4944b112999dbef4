package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Job;
import hudson.scheduler.CronTabList;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.config.FormRefusal;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.delivery.ResumeItemListener;
import io.jenkins.plugins.imageupdate.job.ImageForm;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
 * Builds a job when one of its images has changed. Holds only the configuration, since Jenkins makes new triggers at every save; what
 * is known of the images is in the job's ledger.
 */
public final class ImageUpdateTrigger extends Trigger<Job<?, ?>> implements ImageTrigger {
    private List<TriggerImage> images;
    private List<String> downstreamJobs;
    private boolean buildOnFirstCheck;
    private boolean watchBuildImages;
    private String minimumAge;

    /**
     * @param spec a schedule in cron syntax, with {@code H}
     * @throws IllegalArgumentException if it is not valid
     */
    @DataBoundConstructor
    public ImageUpdateTrigger(String spec) {
        super(schedule(spec));
    }

    /** Without a schedule nothing would ever be checked, and no message would say so. */
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

    /** Empty for the images that the job's builds checked by the step, see {@link io.jenkins.plugins.imageupdate.job.JobWatch}. */
    @Override
    public List<TriggerImage> getImages() {
        return withoutNull(images);
    }

    @DataBoundSetter
    public void setImages(@CheckForNull List<TriggerImage> images) {
        this.images = images == null ? null : new ArrayList<>(images);
    }

    /** Names, relative to the job. */
    @Override
    public List<String> getDownstreamJobs() {
        return withoutNull(downstreamJobs);
    }

    /** A configuration that was sent as XML may contain null. */
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

    /** How long a digest must be known before it counts, such as {@code 3d}, if an image does not say so. */
    @CheckForNull
    public String getMinimumAge() {
        return minimumAge;
    }

    /** @throws IllegalArgumentException if it is not an age */
    @DataBoundSetter
    public void setMinimumAge(@CheckForNull String minimumAge) {
        this.minimumAge = Util.fixEmptyAndTrim(minimumAge);
        age();
    }

    @Override
    @CheckForNull
    public Duration age() {
        return MinimumAge.parse(minimumAge);
    }

    @Override
    public boolean isWatchBuildImages() {
        return watchBuildImages;
    }

    @DataBoundSetter
    public void setWatchBuildImages(boolean watchBuildImages) {
        this.watchBuildImages = watchBuildImages;
    }

    @Override
    public void start(Job<?, ?> job, boolean newInstance) {
        super.start(job, newInstance);
        WatchIndex.get().changed(job.getFullName());
        if (!newInstance) {
            ResumeItemListener.get().onTriggerStart(job);
        }
    }

    /** Returns at once: one thread runs all cron triggers of the controller. Jobs that are due in the same minute share answers. */
    @Override
    public void run() {
        check(Instant.now().truncatedTo(ChronoUnit.MINUTES));
    }

    @Override
    public void check(Instant since) {
        if (job != null) {
            ImageUpdatePoller.get().poll(job, since);
        }
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
            } catch (RuntimeException | Error e) {
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
        public FormValidation doCheckMinimumAge(@QueryParameter String value) {
            return ImageForm.checkMinimumAge(value);
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
