package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Webhooks of package registries that belong to forges: GitHub, Gitea and Forgejo. Their owners may have capitals, images never have. */
final class ForgeEvents {
    private ForgeEvents() {}

    /**
     * GitHub's events {@code package} and {@code registry_package}: {@code {"action", "package": {"name", "package_type", "owner": {"login"},
     * "package_version": {"container_metadata": {"tag": {"name"}}}}}} (GitHub, "Webhook events and payloads").
     */
    static List<PushedImage> gitHub(EventPayload event) throws EventException {
        String kind = event.headers().apply("X-GitHub-Event");
        EventPayload.require(kind);
        JsonNode pushed = event.body().path(kind);
        boolean container = EventPayload.text(pushed, "package_type").equalsIgnoreCase("container");
        String tag = EventPayload.text(pushed, "package_version", "container_metadata", "tag", "name");
        boolean moved =
                event.text("action").equals("published") || event.text("action").equals("updated");
        if (!container || !moved || tag.isEmpty()) {
            return List.of();
        }
        String owner = EventPayload.text(pushed, "owner", "login");
        String name = EventPayload.text(pushed, "name");
        EventPayload.require(owner, name);
        return List.of(event.image("ghcr.io", lower(owner + "/" + name), tag));
    }

    /**
     * The event {@code package} of Gitea and Forgejo: {@code {"action": "created", "package": {"type": "container", "owner": {"login"}, "name",
     * "version", "html_url"}}}. The version is the tag, or a digest, which moves no tag.
     */
    static List<PushedImage> gitea(EventPayload event) throws EventException {
        EventPayload.require(event.text("action"));
        JsonNode pushed = event.body().path("package");
        String version = EventPayload.text(pushed, "version");
        if (!event.text("action").equals("created")
                || !EventPayload.text(pushed, "type").equals("container")
                || version.indexOf(':') >= 0) {
            return List.of();
        }
        String owner = EventPayload.text(pushed, "owner", "login");
        String name = EventPayload.text(pushed, "name");
        EventPayload.require(owner, name, version);
        String host = EventPayload.hostOf(EventPayload.text(pushed, "html_url"));
        return List.of(event.image(host, lower(owner + "/" + name), version));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
