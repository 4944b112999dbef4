package io.jenkins.plugins.imageupdate.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.ImageChange;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.util.List;

/** Results under the names that the step {@code checkImageUpdate} returns them by. */
final class ResultsJson {
    private ResultsJson() {}

    /** {@code {"changed":…,"images":[…]}}. What there is not is null. */
    static String write(List<CheckResult> results) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("changed", results.stream().anyMatch(CheckResult::changed));
        ArrayNode images = document.putArray("images");
        results.forEach(result -> put(images.addObject(), result));
        return document.toPrettyString();
    }

    private static void put(ObjectNode node, CheckResult result) {
        WatchedImage image = result.image();
        ImageChange change = result.change();
        node.put("image", result.name());
        node.put("status", result.status().name());
        node.put("tag", result.tag());
        node.put("previousTag", result.previousTag());
        node.put("platform", image == null ? null : text(image.platform()));
        node.put("digest", text(result.digest()));
        node.put("previousDigest", text(result.previousDigest()));
        node.put("indexDigest", text(result.indexDigest()));
        node.put("previousIndexDigest", text(result.previousIndexDigest()));
        node.put("pinned", result.pinned());
        put(node.putArray("newTags"), result.newTags());
        put(node.putArray("movedTags"), result.movedTags());
        put(node.putArray("goneTags"), result.goneTags());
        node.put("change", change == null || change.summary().isEmpty() ? null : change.summary());
        node.put("compareLink", change == null ? null : change.compareLink());
        node.put("credentialsId", result.credentialsId());
        node.put("failureKind", result.failureKind());
        node.put("failure", result.failure());
    }

    private static void put(ArrayNode array, List<String> tags) {
        tags.forEach(array::add);
    }

    @CheckForNull
    private static String text(@CheckForNull Object value) {
        return value == null ? null : value.toString();
    }
}
