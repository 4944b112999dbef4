package io.jenkins.plugins.imageupdate.registry;

import java.util.Set;
import java.util.regex.Pattern;

/** Facts about public registries that no response tells. */
public final class KnownRegistries {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

    /** Case of ASCII letters only: {@code toLowerCase} makes a {@code k} of the Kelvin sign. */
    private static final Pattern GCR =
            Pattern.compile("(?:" + LABEL + "\\.)?gcr\\.io(?::443)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern ARTIFACT_REGISTRY =
            Pattern.compile("(?:" + LABEL + "\\.)+pkg\\.dev(?::443)?", Pattern.CASE_INSENSITIVE);

    /** Private registries by both forms of their names, and the public one (Amazon ECR, "Private registry", "Endpoints"). */
    private static final Pattern ECR = Pattern.compile(
            "public\\.ecr\\.aws|\\d{12}\\.dkr[.-]ecr(?:-fips)?\\." + LABEL
                    + "\\.(?:amazonaws\\.(?:com|com\\.cn|eu)|on\\.(?:aws|amazonwebservices\\.com\\.cn))",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> OTHERS = Set.of(
            "docker.io",
            "ghcr.io",
            "mcr.microsoft.com",
            "quay.io",
            "registry-1.docker.io",
            "registry.gitlab.com",
            "registry.k8s.io");

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

    /** Whether a host is one of Amazon ECR, private or public. */
    public static boolean ecr(String host) {
        return host.length() <= MAX_HOST && ECR.matcher(host).matches();
    }

    /** Whether a host is known to be a registry that Amazon does not operate. */
    public static boolean operatedByOthers(String host) {
        return google(host) || OTHERS.contains(host);
    }

    /** Whether a host is one of the former Container Registry, which Artifact Registry serves now. */
    public static boolean gcr(String host) {
        return host.length() <= MAX_HOST && GCR.matcher(host).matches();
    }
}
