package io.jenkins.plugins.imageupdate.events;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Other names of one image. The former Container Registry's hosts are repositories of Artifact Registry now: {@code gcr.io/p/app} is
 * {@code us-docker.pkg.dev/p/gcr.io/app} (Artifact Registry, "Transition to repositories with gcr.io domain support").
 */
public final class ImageAliases {
    private static final Map<String, String> LOCATIONS = Map.of(
            "gcr.io", "us-docker.pkg.dev",
            "us.gcr.io", "us-docker.pkg.dev",
            "eu.gcr.io", "europe-docker.pkg.dev",
            "asia.gcr.io", "asia-docker.pkg.dev");

    private ImageAliases() {}

    /** All names {@code host/repository} of what was pushed, its own first. */
    public static Set<String> names(PushedImage pushed) {
        Set<String> names = new LinkedHashSet<>(Set.of(pushed.name()));
        String host = LOCATIONS.get(pushed.host());
        String[] parts = pushed.repository().split("/", 3);
        if (host != null && parts.length > 1) {
            String rest = pushed.repository().substring(parts[0].length());
            names.add(host + "/" + parts[0] + "/" + pushed.host() + rest);
        }
        if (parts.length == 3 && pushed.host().equals(LOCATIONS.get(parts[1]))) {
            names.add(parts[1] + "/" + parts[0] + "/" + parts[2]);
        }
        return names;
    }
}
