package io.jenkins.plugins.imageupdate.trigger;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Item;
import hudson.model.Job;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.kohsuke.args4j.Argument;

/** {@code check-image-update JOB}: checks the images of a job's trigger now, and prints the results. */
@Extension
public final class CheckImageUpdateCommand extends CLICommand {
    private static final int NOT_CHECKED = 1;
    private static final long MOST_MINUTES = 10;

    @Argument(metaVar = "JOB", required = true, usage = "Full name of the job")
    @SuppressWarnings("rawtypes")
    private Job job;

    @Override
    public String getName() {
        return "check-image-update";
    }

    @Override
    public String getShortDescription() {
        return Messages.CheckImageUpdateCommand_ShortDescription();
    }

    /** @return 0 if every image was checked, otherwise 1, also if there was nothing to check. Does not wait for a build that it queues */
    @Override
    protected int run() throws Exception {
        Job<?, ?> checked = job;
        checked.checkPermission(Item.BUILD);
        if (ParameterizedJobMixIn.getTrigger(checked, ImageUpdateTrigger.class) == null) {
            stderr.println(Messages.CheckImageUpdateCommand_NoTrigger(checked.getFullName()));
            return NOT_CHECKED;
        }
        if (!checked.isBuildable() || Jenkins.get().isQuietingDown()) {
            stderr.println(Messages.CheckImageUpdateCommand_NotBuildable(checked.getFullName()));
            return NOT_CHECKED;
        }
        PollReport report = ImageUpdatePoller.get().poll(checked).get(MOST_MINUTES, TimeUnit.MINUTES);
        report.images().forEach(image -> stdout.println(image.sentence()));
        report.problems().forEach(stderr::println);
        if (report.empty()) {
            stderr.println(Messages.CheckImageUpdateCommand_NothingWatched(checked.getFullName()));
            return NOT_CHECKED;
        }
        if (report.queued()) {
            stdout.println(Messages.CheckImageUpdateCommand_Queued(checked.getFullName()));
        }
        boolean all = report.problems().isEmpty()
                && report.images().stream().allMatch(image -> image.failure() == null || image.digest() != null);
        return all ? 0 : NOT_CHECKED;
    }
}
