package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Events of the registries of Google and Amazon, which another of their services delivers. */
final class CloudRegistryEvents {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}-[a-z-]{1,30}-[0-9]{1,2}");

    private CloudRegistryEvents() {}

    /**
     * {@code {"detail-type": "ECR Image Action", "account", "region", "detail": {"result", "action-type", "repository-name", "image-tag"}}}
     * (Amazon ECR User Guide, "Amazon ECR events and EventBridge").
     */
    static List<PushedImage> ecr(EventPayload event) throws EventException {
        EventPayload.require(event.text("detail-type"));
        String tag = event.text("detail", "image-tag");
        boolean pushed = event.text("detail-type").equals("ECR Image Action")
                && event.text("detail", "action-type").equals("PUSH")
                && event.text("detail", "result").equals("SUCCESS")
                && !tag.isEmpty();
        return pushed ? List.of(event.image(ecrHost(event), event.text("detail", "repository-name"), tag)) : List.of();
    }

    private static String ecrHost(EventPayload event) throws EventException {
        String region = event.text("region");
        if (!ACCOUNT.matcher(event.text("account")).matches()
                || !REGION.matcher(region).matches()) {
            throw new EventException("it does not have the fields of this format");
        }
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return event.text("account") + ".dkr.ecr." + region + "." + domain;
    }

    /** A push by Pub/Sub: the message in an envelope, or unwrapped (Google, "Push subscriptions"). */
    static List<PushedImage> pubSubPush(EventPayload request) throws EventException {
        JsonNode message = request.body().path("message");
        return message.isMissingNode() ? google(request) : google(request.of(content(message)));
    }

    /** The JSON in a message's {@code data}, a missing node if there is none. */
    static JsonNode content(JsonNode message) {
        try {
            return Json.read(Base64.getDecoder().decode(Json.text(message, "data")));
        } catch (IllegalArgumentException e) {
            return Json.read(new byte[0]);
        }
    }

    /**
     * A message of the topic {@code gcr}: {@code {"action": "INSERT", "digest": "gcr.io/p/app@sha256:...", "tag": "gcr.io/p/app:stable"}}
     * (Artifact Registry, "Configuring Pub/Sub notifications"). A push without a tag moves no tag.
     */
    static List<PushedImage> google(EventPayload message) throws EventException {
        EventPayload.require(message.text("action"));
        String name = message.text("tag");
        return message.text("action").equals("INSERT") && !name.isEmpty() ? List.of(message.image(name)) : List.of();
    }
}
