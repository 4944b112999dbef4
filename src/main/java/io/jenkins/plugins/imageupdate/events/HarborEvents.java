package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Harbor's webhooks in its own format: {@code {"type": "PUSH_ARTIFACT", "event_data": {...}}} (Harbor, "Configure Webhook Notifications"). */
final class HarborEvents {
    private HarborEvents() {}

    static List<PushedImage> read(EventPayload payload) throws EventException {
        EventPayload.require(payload.text("type"));
        return payload.text("type").equals("PUSH_ARTIFACT")
                ? resources(payload.of(payload.body().path("event_data")))
                : List.of();
    }

    /**
     * {@code {"resources": [{"tag", "resource_url"}], "repository": {"repo_full_name"}}}. The host is that of {@code resource_url}. A resource
     * without a tag moves no tag.
     */
    static List<PushedImage> resources(EventPayload data) throws EventException {
        String repository = data.text("repository", "repo_full_name");
        EventPayload.require(repository);
        List<PushedImage> images = new ArrayList<>();
        for (JsonNode resource : data.body().path("resources")) {
            String tag = EventPayload.text(resource, "tag");
            String host = EventPayload.text(resource, "resource_url").split("/", 2)[0];
            if (!tag.isEmpty() && tag.indexOf(':') < 0) {
                images.add(data.image(host, repository, tag));
            }
        }
        return images;
    }
}
