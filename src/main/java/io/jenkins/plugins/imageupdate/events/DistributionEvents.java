package io.jenkins.plugins.imageupdate.events;

import java.util.List;
import java.util.Set;

/**
 * Notifications of the distribution registry, of GitLab's registry, which is made of it, and of Azure Container Registry, whose webhooks send one
 * event of the same form (distribution, "Notifications"; Azure, "Azure Container Registry webhook reference").
 *
 * <p>An upload of a blob, and a manifest without a tag, move no tag.
 */
final class DistributionEvents {
    /** Everything that a push of an image stores and that is not a manifest. */
    private static final Set<String> BLOBS = Set.of("application/octet-stream");

    private DistributionEvents() {}

    /** {@code {"events": [...]}}. */
    static List<PushedImage> readAll(EventPayload payload) throws EventException {
        return payload.each(payload.body().path("events"), DistributionEvents::read);
    }

    /** {@code {"action": "push", "target": {"mediaType", "repository", "tag"}, "request": {"host"}}}. */
    static List<PushedImage> read(EventPayload event) throws EventException {
        EventPayload.require(event.text("action"));
        String tag = event.text("target", "tag");
        boolean pushed = event.text("action").equals("push")
                && !tag.isEmpty()
                && !BLOBS.contains(event.text("target", "mediaType"));
        return pushed
                ? List.of(event.image(event.text("request", "host"), event.text("target", "repository"), tag))
                : List.of();
    }
}
