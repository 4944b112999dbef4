package io.jenkins.plugins.imageupdate.step;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One run of the step in a Pipeline. After a restart of the controller it checks again, since a check has no side effects outside. */
final class CheckImageUpdateExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final CheckImageUpdateStep step;
    private transient volatile CompletableFuture<?> underWay;

    CheckImageUpdateExecution(CheckImageUpdateStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        try {
            begin();
        } catch (Exception | Error e) {
            getContext().onFailure(e);
        }
    }

    private void begin() throws Exception {
        StepContext context = getContext();
        CompletableFuture<CheckImageUpdateResult> check = new StepCheck(
                        step,
                        context.get(Run.class),
                        step.readsWorkspace() ? context.get(FilePath.class) : null,
                        context.get(TaskListener.class),
                        context.get(FlowExecution.class).getAuthentication2(),
                        context.get(FlowNode.class).getId())
                .start();
        underWay = check;
        check.whenComplete((result, thrown) -> {
            if (thrown == null) {
                context.onSuccess(result);
            } else if (!check.isCancelled()) {
                context.onFailure(thrown);
            }
        });
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        CompletableFuture<?> check = underWay;
        if (check != null) {
            check.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return "asking registries for " + step.references();
    }
}
