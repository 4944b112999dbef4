package io.jenkins.plugins.imageupdate.trigger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.time.Instant;
import java.util.List;

/**
 * The results of one check of a job's images, for pages and the command line. Only in memory: a check without changes writes nothing to
 * disk.
 *
 * @param problems why some images could not be checked at all
 */
public record PollReport(Instant at, List<CheckResult> images, List<String> problems, boolean queued) {
    /** Whether there was nothing to check: the job is disabled, Jenkins is about to shut down, or the trigger watches no image. */
    boolean empty() {
        return images.isEmpty() && problems.isEmpty();
    }
}
