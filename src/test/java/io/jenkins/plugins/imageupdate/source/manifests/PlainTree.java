package io.jenkins.plugins.imageupdate.source.manifests;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The documents of a YAML file as one line of JSON each, every scalar as a text. */
public final class PlainTree {
    private PlainTree() {}

    public static String of(String text) throws SourceException {
        Documents documents = new Documents(text);
        List<String> trees = new ArrayList<>();
        for (Node node = documents.next(); node != null; node = documents.next()) {
            trees.add(tree(node));
        }
        return String.join("\n", trees);
    }

    private static String tree(Node node) {
        if (node instanceof ScalarNode scalar) {
            return new TextNode(scalar.getValue()).toString();
        }
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(entry -> tree(entry.getKeyNode()) + ":" + tree(entry.getValueNode()))
                        .collect(Collectors.joining(",", "{", "}"))
                : Nodes.items(node).stream().map(PlainTree::tree).collect(Collectors.joining(",", "[", "]"));
    }
}
