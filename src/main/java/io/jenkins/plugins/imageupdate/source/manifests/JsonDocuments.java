package io.jenkins.plugins.imageupdate.source.manifests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * JSON as trees of YAML's nodes, one object behind the other, as kubectl reads it. Comments and commas at the end of a list are allowed,
 * as in {@code devcontainer.json}. Of two equal keys the last one counts, as in Go.
 */
final class JsonDocuments {
    private static final int MAX_DEPTH = 200;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(TabScanner.MAX_TOKENS)
                    .maxStringLength(ManifestImages.MAX_BYTES)
                    .build())
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private final JsonParser parser;
    private final int firstLine;
    private Mark mark = mark(0);

    private JsonDocuments(JsonParser parser, int firstLine) {
        this.parser = parser;
        this.firstLine = firstLine;
    }

    /**
     * All documents.
     *
     * @param firstLine the line on which the text begins, counted from 0
     * @throws IOException if a part is not JSON
     */
    static List<Node> of(String text, int firstLine) throws IOException {
        List<Node> documents = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonDocuments json = new JsonDocuments(parser, firstLine);
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                documents.add(json.node(token));
            }
        }
        return documents;
    }

    private Node node(JsonToken token) throws IOException {
        Mark start = here();
        if (token == JsonToken.START_OBJECT) {
            return object(start);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Node> items = new ArrayList<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                items.add(node(next));
            }
            return new SequenceNode(Tag.SEQ, true, items, start, start, FlowStyle.FLOW);
        }
        return switch (token) {
            case VALUE_STRING -> scalar(Tag.STR, parser.getText(), start);
            case VALUE_NULL -> scalar(Tag.NULL, parser.getText(), start);
            case VALUE_NUMBER_INT -> scalar(Tag.INT, parser.getText(), start);
            case VALUE_NUMBER_FLOAT -> scalar(Tag.FLOAT, parser.getText(), start);
            default -> scalar(Tag.BOOL, parser.getText(), start);
        };
    }

    private Node object(Mark start) throws IOException {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_OBJECT; next = parser.nextToken()) {
            String key = parser.currentName();
            Node name = scalar(Tag.STR, key, here());
            entries.put(key, new NodeTuple(name, node(parser.nextToken())));
        }
        return new MappingNode(Tag.MAP, true, new ArrayList<>(entries.values()), start, start, FlowStyle.FLOW);
    }

    private static Node scalar(Tag tag, String text, Mark start) {
        return new ScalarNode(tag, text, start, start, tag == Tag.STR ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
    }

    private Mark here() {
        int line = firstLine + parser.currentTokenLocation().getLineNr() - 1;
        if (line != mark.getLine()) {
            mark = mark(line);
        }
        return mark;
    }

    private static Mark mark(int line) {
        return new Mark("", 0, line, 0, new int[0], 0);
    }
}
