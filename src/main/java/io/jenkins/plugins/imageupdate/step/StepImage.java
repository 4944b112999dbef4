package io.jenkins.plugins.imageupdate.step;

import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;

/** An image that a step names, itself or in a file. */
sealed interface StepImage {
    /** An image that a registry can be asked for. */
    record ToCheck(ImageCheck check) implements StepImage {}

    /** A reference that is not valid, as the failure that it leads to. */
    record Unreadable(ImageUpdate failure) implements StepImage {}
}
