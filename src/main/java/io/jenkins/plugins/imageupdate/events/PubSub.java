package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HostRole;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import io.jenkins.plugins.imageupdate.registry.http.Sent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/** One subscription of Google Pub/Sub by its REST API ("Cloud Pub/Sub API", {@code projects.subscriptions}). No thread waits for an answer. */
public final class PubSub {
    /** Google's API. */
    public static final URI API = URI.create("https://pubsub.googleapis.com");

    /** The scope of the access tokens that it takes. */
    public static final String SCOPE = "https://www.googleapis.com/auth/pubsub";

    private static final Pattern NAME =
            Pattern.compile("projects/[a-z0-9.:-]{1,100}/subscriptions/[A-Za-z][A-Za-z0-9._~+%-]{2,254}");

    private static final int MOST_MESSAGES = 100;
    private static final String CONSUME = "pubsub.subscriptions.consume";

    /** A pull without messages is answered after about 90 seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpTransport transport;
    private final URI api;
    private final String subscription;

    /**
     * @param api {@link #API}, another one only in tests
     * @param subscription {@code projects/P/subscriptions/S}
     */
    public PubSub(HttpTransport transport, URI api, String subscription) {
        this.transport = transport;
        this.api = api;
        this.subscription = subscription;
    }

    /** Whether a text is the full name of a subscription. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * A message.
     *
     * @param ackId acknowledges it
     * @param images that it names; empty if it tells of something other than a push
     * @param unread why it cannot be read, empty if it was
     */
    public record Message(String ackId, List<PushedImage> images, String unread) {}

    /** Waits for messages, at most about 90 seconds. Fails with a {@link RegistryException}. */
    public CompletableFuture<List<Message>> pull(String bearer) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("maxMessages", MOST_MESSAGES);
        return post("pull", bearer, body, PATIENCE).thenApply(PubSub::messages);
    }

    /** Tells that messages need not be delivered again. */
    public CompletableFuture<Void> acknowledge(String bearer, Collection<String> ackIds) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ackIds.forEach(body.putArray("ackIds")::add);
        return post("acknowledge", bearer, body, TIMEOUT).thenApply(answer -> null);
    }

    /** Whether messages may be pulled. Takes none. */
    public CompletableFuture<Boolean> mayPull(String bearer) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("permissions").add(CONSUME);
        return post("testIamPermissions", bearer, body, TIMEOUT).thenApply(answer -> {
            for (JsonNode permission : Json.read(answer.body()).path("permissions")) {
                if (permission.asText().equals(CONSUME)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static List<Message> messages(Response answer) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode received : Json.read(answer.body()).path("receivedMessages")) {
            messages.add(message(received));
        }
        return messages;
    }

    private static Message message(JsonNode received) {
        String id = Json.text(received, "ackId");
        JsonNode content = CloudRegistryEvents.content(received.path("message"));
        try {
            return new Message(id, CloudRegistryEvents.google(new EventPayload(content, name -> "", null)), "");
        } catch (EventException e) {
            return new Message(id, List.of(), e.getMessage());
        }
    }

    private CompletableFuture<Response> post(String verb, String bearer, JsonNode body, Duration patience) {
        URI uri = URI.create(api + "/v1/" + subscription + ":" + verb);
        Instant deadline = transport.clock().instant().plus(patience);
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + bearer, "Content-Type", "application/json", "Accept", "application/json");
        return transport
                .once(new Request(endpoint(), "POST", uri, headers, deadline), Json.write(body))
                .thenApply(answer -> {
                    if (answer.status() != 200) {
                        throw new CompletionException(refusal(answer));
                    }
                    return answer;
                });
    }

    private RegistryEndpoint endpoint() {
        RegistryEndpoint usual = RegistryEndpoint.of(api.getAuthority());
        return new RegistryEndpoint(
                usual.host(), "http".equals(api.getScheme()), usual.timeout(), usual.parallel(), false);
    }

    /** Google's own words, with what they usually mean. */
    private RegistryException refusal(Response answer) {
        JsonNode error = Json.read(answer.body()).path("error");
        String said = Printable.of("Google Pub/Sub: HTTP " + answer.status() + " " + Json.text(error, "status") + " "
                + Json.text(error, "message"));
        RegistryException usual = Diagnosis.of(answer, HostRole.REGISTRY, Sent.NOTHING, transport.clock());
        if (!error.isObject()) {
            return new RegistryException(usual.kind(), "Google Pub/Sub: " + usual.detail(), usual.retryAt());
        }
        return switch (answer.status()) {
            case 401 -> new RegistryException(FailureKind.CREDENTIAL_REJECTED, said);
            case 403 ->
                new RegistryException(
                        FailureKind.FORBIDDEN,
                        said
                                + ". The service account needs the role roles/pubsub.subscriber on the subscription, and the"
                                + " project needs the Pub/Sub API");
            case 404 ->
                new RegistryException(
                        FailureKind.CONFIGURATION, said + ". Create the subscription, or correct its name");
            default -> new RegistryException(usual.kind(), said, usual.retryAt());
        };
    }
}
