package io.jenkins.plugins.imageupdate.job;

import hudson.model.Job;
import java.util.stream.Stream;

/** Monitors for what only one thread at a time may do for a job. */
public final class JobLocks {
    private final Object[] locks = Stream.generate(Object::new).limit(256).toArray();

    public Object of(Job<?, ?> job) {
        return locks[Math.floorMod(job.getFullName().hashCode(), locks.length)];
    }
}
