package io.jenkins.plugins.imageupdate.trigger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.time.Instant;
import java.util.List;

/**
 * What one check of a job's images said, for its page. Kept in memory: an unchanged check writes nothing to disk.
 *
 * @param problems what kept images from being checked at all, in words
 */
public record PollReport(Instant at, List<CheckResult> images, List<String> problems, boolean queued) {}
