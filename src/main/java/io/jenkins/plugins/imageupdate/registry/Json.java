package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads untrusted JSON into a tree, with limits on depth, length, numbers and parts. The content may be a key, so buffers are not
 * reused: by default each thread keeps one, with its last content.
 */
public final class Json {
    private static final int MAX_DEPTH = 32;
    /** For the longest tag list that is read. Without a bound, 4 MiB of empty objects are some 100 MiB of tree. */
    private static final int MAX_TOKENS = 250_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxNumberLength(100)
                            .maxNameLength(1_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader READER = MAPPER.reader();
    private static final ObjectReader LENIENT = READER.with(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS);

    private Json() {}

    /** The document, or a missing node if these bytes are not JSON within the limits, or are more than one document. */
    public static JsonNode read(byte[] content) {
        return read(READER, content);
    }

    /** As {@link #read}, but line breaks may stand in texts as they are, as some tools write them. */
    public static JsonNode readLenient(String content) {
        return read(LENIENT, content.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode read(ObjectReader reader, byte[] content) {
        try {
            JsonNode node = reader.readTree(content);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Where a text stops being JSON, as {@code line 3, column 14}; empty when it is JSON. Repeats nothing of it. */
    public static String fault(String content) {
        try {
            LENIENT.readTree(content.getBytes(StandardCharsets.UTF_8));
            return "";
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            return at == null ? "an unknown place" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
        } catch (IOException e) {
            return "an unknown place";
        }
    }

    /** The document without white space between its parts. */
    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written");
        }
    }

    /** A text field, empty if it is missing or not a text. */
    public static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.textValue() : "";
    }
}
