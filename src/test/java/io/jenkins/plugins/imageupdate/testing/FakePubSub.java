package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One subscription of Google Pub/Sub by its REST API: {@code :pull}, which waits for a message, {@code :acknowledge} and {@code
 * :testIamPermissions}. A message that was delivered and is not acknowledged is delivered again after {@link #redeliver}.
 */
public final class FakePubSub extends LoopbackServer {
    public static final String SUBSCRIPTION = "projects/p/subscriptions/jenkins";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, ObjectNode> waiting = new LinkedHashMap<>();
    private final Map<String, ObjectNode> delivered = new LinkedHashMap<>();
    private final Set<String> acknowledged = new TreeSet<>();
    private final Set<String> bearers = new TreeSet<>();
    private int messages;

    private FakePubSub() {
        super(null);
    }

    public static FakePubSub start() {
        FakePubSub pubSub = new FakePubSub();
        pubSub.open();
        return pubSub;
    }

    /** Takes this access token. */
    public synchronized void allow(String bearer) {
        bearers.add(bearer);
    }

    public synchronized void deny(String bearer) {
        bearers.remove(bearer);
    }

    /** Publishes what Artifact Registry does for a pushed tag. Returns the message's id. */
    public String publishPush(String image, String digest) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("action", "INSERT")
                .put("digest", image.substring(0, image.lastIndexOf(':')) + "@" + digest)
                .put("tag", image);
        return publish(event.toString());
    }

    /** Publishes a message. Returns its id. */
    public synchronized String publish(String data) {
        String id = "ack-" + ++messages;
        ObjectNode received = JsonNodeFactory.instance.objectNode().put("ackId", id);
        received.putObject("message")
                .put("data", Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)))
                .put("messageId", String.valueOf(messages))
                .put("publishTime", "2026-01-01T00:00:00Z");
        waiting.put(id, received);
        notifyAll();
        return id;
    }

    /** As after the end of an acknowledgement's deadline. */
    public synchronized void redeliver() {
        waiting.putAll(delivered);
        delivered.clear();
        notifyAll();
    }

    /** Waits until a message was acknowledged; false if it was not in time. */
    public synchronized boolean awaitAcknowledged(String id) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!acknowledged.contains(id)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    Reply handle(RecordedRequest request, InputStream body) throws IOException, InterruptedException {
        JsonNode content = JSON.readTree(body.readAllBytes());
        String bearer = request.authorization().orElse("").replaceFirst("^Bearer ", "");
        synchronized (this) {
            if (!bearers.contains(bearer)) {
                return FakeGoogle.apiRefused(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
            }
        }
        String[] call = request.path().replaceFirst("^/v1/", "").split(":", 2);
        if (!call[0].equals(SUBSCRIPTION)) {
            return FakeGoogle.apiRefused(404, "NOT_FOUND", "Resource not found (resource=" + call[0] + ").");
        }
        return switch (call[1]) {
            case "pull" -> pull(content.path("maxMessages").asInt());
            case "acknowledge" -> acknowledge(content.path("ackIds"));
            case "testIamPermissions" -> {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                answer.putArray("permissions")
                        .add(content.path("permissions").path(0).asText());
                yield Reply.json(200, answer);
            }
            default -> Reply.of(404);
        };
    }

    private synchronized Reply pull(int most) throws InterruptedException {
        if (most < 1) {
            return FakeGoogle.apiRefused(400, "INVALID_ARGUMENT", "You have passed an invalid argument.");
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (waiting.isEmpty() && System.nanoTime() < deadline) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        List<String> ids =
                new ArrayList<>(waiting.keySet()).stream().limit(most).toList();
        if (!ids.isEmpty()) {
            var received = answer.putArray("receivedMessages");
            for (String id : ids) {
                ObjectNode message = waiting.remove(id);
                delivered.put(id, message);
                received.add(message);
            }
        }
        return Reply.json(200, answer);
    }

    private synchronized Reply acknowledge(JsonNode ids) {
        ids.forEach(id -> {
            delivered.remove(id.asText());
            acknowledged.add(id.asText());
        });
        notifyAll();
        return Reply.json(200, JsonNodeFactory.instance.objectNode());
    }
}
