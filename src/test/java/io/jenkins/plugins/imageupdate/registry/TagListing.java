package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A registry whose repository {@code p/app} is listed. */
final class TagListing implements AutoCloseable {
    static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "canary");

    final InProcessRegistry registry = InProcessRegistry.start();
    private final HttpTransport transport = Clients.transport();

    CompletableFuture<TagList> list(String host) {
        return Clients.repository(
                        transport,
                        ImageReference.parse(host + "/p/app"),
                        Clients.plain(host),
                        Authentications.ofSecret("gcr-key", KEY))
                .tags();
    }

    TagList list() {
        return list(registry.host()).join();
    }

    RegistryException failure() {
        return Clients.failure(list(registry.host()));
    }

    /** From now on every list is answered like this. */
    void answer(Fault fault) {
        registry.faults().always(TagListing::isTags, fault);
    }

    void answer(String body) {
        answer(Fault.reply(Reply.of(200, "application/json", body)));
    }

    private static boolean isTags(RecordedRequest request) {
        return request.path().endsWith("/tags/list");
    }

    static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj("v%06d"::formatted).toList();
    }

    static Reply page(List<String> tags) {
        ArrayNode listed = JsonNodeFactory.instance.arrayNode();
        tags.forEach(listed::add);
        return Reply.json(
                200, JsonNodeFactory.instance.objectNode().put("name", "p/app").set("tags", listed));
    }

    static Reply linked(List<String> tags, String next) {
        return page(tags).with("Link", "<" + next + ">; rel=\"next\"");
    }

    @Override
    public void close() {
        registry.close();
    }
}
