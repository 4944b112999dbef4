package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** This report of some images, with those of an earlier one that it does not have. */
    PollReport after(@CheckForNull PollReport earlier) {
        if (earlier == null) {
            return this;
        }
        Map<WatchedImage, CheckResult> all = new LinkedHashMap<>();
        Stream.of(earlier, this)
                .flatMap(report -> report.images().stream())
                .filter(result -> result.image() != null)
                .forEach(result -> all.put(result.image().identity(), result));
        return new PollReport(at, List.copyOf(all.values()), problems, queued);
    }
}
