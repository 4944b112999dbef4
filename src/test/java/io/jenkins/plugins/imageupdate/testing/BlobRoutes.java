package io.jenkins.plugins.imageupdate.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /v2/<repository>/blobs/…} of the distribution specification, uploads in one piece and in chunks included. */
final class BlobRoutes {
    private final ImageStore store;
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();

    BlobRoutes(ImageStore store) {
        this.store = store;
    }

    Reply blob(RecordedRequest request, RegistryPath path) {
        if (!request.isGet() && !request.isHead()) {
            return Reply.error(405, "UNSUPPORTED", "The operation is unsupported.");
        }
        return store.blob(path.repository(), path.rest())
                .map(content ->
                        Reply.of(200, "application/octet-stream", content).with("Docker-Content-Digest", path.rest()))
                .orElseGet(() -> Reply.error(404, "BLOB_UNKNOWN", "blob unknown to registry"));
    }

    Reply upload(RecordedRequest request, RegistryPath path, InputStream body) throws IOException {
        if (request.method().equals("POST") && path.rest().isEmpty()) {
            String id = UUID.randomUUID().toString();
            uploads.put(id, new ByteArrayOutputStream());
            return request.parameter("digest").isPresent()
                    ? finish(request, new RegistryPath(path.repository(), path.kind(), id), body)
                    : progress(path.repository(), id);
        }
        if (!uploads.containsKey(path.rest())) {
            return Reply.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
        }
        return switch (request.method()) {
            case "PATCH" -> {
                body.transferTo(uploads.get(path.rest()));
                yield progress(path.repository(), path.rest());
            }
            case "PUT" -> finish(request, path, body);
            default -> Reply.error(405, "UNSUPPORTED", "The operation is unsupported.");
        };
    }

    private Reply progress(String repository, String id) {
        return Reply.of(202)
                .with("Location", "/v2/" + repository + "/blobs/uploads/" + id)
                .with("Range", "0-" + Math.max(uploads.get(id).size() - 1, 0))
                .with("Docker-Upload-UUID", id);
    }

    private Reply finish(RecordedRequest request, RegistryPath path, InputStream body) throws IOException {
        ByteArrayOutputStream upload = uploads.remove(path.rest());
        body.transferTo(upload);
        String digest = Sha256.digest(upload.toByteArray());
        if (!request.parameter("digest").orElse("").equals(digest)) {
            return Reply.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        store.putBlob(path.repository(), upload.toByteArray());
        return Reply.of(201)
                .with("Location", "/v2/" + path.repository() + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest);
    }
}
