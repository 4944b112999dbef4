package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Webhooks of Docker Hub and Quay, each of which names pushed tags of one repository. */
final class HubEvents {
    private HubEvents() {}

    /** {@code {"push_data": {"tag"}, "repository": {"repo_name"}}}; its {@code callback_url} is not called (Docker, "Webhooks"). */
    static List<PushedImage> dockerHub(EventPayload event) throws EventException {
        String repository = event.text("repository", "repo_name");
        EventPayload.require(repository, event.text("push_data", "tag"));
        return List.of(event.image("docker.io", repository, event.text("push_data", "tag")));
    }

    /** {@code {"repository", "docker_url": "quay.io/namespace/name", "updated_tags": []}} (Quay, "Repository notifications"). */
    static List<PushedImage> quay(EventPayload event) throws EventException {
        String name = event.text("docker_url");
        EventPayload.require(name);
        List<PushedImage> images = new ArrayList<>();
        // Quay's other notifications, of builds and vulnerabilities, have no such list.
        for (JsonNode tag : event.body().path("updated_tags")) {
            if (tag.isTextual()) {
                images.add(event.image(name + ":" + tag.textValue()));
            }
        }
        return images;
    }
}
