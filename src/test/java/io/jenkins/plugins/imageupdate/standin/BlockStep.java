package io.jenkins.plugins.imageupdate.standin;

import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that runs its block, and does nothing more. */
public abstract class BlockStep extends Step {
    @Override
    public final StepExecution start(StepContext context) {
        return new BlockExecution(context);
    }

    public abstract static class BlockStepDescriptor extends StepDescriptor {
        private final String function;

        /** @param function the name of the step in a Pipeline */
        protected BlockStepDescriptor(String function) {
            this.function = function;
        }

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }

        @Override
        public final String getFunctionName() {
            return function;
        }

        @Override
        public final boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
