package io.jenkins.plugins.imageupdate.standin;

import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs the block of a step, and does nothing more. */
public final class BlockExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    public BlockExecution(StepContext context) {
        super(context);
    }

    @Override
    public boolean start() {
        getContext()
                .newBodyInvoker()
                .withCallback(BodyExecutionCallback.wrap(getContext()))
                .start();
        return false;
    }
}
