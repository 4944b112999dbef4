package io.jenkins.plugins.imageupdate.demo;

import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;

/**
 * A registry on 127.0.0.1 that answers as gcr.io does, with a token server. It knows one service account, whose key was made when the
 * registry started and is worth nothing elsewhere, and has one image.
 */
public final class DemoRegistry implements AutoCloseable {
    /** Ids of the credentials of the demo. */
    public static final String KEY = "gcr-key";

    public static final String WRONG_KEY = "wrong-key";

    private static final String PROJECT = "demo";

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final String key = key("jenkins-images");

    public DemoRegistry() {
        front.grantKey(key, PROJECT + "/*");
        DemoImage.push(origin(), "1.0.0");
    }

    private static String key(String account) {
        return ServiceAccountKeys.create(
                PROJECT, account + "@" + PROJECT + ".iam.gserviceaccount.com", account + "-key-id");
    }

    /** {@code 127.0.0.1:port}, where a key is asked for. */
    public String host() {
        return front.host();
    }

    /** {@code http://127.0.0.1:port}, where images are pushed to without a key. */
    public String origin() {
        return registry.origin();
    }

    /** The image as a job names it. */
    public String image() {
        return host() + "/" + DemoImage.REPOSITORY + ":" + DemoImage.TAG;
    }

    /** The JSON of the key that may read the image. */
    public String key() {
        return key;
    }

    /** The JSON of the key of an account that was deleted. */
    public static String wrongKey() {
        return key("deleted-account");
    }

    @Override
    public void close() {
        front.close();
        registry.close();
    }
}
