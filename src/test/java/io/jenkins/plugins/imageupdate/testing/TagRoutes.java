package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /v2/<repository>/tags/list} of the distribution specification, "Listing Tags": {@code n}, {@code last} and {@code Link}. */
final class TagRoutes {
    private final ImageStore store;
    private volatile int pageLimit = Integer.MAX_VALUE;
    private volatile boolean google;

    TagRoutes(ImageStore store) {
        this.store = store;
    }

    /** Lists manifests too, as gcr.io and Artifact Registry do (go-containerregistry, pkg/v1/google/list.go). */
    void google() {
        google = true;
    }

    private void addManifests(ObjectNode document, String repository) {
        document.putArray("child");
        ObjectNode manifests = document.putObject("manifest");
        store.tagged(repository).forEach((manifest, tags) -> {
            String uploaded = String.valueOf(manifest.uploaded().toEpochMilli());
            ObjectNode entry = manifests
                    .putObject(manifest.digest())
                    .put("imageSizeBytes", String.valueOf(manifest.content().length))
                    .put("layerId", "")
                    .put("mediaType", manifest.mediaType())
                    .put("timeCreatedMs", "1")
                    .put("timeUploadedMs", uploaded);
            ArrayNode names = entry.putArray("tag");
            tags.forEach(names::add);
        });
    }

    void pageLimit(int tags) {
        pageLimit = tags;
    }

    Reply handle(RecordedRequest request, RegistryPath path) {
        if (!request.isGet() && !request.isHead()) {
            return Reply.error(405, "UNSUPPORTED", "The operation is unsupported.");
        }
        return store.tags(path.repository())
                .map(tags -> page(request, path.repository(), tags))
                .orElseGet(() -> Reply.error(404, "NAME_UNKNOWN", "repository name not known to registry"));
    }

    private Reply page(RecordedRequest request, String repository, List<String> all) {
        String last = request.parameter("last").orElse("");
        List<String> left = all.stream().filter(tag -> tag.compareTo(last) > 0).toList();
        int asked;
        try {
            asked = request.parameter("n").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            return Reply.error(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
        }
        int size = Math.min(Math.min(Math.max(asked, 0), pageLimit), left.size());
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("name", repository);
        var listed = document.putArray("tags");
        left.subList(0, size).forEach(listed::add);
        if (google) {
            addManifests(document, repository);
        }
        Reply reply = Reply.json(200, document);
        if (size == 0 || size == left.size()) {
            return reply;
        }
        String next = "/v2/" + repository + "/tags/list?last=" + left.get(size - 1) + "&n=" + size;
        return reply.with("Link", "<" + next + ">; rel=\"next\"");
    }
}
