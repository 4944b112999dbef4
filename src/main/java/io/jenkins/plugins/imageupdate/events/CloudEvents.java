package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * CloudEvents 1.0 by HTTP, with their attributes in the document, in headers ({@code ce-type}), or several in an array ("HTTP Protocol Binding
 * for CloudEvents"), and events of Azure Event Grid's own schema. The types of Harbor, zot and Azure are read, and all others are ignored.
 */
final class CloudEvents {
    private CloudEvents() {}

    static List<PushedImage> read(EventPayload payload) throws EventException {
        if (payload.body().isArray()) {
            return payload.each(payload.body(), CloudEvents::readOne);
        }
        String type = payload.headers().apply("ce-type");
        return type.isEmpty() ? readOne(payload) : read(type, payload);
    }

    private static List<PushedImage> readOne(EventPayload event) throws EventException {
        JsonNode body = event.body();
        String type = body.has("eventType") ? event.text("eventType") : event.text("type");
        EventPayload.require(type);
        return read(type, event.of(body.path("data")));
    }

    private static List<PushedImage> read(String type, EventPayload data) throws EventException {
        return switch (type) {
            case "harbor.artifact.pushed" -> HarborEvents.resources(data);
            case "zotregistry.image.updated" -> zot(data);
            case "Microsoft.ContainerRegistry.ImagePushed" -> DistributionEvents.read(data);
            default -> List.of();
        };
    }

    /** {@code {"name": "p/app", "reference": "stable", "digest", "mediatype"}}; a reference may also be a digest, which moves no tag. */
    private static List<PushedImage> zot(EventPayload data) throws EventException {
        EventPayload.require(data.text("name"), data.text("reference"));
        return data.text("reference").indexOf(':') >= 0
                ? List.of()
                : List.of(data.image("", data.text("name"), data.text("reference")));
    }

    /** The code of Azure Event Grid's question whether its events are wanted here, empty for any other payload. */
    static String validationCode(JsonNode body) {
        JsonNode first = body.path(0);
        return EventPayload.text(first, "eventType").equals("Microsoft.EventGrid.SubscriptionValidationEvent")
                ? EventPayload.text(first, "data", "validationCode")
                : "";
    }
}
