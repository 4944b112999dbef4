package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build's page "Image updates": what it was started for, what it checked, and what it started in turn. */
@ExportedBean
public final class RunImagesAction extends ImagesTab {
    private final Run<?, ?> run;
    private final List<ResultRow> started;
    private final List<ResultRow> checked;

    private RunImagesAction(Run<?, ?> run, List<ImageUpdate> started, List<ImageUpdate> checked) {
        super(run);
        this.run = run;
        this.started = started.stream().map(ResultRow::new).toList();
        this.checked = checked.stream().map(ResultRow::new).toList();
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** What the build was started for. */
    @Exported(name = "startedFor")
    public List<ResultRow> getStarted() {
        return started;
    }

    /** What the build checked by the step. */
    @Exported
    public List<ResultRow> getChecked() {
        return checked;
    }

    /** Of what was checked, what is worth a line on the build's main page. */
    public List<ResultRow> getNews() {
        return checked.stream().filter(ResultRow::isNews).toList();
    }

    /** In one sentence. */
    public String getSummary() {
        if (checked.isEmpty()) {
            return Messages.RunImagesAction_Started(started.size());
        }
        long changed = checked.stream()
                .filter(row -> row.getStatus().equals("UPDATED"))
                .count();
        return Messages.RunImagesAction_Checked(changed, checked.size());
    }

    public List<DownstreamBuilds.Started> getDownstream() {
        try {
            return new DownstreamBuilds(run).find();
        } catch (IOException e) {
            throw new Failure(Messages.JobImagesAction_Unreadable(e.getMessage()));
        }
    }

    /** Shows the page for builds that have to do with images. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        /** Asked for no other type, since looking for a build's causes asks every factory that may have them. */
        @Override
        public Class<? extends Action> actionType() {
            return RunImagesAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Run target) {
            Run<?, ?> run = target;
            List<ImageUpdate> started = ImageUpdateCause.updatesOf(run);
            CheckedImagesAction step = run.getAction(CheckedImagesAction.class);
            List<ImageUpdate> checked = step == null ? List.of() : step.updates();
            return started.isEmpty() && checked.isEmpty()
                    ? List.of()
                    : List.of(new RunImagesAction(run, started, checked));
        }
    }
}
