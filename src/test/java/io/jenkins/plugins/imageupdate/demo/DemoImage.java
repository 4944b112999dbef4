package io.jenkins.plugins.imageupdate.demo;

import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import java.util.Map;

/** The image of the demo, and the program by which the job push-new-version pushes it. */
public final class DemoImage {
    public static final String REPOSITORY = "demo/app";
    public static final String TAG = "stable";

    private DemoImage() {}

    /** Pushes a version of the image. Returns what the job says. */
    public static String push(String origin, String version) {
        String digest = new ImagePusher(origin)
                .pushLabelled(REPOSITORY, TAG, Map.of("org.opencontainers.image.version", version));
        return "pushed version " + version + " as " + REPOSITORY + ":" + TAG + ", "
                + Digest.parse(digest).abbreviated();
    }

    /** @param arguments the registry's origin and the version */
    public static void main(String[] arguments) {
        System.out.println(push(arguments[0], arguments[1]));
    }
}
