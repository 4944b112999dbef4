package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Pushes over HTTP as the distribution specification has it under "Push": blobs by POST then PUT, then the manifest. */
public final class ImagePusher implements PushTarget {
    private static final byte[] NOTHING = new byte[0];

    private final String origin;
    private final String authorization;

    /** For a registry without a login. */
    public ImagePusher(String origin) {
        this(origin, null);
    }

    /** @param authorization sent with every request, null for none */
    public ImagePusher(String origin, String authorization) {
        this.origin = origin;
        this.authorization = authorization;
    }

    @Override
    public String pushBlob(String repository, byte[] content) {
        String digest = Sha256.digest(content);
        HttpResponse<byte[]> begun = send("POST", path(repository, "blobs/uploads/"), Map.of(), NOTHING, 202);
        String location = begun.headers().firstValue("Location").orElseThrow();
        String upload = location + (location.contains("?") ? "&" : "?") + "digest=" + digest.replace(":", "%3A");
        send("PUT", upload, Map.of("Content-Type", "application/octet-stream"), content, 201);
        return digest;
    }

    @Override
    public String push(String repository, String tag, byte[] manifest, String mediaType) {
        String digest = Sha256.digest(manifest);
        String reference = tag == null ? digest : tag;
        send("PUT", path(repository, "manifests/" + reference), Map.of("Content-Type", mediaType), manifest, 201);
        return digest;
    }

    @Override
    public Descriptor describe(String repository, String digest) {
        HttpResponse<byte[]> head = head(repository, digest);
        return new Descriptor(
                digest,
                head.headers().firstValue("Content-Type").orElseThrow(),
                head.headers().firstValueAsLong("Content-Length").orElseThrow());
    }

    /** By the manifest's digest, since the CNCF server deletes no tags: other tags of the same manifest go with it. */
    @Override
    public void delete(String repository, String tag) {
        String digest = head(repository, tag)
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
        send("DELETE", path(repository, "manifests/" + digest), Map.of(), NOTHING, 202);
    }

    private HttpResponse<byte[]> head(String repository, String reference) {
        Map<String, String> accept = Map.of("Accept", ManifestFormat.ACCEPT);
        return send("HEAD", path(repository, "manifests/" + reference), accept, NOTHING, 200);
    }

    private static String path(String repository, String rest) {
        return "/v2/" + repository + "/" + rest;
    }

    private HttpResponse<byte[]> send(
            String method, String location, Map<String, String> headers, byte[] body, int expected) {
        String url = URI.create(origin).resolve(location).toString();
        Map<String, String> all = new HashMap<>(headers);
        if (authorization != null) {
            all.put("Authorization", authorization);
        }
        try {
            HttpResponse<byte[]> answer = PlainHttp.send(method, url, all, body);
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(method + " " + url + " answered " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url, e);
        }
    }
}
