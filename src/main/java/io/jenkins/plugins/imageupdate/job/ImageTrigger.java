package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;

/** A job's trigger for image updates, as the other packages see it. */
public interface ImageTrigger {
    /** The images that the trigger names. Empty if it watches what the job's builds check. */
    List<? extends NamedImage> getImages();

    /** Whether it also watches the images that the job's builds ran in. */
    boolean isWatchBuildImages();

    /**
     * How long a digest must be known before it counts, if an image does not say so.
     *
     * @return null for what the registry's entry says
     * @throws IllegalArgumentException if it is not valid
     */
    @CheckForNull
    Duration age();

    /** Names of jobs to start for the same updates, relative to the trigger's job. */
    List<String> getDownstreamJobs();

    /** Checks the images soon. Answers that other jobs got since this time are good enough. */
    void check(Instant since);

    /** An image as a user wrote it. */
    interface NamedImage {
        /**
         * The check that this image asks for.
         *
         * @throws IllegalArgumentException if the reference, platform or tag policy is not valid
         */
        ImageCheck toCheck();
    }

    /** The trigger of a job. Null if the job has none. */
    @CheckForNull
    static ImageTrigger of(Job<?, ?> job) {
        if (!(job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> parameterized)) {
            return null;
        }
        return parameterized.getTriggers().values().stream()
                .filter(ImageTrigger.class::isInstance)
                .map(ImageTrigger.class::cast)
                .findFirst()
                .orElse(null);
    }
}
