package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Webhooks of repository managers, which do not tell under which name jobs reach an image: Artifactory and Nexus Repository. */
final class RepositoryManagerEvents {
    /** An asset of Nexus: {@code v2/NAME/manifests/TAG}. */
    private static final Pattern MANIFEST = Pattern.compile("/?v2/(.{1,255})/manifests/([^/:]{1,128})");

    private RepositoryManagerEvents() {}

    /**
     * {@code {"domain": "docker", "event_type": "pushed", "data": {"repo_key", "image_name", "tag"}, "jpd_origin"}} (JFrog, "Webhook event types").
     * An image is named with the repository's key as its first segment, or without it if the repository has a host or port of its own, so both are
     * looked for.
     */
    static List<PushedImage> artifactory(EventPayload event) throws EventException {
        EventPayload.require(event.text("domain"), event.text("event_type"));
        if (!event.text("domain").equals("docker") || !event.text("event_type").equals("pushed")) {
            return List.of();
        }
        String name = event.text("data", "image_name");
        String tag = event.text("data", "tag");
        String key = event.text("data", "repo_key");
        EventPayload.require(name, tag, key);
        String host = EventPayload.hostOf(event.text("jpd_origin"));
        return List.of(event.image(host, name, tag), event.image(host, key + "/" + name, tag));
    }

    /**
     * {@code {"action": "CREATED", "component": {"format": "docker", "name", "version"}}}, or with {@code "asset": {"format", "name"}} (Sonatype,
     * "Webhooks: Example Payloads"). The host is always the one that was entered.
     */
    static List<PushedImage> nexus(EventPayload event) throws EventException {
        String action = event.text("action");
        EventPayload.require(action);
        JsonNode component = event.body().path("component");
        JsonNode asset = event.body().path("asset");
        JsonNode one = component.isMissingNode() ? asset : component;
        boolean pushed = action.equals("CREATED") || action.equals("UPDATED");
        if (!pushed || !EventPayload.text(one, "format").equals("docker")) {
            return List.of();
        }
        if (one == component) {
            EventPayload.require(EventPayload.text(one, "name"), EventPayload.text(one, "version"));
            return List.of(event.image("", EventPayload.text(one, "name"), EventPayload.text(one, "version")));
        }
        Matcher manifest = MANIFEST.matcher(EventPayload.text(one, "name"));
        return manifest.matches() ? List.of(event.image("", manifest.group(1), manifest.group(2))) : List.of();
    }
}
