package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.job.LedgerProblems;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A job's page "Image updates": the images that it watches, and their state. */
@ExportedBean
public final class JobImagesAction extends ImagesTab {
    /** How many lines of the last check the page has, and how many problems. The table has every image. */
    private static final int MOST_LINES = 100;

    private final Job<?, ?> job;
    private ImagesTable table;

    /** Why the records cannot be read. Null if they can. */
    private String unreadable;

    JobImagesAction(Job<?, ?> job) {
        super(job);
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** The number of images whose checks fail. Null for none, and if the records cannot be read: the page says that. */
    @Override
    @CheckForNull
    public Badge getBadge() {
        long failing = rows().stream()
                .filter(row -> row.getStatus() == ImageState.FAILED || row.getStatus() == ImageState.REMOVED)
                .count();
        return failing == 0
                ? null
                : new Badge(String.valueOf(failing), Messages.JobImagesAction_Failing(failing), Badge.Severity.WARNING);
    }

    /** The images for the request's query, as those of all jobs on the page for administrators. */
    @Exported(inline = true)
    public ImagesTable getTable() {
        if (table == null) {
            table = new ImagesTable(ImagesQuery.of(Stapler.getCurrentRequest2()), job, rows());
        }
        return table;
    }

    /** Empty if the records cannot be read. */
    private List<ImageRow> rows() {
        try {
            unreadable = null;
            return JobImages.of(job).stream()
                    .map(image -> new ImageRow(job, image))
                    .toList();
        } catch (IOException e) {
            unreadable = Messages.JobImagesAction_Unreadable(e.getMessage());
            return List.of();
        }
    }

    /** Whether a check is running. */
    @Exported
    public boolean isChecking() {
        return ImageUpdatePoller.get().polling(job);
    }

    /** Whether the job has a trigger, which can check now. */
    public boolean isTriggered() {
        return ImageTrigger.of(job) != null;
    }

    public boolean isMayBuild() {
        return getTable().isMayBuild();
    }

    @CheckForNull
    private PollReport report() {
        return ImageUpdatePoller.get().report(job).orElse(null);
    }

    @CheckForNull
    public When getReportedAt() {
        PollReport report = report();
        return report == null ? null : When.of(report.at());
    }

    /**
     * The last check, one line for each image: failures first, then changes. Empty before the first check since the start of Jenkins. If there
     * are many, the last line says how many are left out.
     */
    @Exported
    public List<String> getReport() {
        PollReport report = report();
        return report == null
                ? List.of()
                : first(report.images().stream()
                        .sorted(Comparator.comparing(JobImagesAction::urgency))
                        .map(CheckResult::sentence)
                        .toList());
    }

    private static int urgency(CheckResult result) {
        return result.failure() != null ? 0 : result.changed() ? 1 : 2;
    }

    private static List<String> first(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MOST_LINES));
        first.add(Messages.JobImagesAction_Further(lines.size() - MOST_LINES));
        return first;
    }

    /** Why some images could not be checked at all, and what is wrong with the job's records. */
    @Exported
    public List<String> getProblems() {
        getTable();
        List<String> problems = new ArrayList<>();
        PollReport report = report();
        if (report != null) {
            problems.addAll(report.problems());
        }
        if (unreadable != null) {
            problems.add(unreadable);
        } else {
            problems.addAll(LedgerProblems.of(job));
        }
        return first(problems);
    }

    /** Images that the builds ran in and that the trigger does not watch, with the reason. One sentence each. */
    @Exported
    public List<String> getNotWatched() {
        List<String> sentences = new ArrayList<>();
        JobWatch.of(job).notWatched().forEach((image, reason) -> sentences.add(image + ": " + reason));
        return first(sentences);
    }

    /** Checks the images now, in the background. */
    @RequirePOST
    public HttpResponse doCheckNow() {
        job.checkPermission(Item.BUILD);
        if (!isTriggered()) {
            throw new Failure(Messages.JobImagesAction_NoTrigger());
        }
        if (!job.isBuildable() || Jenkins.get().isQuietingDown()) {
            throw new Failure(Messages.JobImagesAction_NotBuildable());
        }
        ImageUpdatePoller.get().poll(job);
        return new HttpRedirect(".");
    }

    /**
     * Lets an image's present digests count, although they are too young, and starts the build for them: if the trigger watches the image, as
     * for any update; otherwise as a user does, and its step sees them.
     *
     * @param image {@link ImageRow#getId}
     */
    @RequirePOST
    public HttpResponse doBuildNow(@QueryParameter String image) throws IOException {
        job.checkPermission(Item.BUILD);
        if (!job.isBuildable() || Jenkins.get().isQuietingDown()) {
            throw new Failure(Messages.JobImagesAction_NotBuildable());
        }
        ImageRow row = rows().stream()
                .filter(one -> one.getId().equals(image) && !one.getWaiting().isEmpty())
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.JobImagesAction_NothingWaits()));
        boolean released = LedgerStore.change(job, ledger -> ledger.release(row.watched()));
        if (!released) {
            throw new Failure(Messages.JobImagesAction_NothingWaits());
        }
        if (row.isTrigger()) {
            boolean running = ImageUpdatePoller.get().polling(job);
            CompletableFuture<PollReport> check = ImageUpdatePoller.get().poll(job);
            if (running) {
                // It may have recorded its answers before.
                check.whenComplete((report, thrown) -> ImageUpdatePoller.get().poll(job));
            }
            return new HttpRedirect(".");
        }
        if (ParameterizedJobMixIn.scheduleBuild2(job, 0, new CauseAction(new Cause.UserIdCause())) == null) {
            throw new Failure(Messages.JobImagesAction_NotBuildable());
        }
        return new HttpRedirect("..");
    }

    /**
     * Starts a build as the trigger does for an updated image.
     *
     * @param image {@link ImageRow#getId}; empty for every image
     */
    @RequirePOST
    public HttpResponse doBuildAsIfUpdated(@QueryParameter String image) {
        job.checkPermission(Item.BUILD);
        String wanted = Util.fixEmptyAndTrim(image);
        List<CheckResult> updates = rows().stream()
                .filter(row -> wanted == null || row.getId().equals(wanted))
                .map(ImageRow::result)
                .filter(Objects::nonNull)
                .toList();
        if (updates.isEmpty()) {
            throw new Failure(Messages.JobImagesAction_NeverSeen());
        }
        CauseAction causes = new CauseAction(new Cause.UserIdCause(), ImageUpdateCause.requested(updates));
        if (!job.isBuildable() || ParameterizedJobMixIn.scheduleBuild2(job, 0, causes) == null) {
            throw new Failure(Messages.JobImagesAction_NotBuildable());
        }
        return new HttpRedirect("..");
    }

    /** Adds the page to every job that watches or has watched an image. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobImagesAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            Job<?, ?> job = target;
            return JobImages.any(job) ? List.of(new JobImagesAction(job)) : List.of();
        }
    }
}
