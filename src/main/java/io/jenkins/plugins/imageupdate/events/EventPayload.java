package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The payload of an event.
 *
 * @param body the JSON document
 * @param headers the value of a request's header by its name, empty if it is missing
 * @param registry host of the registry that an administrator entered, in place of the one that the event names; null for none
 */
record EventPayload(
        JsonNode body,
        UnaryOperator<String> headers,
        @CheckForNull String registry) {
    /** More than any registry reports at once. */
    private static final int MOST_EVENTS = 1_000;

    /** Another document of the same request. */
    EventPayload of(JsonNode other) {
        return new EventPayload(other, headers, registry);
    }

    /** A text by the names of the fields that lead to it, empty if it is missing or not a text. */
    String text(String... fields) {
        return text(body, fields);
    }

    static String text(JsonNode from, String... fields) {
        JsonNode node = from;
        for (int i = 0; i < fields.length - 1; i++) {
            node = node.path(fields[i]);
        }
        return Json.text(node, fields[fields.length - 1]);
    }

    /** The image, at the registry that was entered; at this host if none was. */
    PushedImage image(String host, String repository, String tag) throws EventException {
        return PushedImage.of(registry == null ? host : registry, repository, tag);
    }

    /** The same, from a name such as {@code gcr.io/project/app:stable}. */
    PushedImage image(String name) throws EventException {
        int slash = name.indexOf('/');
        int colon = name.lastIndexOf(':');
        if (slash < 0) {
            throw new EventException("what it names is not an image of a registry");
        }
        return colon > slash
                ? image(name.substring(0, slash), name.substring(slash + 1, colon), name.substring(colon + 1))
                : image(name.substring(0, slash), name.substring(slash + 1), "");
    }

    /** Host and optional port of an address such as {@code https://registry.example.com/v2/}, empty if it has none. */
    static String hostOf(String address) {
        int start = address.indexOf("://");
        return start < 0
                ? ""
                : address.substring(start + 3).split("[/?#]", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** What is read from one document of several. */
    interface Reader {
        List<PushedImage> read(EventPayload payload) throws EventException;
    }

    /** What is read from each document of an array. */
    List<PushedImage> each(JsonNode documents, Reader reader) throws EventException {
        if (!documents.isArray()) {
            throw new EventException("it does not have the fields of this format");
        }
        if (documents.size() > MOST_EVENTS) {
            throw new EventException("it has more than " + MOST_EVENTS + " parts");
        }
        List<PushedImage> images = new ArrayList<>();
        for (JsonNode document : documents) {
            images.addAll(reader.read(of(document)));
        }
        return images;
    }

    /** Fails if a text is missing, which every event of the format has. */
    static void require(String... texts) throws EventException {
        for (String text : texts) {
            if (text.isEmpty()) {
                throw new EventException("it does not have the fields of this format");
            }
        }
    }
}
