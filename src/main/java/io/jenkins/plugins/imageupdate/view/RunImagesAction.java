package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A build's page "Image updates": the updates that it was started for, the images that it checked and those that it ran in, and the builds that it
 * started.
 */
@ExportedBean
public final class RunImagesAction extends ImagesTab {
    /** How many rows each table of the page has. The remote API has all. */
    private static final int MOST_ROWS = 500;

    /** How many images the build's main page has. */
    private static final int MOST_NEWS = 20;

    private final Run<?, ?> run;
    private final List<ImageResult> started;
    private final List<ImageResult> checked;
    private final BuildImagesAction.Uses ranIn;

    private RunImagesAction(
            Run<?, ?> run, List<CheckResult> started, List<CheckResult> checked, BuildImagesAction.Uses ranIn) {
        super(run);
        this.run = run;
        this.started = ImageResult.of(started);
        this.checked = ImageResult.of(checked);
        this.ranIn = ranIn;
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

    /** The images that the build ran in, each with what named it. */
    @Exported
    public Map<String, String> getRanIn() {
        return ranIn.images();
    }

    /** The images that the build ran in and that no trigger can watch, each with the reason. */
    @Exported
    public Map<String, String> getNotWatched() {
        return ranIn.notWatched();
    }

    /** The digests that really ran of the images that the build ran in, as far as agents told them. */
    @Exported
    public Map<String, List<String>> getRanDigests() {
        Map<String, List<String>> digests = new LinkedHashMap<>();
        ranIn.images().keySet().forEach(image -> digests.put(image, ranIn.digests(image)));
        digests.values().removeIf(List::isEmpty);
        return digests;
    }

    /** Why an agent did not tell digests, by image or by agent. */
    @Exported
    public Map<String, String> getNotTold() {
        return ranIn.notTold();
    }

    /** The updates that the page shows. */
    public List<ResultRow> getStartedRows() {
        return first(ResultRow.of(started), MOST_ROWS);
    }

    /** The checked images that the page shows; if there are too many, first those that have changed or whose check failed. */
    public List<ResultRow> getCheckedRows() {
        List<ResultRow> rows = ResultRow.of(checked);
        return rows.size() <= MOST_ROWS
                ? rows
                : first(
                        rows.stream()
                                .sorted(Comparator.comparing(ResultRow::isNews).reversed())
                                .toList(),
                        MOST_ROWS);
    }

    private static List<ResultRow> first(List<ResultRow> rows, int most) {
        return rows.subList(0, Math.min(rows.size(), most));
    }

    private List<ResultRow> news() {
        return ResultRow.of(checked).stream().filter(ResultRow::isNews).toList();
    }

    /** The checked images that the build's main page shows. */
    public List<ResultRow> getNews() {
        return first(news(), MOST_NEWS);
    }

    /** How many images that have changed, or whose check failed, the build's main page leaves out. */
    public int getFurtherNews() {
        return news().size() - getNews().size();
    }

    /** In one sentence. */
    public String getSummary() {
        if (checked.isEmpty()) {
            return started.isEmpty()
                    ? Messages.RunImagesAction_RanIn(
                            ranIn.images().size() + ranIn.notWatched().size())
                    : Messages.RunImagesAction_Started(started.size());
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
            BuildImagesAction steps = run.getAction(BuildImagesAction.class);
            if (started.isEmpty() && checked.isEmpty() && steps == null) {
                return List.of();
            }
            BuildImagesAction.Uses ranIn = (steps == null ? new BuildImagesAction() : steps).uses();
            return List.of(new RunImagesAction(run, started, checked, ranIn));
        }
    }
}
