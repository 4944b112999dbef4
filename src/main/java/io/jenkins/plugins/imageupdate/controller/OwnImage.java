package io.jenkins.plugins.imageupdate.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/**
 * The image that the controller itself runs in. A process cannot read the name or the digest of its image, so the person who deploys the controller names
 * it in an environment variable.
 *
 * @param written as the environment names it; null if it does not
 * @param started when the controller's container started
 */
record OwnImage(@CheckForNull String written, Instant started) {
    /** Name of the environment variable. */
    static final String VARIABLE = "JENKINS_IMAGE";

    /** By the environment of this process. */
    static OwnImage ofProcess() {
        return new OwnImage(Util.fixEmptyAndTrim(System.getenv(VARIABLE)), containerStart());
    }

    /** When the first process started, since Jenkins can start again within its container. Without such a process, when Jenkins started. */
    private static Instant containerStart() {
        return ProcessHandle.of(1)
                .flatMap(first -> first.info().startInstant())
                .orElseGet(() -> Instant.ofEpochMilli(
                        ManagementFactory.getRuntimeMXBean().getStartTime()));
    }
}
