package io.jenkins.plugins.imageupdate.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Updates as JSON, for a build's environment: a list of objects with the fields of {@link ImageUpdate}; null where there is none. */
public final class UpdateJson {
    private UpdateJson() {}

    public static String write(Collection<ImageUpdate> updates) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (ImageUpdate update : updates) {
            ObjectNode one = list.addObject()
                    .put("image", update.image())
                    .put("tag", update.tag())
                    .put("previousTag", update.previousTag())
                    .put("platform", update.platform())
                    .put("digest", update.digest())
                    .put("previousDigest", update.previousDigest())
                    .put("platformDigest", update.platformDigest())
                    .put("previousPlatformDigest", update.previousPlatformDigest())
                    .put("pinned", update.pinned());
            update.newTags().forEach(one.putArray("newTags")::add);
            update.movedTags().forEach(one.putArray("movedTags")::add);
        }
        return list.toString();
    }
}
