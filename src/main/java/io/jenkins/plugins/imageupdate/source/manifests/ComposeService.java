package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.OtherFiles;
import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A service, in layers: what is written of it itself counts before what it extends. A service that is built names no image by
 * {@code image}, which is what the build makes.
 */
final class ComposeService {
    private static final int MAX_LAYERS = 20;
    private static final List<String> HOOKS = List.of("pre_start", "post_start", "pre_stop");

    /** What one file says of the service. */
    private record Layer(ComposeFile file, Node node) {}

    /** A value, and the file that it is in. */
    private record Found(ComposeFile file, Node node) {
        @CheckForNull
        String text(String name) throws SourceException {
            return file.interpolated(node, name);
        }

        int line() {
            return Nodes.line(node);
        }
    }

    private final String where;
    private final List<Layer> layers = new ArrayList<>();

    ComposeService(String name, List<ComposeFile.Document> merged) {
        where = "services." + name;
        addLayers(name, merged);
    }

    private void addLayers(String name, List<ComposeFile.Document> merged) {
        for (ComposeFile.Document each : merged) {
            Node node = each.services().get(name);
            if (node != null) {
                layers.add(new Layer(each.file(), node));
            }
        }
    }

    String where() {
        return Printable.of(where);
    }

    /** Where to say what is wrong with the service as a whole. */
    SourceFindings findings() {
        return layers.get(0).file().findings();
    }

    int line() {
        return Nodes.line(layers.get(0).node());
    }

    void read() throws SourceException {
        if (layers.isEmpty()) {
            return;
        }
        extend();
        if (all("build").isEmpty()) {
            image();
        } else {
            build();
        }
        for (Found volume : items("volumes")) {
            Node type = Nodes.get(volume.node(), "type");
            if ("image".equals(Nodes.text(type))) {
                Node source = Nodes.get(volume.node(), "source");
                use(new Found(volume.file(), source == null ? volume.node() : source), where + " volume", null);
            }
        }
        for (String hook : HOOKS) {
            for (Found each : items(hook)) {
                Node image = Nodes.get(each.node(), "image");
                if (image != null) {
                    use(new Found(each.file(), image), where + " " + hook, null);
                }
            }
        }
    }

    /** Adds the layers of the services that this one extends, one after the other. */
    private void extend() throws SourceException {
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            Node extended = Nodes.get(layer.node(), "extends");
            if (extended != null) {
                if (layers.size() >= MAX_LAYERS) {
                    throw new SourceException(Nodes.line(extended), "services extend each other without end");
                }
                extend(layer.file(), extended);
            }
        }
    }

    private void extend(ComposeFile file, Node extended) throws SourceException {
        boolean nameOnly = extended instanceof ScalarNode;
        String name = file.interpolated(nameOnly ? extended : Nodes.get(extended, "service"), "service");
        String path = nameOnly ? null : file.interpolated(Nodes.get(extended, "file"), "file");
        int before = layers.size();
        try {
            if (name != null && path == null) {
                addLayers(name, file.project());
            } else if (name != null) {
                String other = OtherFiles.resolveIn(file.folder(), path);
                addLayers(name, file.extended(other).project());
            }
            if (layers.size() == before) {
                throw new SourceException(
                        "the service " + Printable.of(String.valueOf(name)) + " to extend is missing");
            }
        } catch (SourceException e) {
            throw e.at(Nodes.line(extended), "extends: ");
        }
    }

    private void image() throws SourceException {
        List<Found> images = all("image");
        if (!images.isEmpty()) {
            List<Found> platforms = all("platform");
            use(images.get(0), where, platforms.isEmpty() ? null : platforms.get(0));
        }
    }

    private void use(Found image, String place, @CheckForNull Found platform) throws SourceException {
        String reference = image.text("image");
        String demanded = null;
        try {
            demanded = platform == null ? null : platform.text("platform");
        } catch (SourceException e) {
            image.file().findings().problem(0, e.at(image.line(), Printable.of(place) + ": platform: "));
        }
        if (reference != null && !reference.isBlank()) {
            image.file().findings().use(image.line(), place, reference, demanded);
        }
    }

    private void build() throws SourceException {
        Map<String, InlineBuild.Context> contexts = new LinkedHashMap<>();
        Map<String, String> args = new HashMap<>();
        Found inline = null;
        Found target = null;
        for (Found build : all("build")) {
            Node contextNodes = Nodes.get(build.node(), "additional_contexts");
            pairs(build.file(), contextNodes).forEach(contexts::putIfAbsent);
            pairs(build.file(), Nodes.get(build.node(), "args"))
                    .forEach((name, value) -> args.putIfAbsent(name, value.value()));
            inline = inline == null ? in(build, "dockerfile_inline") : inline;
            target = target == null ? in(build, "target") : target;
        }
        new InlineBuild(
                        inline == null ? null : inline.node(),
                        inline == null ? null : inline.text("dockerfile_inline"),
                        args,
                        contexts,
                        target == null ? null : target.text("target"))
                .read(inline == null ? findings() : inline.file().findings(), where);
    }

    @CheckForNull
    private static Found in(Found holder, String key) throws SourceException {
        Node node = Nodes.get(holder.node(), key);
        return node == null ? null : new Found(holder.file(), node);
    }

    /** A mapping, or a list of {@code NAME=value}. One without a value is left out. */
    private static Map<String, InlineBuild.Context> pairs(ComposeFile file, @CheckForNull Node node)
            throws SourceException {
        Map<String, InlineBuild.Context> pairs = new LinkedHashMap<>();
        for (NodeTuple entry : Nodes.entries(node)) {
            String value = file.interpolated(entry.getValueNode(), "value");
            if (value != null && !Nodes.isNothing(entry.getValueNode())) {
                int line = Nodes.line(entry.getValueNode());
                pairs.put(Nodes.text(entry.getKeyNode()), new InlineBuild.Context(line, value));
            }
        }
        for (Node item : Nodes.items(node)) {
            String text = String.valueOf(file.interpolated(item, "value"));
            int equals = text.indexOf('=');
            if (equals > 0) {
                String value = text.substring(equals + 1);
                pairs.put(text.substring(0, equals), new InlineBuild.Context(Nodes.line(item), value));
            }
        }
        return pairs;
    }

    /** The values of a key, the one that counts first; a reset ends what is inherited. */
    private List<Found> all(String key) throws SourceException {
        List<Found> found = new ArrayList<>();
        for (Layer layer : layers) {
            Node node = Nodes.get(layer.node(), key);
            if (node != null) {
                found.add(new Found(layer.file(), node));
            } else if (Nodes.isReset(layer.node(), key)) {
                break;
            }
        }
        return found;
    }

    /** The items of lists, which are joined. */
    private List<Found> items(String key) throws SourceException {
        List<Found> items = new ArrayList<>();
        Set<Node> seen = new HashSet<>();
        for (Found list : all(key)) {
            for (Node item : Nodes.items(list.node())) {
                if (seen.add(item)) {
                    items.add(new Found(list.file(), item));
                }
            }
        }
        return items;
    }
}
