package io.jenkins.plugins.imageupdate.step;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.ImageCheck;

/** An image that a step names, itself or in a file. */
sealed interface StepImage {
    /** An image that a registry can be asked for. */
    record ToCheck(ImageCheck check) implements StepImage {}

    /** A reference that is not valid, as the failure that it leads to. */
    record Unreadable(CheckResult failure) implements StepImage {}
}
