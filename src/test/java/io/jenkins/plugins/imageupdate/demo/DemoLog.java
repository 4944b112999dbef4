package io.jenkins.plugins.imageupdate.demo;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.util.List;
import java.util.Objects;

/**
 * Lines of Jenkins' log that the demo without Jenkins has too. The test of the demo in Jenkins looks for them there, so that both say the
 * same.
 */
public final class DemoLog {
    private DemoLog() {}

    /** By the build that starts a downstream job. */
    public static String started(String job) {
        return "Started " + job + " for the updated images";
    }

    /** By a build that was started for an update: its cause. */
    public static String cause(CheckResult update) {
        return "Image " + update.headline();
    }

    /** By the job deploy of docs/demo/jenkins.yaml. */
    public static String deploying(CheckResult update) {
        return "deploying " + update.name() + " at " + update.digest();
    }

    /** The environment of a build that was started for an update. */
    public static List<String> environment(CheckResult update) {
        return List.of(
                "IMAGE_UPDATE_IMAGE=" + update.name(),
                "IMAGE_UPDATE_TAG=" + update.tag(),
                "IMAGE_UPDATE_DIGEST=" + update.digest(),
                "IMAGE_UPDATE_PREVIOUS_DIGEST=" + Objects.toString(update.previousDigest(), ""),
                "IMAGE_UPDATE_PINNED=" + update.pinned());
    }
}
