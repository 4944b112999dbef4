package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.PushTarget;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Images in a registry behind a {@link LongLine} that requires tokens, and the key for them. */
final class BenchmarkRegistry implements AutoCloseable {
    /** On two cores the server must not collect garbage every few requests, nor read what it has read before. */
    private static final Map<String, String> MANY_REQUESTS =
            Map.of("GOGC", "800", "REGISTRY_STORAGE_CACHE_BLOBDESCRIPTOR", "inmemory");

    final LongLine line;
    final Path key;
    private final DistributionServer server;
    private final String json;
    private final int images;

    private BenchmarkRegistry(DistributionServer server, String host, PushTarget target, Path directory, int images)
            throws IOException {
        this.server = server;
        this.images = images;
        // In one line, as a login has it: skopeo sends what its file has.
        json = ServiceAccountKeys.create("bench", "reader@bench.iam.gserviceaccount.com", "key-of-benchmarks")
                .strip();
        key = Files.writeString(directory.resolve("key.json"), json);
        line = new LongLine(host, new TokenDoor(json));
        for (int i = 0; i < images; i++) {
            target.pushImage("bench/app" + i, "stable", "image " + i);
        }
    }

    /** The CNCF distribution server. */
    static BenchmarkRegistry distribution(Path directory, int images) throws IOException {
        DistributionServer server =
                DistributionServer.start(Files.createDirectories(directory.resolve("registry")), MANY_REQUESTS);
        return new BenchmarkRegistry(server, server.host(), new ImagePusher(server.origin()), directory, images);
    }

    /** @param host of a registry without a login, which is not closed with this */
    static BenchmarkRegistry of(String host, PushTarget target, Path directory, int images) throws IOException {
        return new BenchmarkRegistry(null, host, target, directory, images);
    }

    /** A login for a program that keeps its logins in a file, for another name of this registry. */
    Path authFile(Path directory, String host) throws IOException {
        String login = Base64.getEncoder().encodeToString(("_json_key:" + json).getBytes(StandardCharsets.UTF_8));
        return Files.writeString(
                directory.resolve("auth.json"), "{\"auths\":{\"" + host + "\":{\"auth\":\"" + login + "\"}}}");
    }

    /** The bare requests for all images, with tokens in hand. */
    Floor floor() {
        List<String> heads = IntStream.range(0, images)
                .mapToObj(i -> "HEAD /v2/bench/app" + i + "/manifests/stable HTTP/1.1\r\nHost: " + line.host()
                        + "\r\nAccept: application/vnd.oci.image.manifest.v1+json\r\nAuthorization: Bearer "
                        + line.door().issue(Set.of("bench/app" + i)) + "\r\n\r\n")
                .toList();
        return new Floor(line.host(), heads);
    }

    @Override
    public void close() throws IOException {
        line.close();
        if (server != null) {
            server.close();
        }
    }
}
