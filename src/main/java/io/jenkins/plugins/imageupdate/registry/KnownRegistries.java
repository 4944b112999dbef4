package io.jenkins.plugins.imageupdate.registry;

import java.util.regex.Pattern;

/** Facts about public registries that no response tells. */
public final class KnownRegistries {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

    /** Case of ASCII letters only: {@code toLowerCase} makes a {@code k} of the Kelvin sign. */
    private static final Pattern GCR =
            Pattern.compile("(?:" + LABEL + "\\.)?gcr\\.io(?::443)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern ARTIFACT_REGISTRY =
            Pattern.compile("(?:" + LABEL + "\\.)+pkg\\.dev(?::443)?", Pattern.CASE_INSENSITIVE);

    private static final int MAX_HOST = 255;

    private KnownRegistries() {}

    /**
     * Whether a host is one of Google's registries: {@code gcr.io}, {@code *.gcr.io} and the hosts under {@code pkg.dev}, of which
     * Artifact Registry has {@code LOCATION-docker} and {@code docker.LOCATION.rep}, on the standard port. Whole labels only:
     * {@code notgcr.io} and {@code gcr.io.example.com} are not Google's.
     *
     * @param host host and optional port
     */
    public static boolean google(String host) {
        return gcr(host)
                || host.length() <= MAX_HOST && ARTIFACT_REGISTRY.matcher(host).matches();
    }

    /**
     * Returns how many requests a second a registry accepts of a client, 0 if that is not known.
     * Amazon ECR Public allows one a second without a login ("Service quotas", Amazon ECR Public User Guide).
     */
    public static double requestsPerSecond(String host) {
        return host.equals("public.ecr.aws") ? 1 : 0;
    }

    /** Whether a host is one of the former Container Registry, which Artifact Registry serves now. */
    public static boolean gcr(String host) {
        return host.length() <= MAX_HOST && GCR.matcher(host).matches();
    }
}
