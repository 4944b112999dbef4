package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build's page "Image updates": the updates that it was started for, the images that it checked, and the builds that it started. */
@ExportedBean
public final class RunImagesAction extends ImagesTab {
    private final Run<?, ?> run;
    private final List<ImageResult> started;
    private final List<ImageResult> checked;

    private RunImagesAction(Run<?, ?> run, List<CheckResult> started, List<CheckResult> checked) {
        super(run);
        this.run = run;
        this.started = ImageResult.of(started);
        this.checked = ImageResult.of(checked);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** The updates that the build was started for. */
    @Exported(name = "startedFor")
    public List<ImageResult> getStarted() {
        return started;
    }

    /** The images that the build checked by the step. */
    @Exported
    public List<ImageResult> getChecked() {
        return checked;
    }

    public List<ResultRow> getStartedRows() {
        return ResultRow.of(started);
    }

    public List<ResultRow> getCheckedRows() {
        return ResultRow.of(checked);
    }

    /** The checked images that the build's main page shows. */
    public List<ResultRow> getNews() {
        return getCheckedRows().stream().filter(ResultRow::isNews).toList();
    }

    /** In one sentence. */
    public String getSummary() {
        if (checked.isEmpty()) {
            return Messages.RunImagesAction_Started(started.size());
        }
        long changed =
                checked.stream().filter(result -> result.result().changed()).count();
        return Messages.RunImagesAction_Checked(changed, checked.size());
    }

    public List<DownstreamBuilds.Started> getDownstream() {
        try {
            return new DownstreamBuilds(run).find();
        } catch (IOException e) {
            throw new Failure(Messages.JobImagesAction_Unreadable(e.getMessage()));
        }
    }

    /** Adds the page to builds that have to do with images. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        /** The exact type: otherwise every look for a build's causes would ask this factory. */
        @Override
        public Class<? extends Action> actionType() {
            return RunImagesAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Run target) {
            Run<?, ?> run = target;
            List<CheckResult> started = ImageUpdateCause.updatesOf(run);
            CheckedImagesAction step = run.getAction(CheckedImagesAction.class);
            List<CheckResult> checked = step == null ? List.of() : step.results();
            return started.isEmpty() && checked.isEmpty()
                    ? List.of()
                    : List.of(new RunImagesAction(run, started, checked));
        }
    }
}
