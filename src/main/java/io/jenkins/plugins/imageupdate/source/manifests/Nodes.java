package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Looks into YAML's nodes. A null in the file is as nothing. */
final class Nodes {
    private static final String MERGE = "<<";
    private static final Tag RESET = new Tag("!reset");
    /** Compose's own tag takes a value away (Compose file reference, "Merge"). */
    private static final Set<Tag> NOTHING = Set.of(Tag.NULL, RESET);

    private Nodes() {}

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /**
     * The value of a key, its own or one that is merged in by {@code <<} (<a href="https://yaml.org/type/merge.html">yaml.org</a>): the
     * own one counts first, then the first that is merged.
     */
    @CheckForNull
    static Node get(@CheckForNull Node node, String key) throws SourceException {
        Node found = find(node, key, new IdentityHashMap<>());
        return found == null || NOTHING.contains(found.getTag()) ? null : found;
    }

    /** Whether the value of a key takes away what would be inherited. */
    static boolean isReset(Node node, String key) throws SourceException {
        Node found = find(node, key, new IdentityHashMap<>());
        return found != null && found.getTag().equals(RESET);
    }

    static boolean isNothing(Node node) {
        return NOTHING.contains(node.getTag());
    }

    /** Along several keys. */
    @CheckForNull
    static Node get(@CheckForNull Node node, List<String> path) throws SourceException {
        Node found = node;
        for (String key : path) {
            found = get(found, key);
        }
        return found;
    }

    /**
     * @param visited where the key is looked for, true, or has been and is not; an alias costs nothing the second time
     */
    @CheckForNull
    private static Node find(@CheckForNull Node node, String key, Map<Node, Boolean> visited) throws SourceException {
        if (!(node instanceof MappingNode mapping)) {
            return null;
        }
        Boolean before = visited.put(mapping, true);
        if (before != null) {
            if (before) {
                throw new SourceException(line(node), "mappings are merged into each other without end");
            }
            visited.put(mapping, false);
            return null;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (key.equals(text(entry.getKeyNode()))) {
                return entry.getValueNode();
            }
        }
        for (NodeTuple entry : mapping.getValue()) {
            Node found = MERGE.equals(text(entry.getKeyNode())) ? merged(entry.getValueNode(), key, visited) : null;
            if (found != null) {
                return found;
            }
        }
        visited.put(mapping, false);
        return null;
    }

    @CheckForNull
    private static Node merged(Node value, String key, Map<Node, Boolean> visited) throws SourceException {
        List<Node> mappings = value instanceof SequenceNode ? items(value) : List.of(value);
        for (Node mapping : mappings) {
            Node found = find(mapping, key, visited);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The text of a scalar, as it is written; null for everything else. */
    @CheckForNull
    static String text(@CheckForNull Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    /** The text of a scalar; null for an empty one. Any other node is a mistake. */
    @CheckForNull
    static String textOrNothing(@CheckForNull Node node, String name) throws SourceException {
        if (isTemplate(node)) {
            throw SourceException.template(line(node));
        }
        if (node != null && !(node instanceof ScalarNode)) {
            throw new SourceException(line(node), name + " is not text");
        }
        return text(node);
    }

    /** Whether this is <code>{{ … }}</code>, which YAML takes for a mapping within a mapping. */
    private static boolean isTemplate(@CheckForNull Node node) {
        return node instanceof MappingNode mapping
                && !mapping.getValue().isEmpty()
                && mapping.getValue().get(0).getKeyNode() instanceof MappingNode;
    }

    static List<Node> items(@CheckForNull Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    static List<NodeTuple> entries(@CheckForNull Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }
}
