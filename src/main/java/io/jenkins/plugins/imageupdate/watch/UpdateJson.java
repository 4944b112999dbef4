package io.jenkins.plugins.imageupdate.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;

/** Updates as JSON, for a build's environment: a list of objects with the fields of {@link ImageUpdate}; null where there is none. */
public final class UpdateJson {
    private UpdateJson() {}

    public static String write(Collection<ImageUpdate> updates) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (ImageUpdate update : updates) {
            list.addObject()
                    .put("image", update.image())
                    .put("tag", update.tag())
                    .put("platform", update.platform())
                    .put("digest", update.digest())
                    .put("previousDigest", update.previousDigest())
                    .put("platformDigest", update.platformDigest())
                    .put("previousPlatformDigest", update.previousPlatformDigest());
        }
        return list.toString();
    }
}
