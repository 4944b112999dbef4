package io.jenkins.plugins.imageupdate.job;

import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import java.util.Objects;
import java.util.stream.Stream;

/** A job's builds. */
public final class Builds {
    private Builds() {}

    /** The builds of a job, newest first. Reads a build from disk only when the stream gets there: limit the stream. */
    public static Stream<Run<?, ?>> newestFirst(Job<?, ?> job) {
        return Stream.iterate(job.getLastBuild(), Objects::nonNull, Run::getPreviousBuild);
    }

    /** Whether the build has ended as successful or unstable. */
    public static boolean succeeded(Run<?, ?> run) {
        Result result = run.getResult();
        return result != null && result.isBetterOrEqualTo(Result.UNSTABLE);
    }
}
